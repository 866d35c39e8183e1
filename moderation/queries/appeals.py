"""Who may appeal against what, and which appeals wait."""

from datetime import datetime, timedelta

from moderation.choices import REVERSIBLE, Act, Side
from moderation.models import Appeal, Decision, Flag
from moderation.queries import changes
from moderation.queries.statements import appeal_until

# MOD-08: within how long an appeal has to be answered.
ANSWERED_WITHIN = timedelta(days=14)


def of_author(decision: Decision) -> Appeal | None:
    """Return the author's appeal against a decision."""
    return decision.appeals.filter(side=Side.AUTHOR).first()


def of_reporter(flag: Flag) -> Appeal | None:
    """Return the appeal of whoever raised a flag."""
    return Appeal.objects.filter(flag=flag).first()


def author_may_appeal(decision: Decision, *, now: datetime) -> bool:
    """Say whether the author can appeal now: once, in time, while it is in force."""
    return (
        decision.act in REVERSIBLE
        and now <= appeal_until(decision)
        and of_author(decision) is None
        and changes.is_in_force(decision)
    )


def reporter_may_appeal(flag: Flag, *, now: datetime) -> bool:
    """Say whether a reporter can appeal now against leaving the item as it is."""
    decision = flag.answered_by
    return (
        decision is not None
        and decision.act in {Act.KEEP, Act.PUBLISH}
        and now <= appeal_until(decision)
        and of_reporter(flag) is None
        and changes.is_in_force(decision)
    )


def waiting() -> list[Appeal]:
    """Return the appeals that nobody has answered, the oldest first."""
    found = Appeal.objects.waiting().select_related("decision__decided_by", "flag")
    return list(found.order_by("created_at", "pk")[:200])


def due_at(appeal: Appeal) -> datetime:
    """Return by when an appeal has to be answered."""
    return appeal.created_at + ANSWERED_WITHIN
