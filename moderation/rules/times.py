"""Moments as people say them, in the language and the time zone in use."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _


def spoken(moment: datetime, now: datetime) -> str:
    """Return “at 14:05” for today, “on 3 May at 14:05” for any other day."""
    moment, now = timezone.localtime(moment), timezone.localtime(now)
    time = formats.date_format(moment, "TIME_FORMAT")
    if moment.date() == now.date():
        return _("at %(time)s") % {"time": time}
    day = formats.date_format(moment, "MONTH_DAY_FORMAT")
    return _("on %(day)s at %(time)s") % {"day": day, "time": time}
