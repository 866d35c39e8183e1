"""Page types: where a city asks."""
