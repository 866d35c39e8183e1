"""Arabic dates with a time, which Django has none of."""

DATETIME_FORMAT = "j F Y، H:i"
TIME_FORMAT = "H:i"
SHORT_DATETIME_FORMAT = "d/m/Y، H:i"
