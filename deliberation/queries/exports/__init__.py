"""A poll as files that Polis' own tools, and ours, can read.

`write(name, poll=..., everything=...)` yields the lines of one of `FILES`.
"""

from .files import FILES, write

__all__ = ["FILES", "write"]
