"""Moments as people say them, in the language and the time zone in use."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _


def spoken(moment: datetime, now: datetime) -> str:
    """Return “14:05” for today, “3 May, 14:05” for any other day."""
    moment, now = timezone.localtime(moment), timezone.localtime(now)
    time = formats.date_format(moment, "TIME_FORMAT")
    if moment.date() == now.date():
        return time
    day = formats.date_format(moment, "MONTH_DAY_FORMAT")
    return _("%(day)s, %(time)s") % {"day": day, "time": time}
