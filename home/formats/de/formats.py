"""German moments with a comma: 29. Dezember 2026, 23:59."""

DATETIME_FORMAT = "j. F Y, H:i"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"
