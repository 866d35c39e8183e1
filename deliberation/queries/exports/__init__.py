"""A poll as files that Polis' own tools, and ours, can read.

`open_data(name, poll=...)` yields one of `FILES` as everybody may have it,
`write(name, poll=..., everything=...)` the same for operators.
"""

from .files import FILES, NotOpen, is_open, open_data, write

__all__ = ["FILES", "NotOpen", "is_open", "open_data", "write"]
