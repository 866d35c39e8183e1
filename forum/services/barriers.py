"""What happens when somebody tells the city what shuts them out."""

from datetime import datetime

from django.utils.translation import gettext as _

from forum.models import BarrierReport
from forum.services import letters


def report(*, what: str, where: str, email: str, now: datetime) -> BarrierReport:
    """Open a case and confirm it by e-mail where an address is given."""
    case = BarrierReport.objects.create(
        what=what, where=where, email=email, reported_at=now
    )
    letters.to_staff(
        subject=_("A barrier was reported"), lines=[case.what, case.where, case.email]
    )
    return case
