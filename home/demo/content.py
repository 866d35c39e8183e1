"""Reads the town's texts, and turns its days into moments."""

import tomllib
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(__file__).parent
TOPICS = ("market_square", "night_buses", "library_hours")


@cache
def load(name: str) -> dict[str, Any]:
    """Return one file of the demonstration."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def moment(now: datetime, days: int, at: str = "09:00") -> datetime:
    """Return a time of day, so many days from now, on the town's clocks."""
    day = timezone.localdate(now) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time.fromisoformat(at)))
