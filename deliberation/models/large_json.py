"""JSON of hundreds of kilobytes, written and read several times as fast."""

import json
from typing import Any

from pydantic_core import from_json, to_json


class Encoder(json.JSONEncoder):
    """Writes plain values; Python's own takes longest for the many fractions."""

    def encode(self, o: Any) -> str:
        return to_json(o).decode()


class Decoder(json.JSONDecoder):
    """Reads them again."""

    def decode(self, s: str, *_where: Any) -> Any:
        return from_json(s)
