"""What happens when somebody tells the city what shuts them out."""

from datetime import datetime

from django.utils.translation import gettext as _

from forum.models import BarrierReport
from forum.services import letters


def report(
    *, what: str, where: str, email: str, language: str, now: datetime
) -> BarrierReport:
    """Open a case, tell the staff, and confirm it where an address is given."""
    case = BarrierReport.objects.create(
        what=what, where=where, email=email, language=language, reported_at=now
    )
    letters.to_staff(
        subject=_("A barrier was reported"), lines=[case.what, case.where, case.email]
    )
    letters.about_barrier(case=case)
    return case


def answer(*, case: BarrierReport, now: datetime) -> None:
    """Close a case that has an answer, and send the answer once."""
    if case.answer.strip() and case.answered_at is None:
        case.answered_at = now
        case.save(update_fields=["answered_at"])
        letters.about_barrier(case=case)
