"""The demonstration: Fernhaven, an invented town, and what its people say."""
