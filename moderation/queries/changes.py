"""Which decisions on an item are in force, and what they changed of it."""

from moderation.choices import HIDING, REVERSIBLE, Act
from moderation.models import Change, Decision, ModeratedContent


def is_in_force(decision: Decision) -> bool:
    """Say whether nothing has taken a decision's place.

    What hid an item lasts until the next decision that hides or shows it; what
    redacted or moved it lasts until it is taken back.
    """
    if Decision.objects.filter(reverses=decision).exists():
        return False
    if decision.act in {Act.REDACT, Act.MOVE}:
        return True
    later = Decision.objects.filter(
        content_type=decision.content_type_id,
        object_id=decision.object_id,
        pk__gt=decision.pk,
    )
    if decision.act in HIDING:
        later = later.filter(act__in=[*HIDING, Act.PUBLISH, Act.REDACT])
    return not later.exists()


def latest_in_force(content: ModeratedContent) -> Decision | None:
    """Return the latest decision on an item that could be taken back."""
    found = Decision.objects.of(content).filter(act__in=REVERSIBLE).latest_first()
    return next((each for each in found if is_in_force(each)), None)


def is_redacted(content: ModeratedContent) -> bool:
    """Say whether a passage of an item is removed at present."""
    redactions = Decision.objects.of(content).filter(act=Act.REDACT)
    return redactions.filter(reversed_by__isnull=True).exists()


def asks_for_edit(content: ModeratedContent) -> bool:
    """Say whether an item is hidden until its author has edited it."""
    latest = latest_in_force(content)
    return latest is not None and latest.act == Act.ASK


def of(decision: Decision) -> Change | None:
    """Return what a decision changed of its item, if it did."""
    return Change.objects.filter(decision=decision).first()


def lost_its_text(decision: Decision, content: ModeratedContent) -> bool:
    """Say whether the text that taking back would show is no longer kept."""
    if decision.act == Act.REDACT:
        change = of(decision)
        return change is None or not change.text
    return not content.text


def text_before(decision: Decision, content: ModeratedContent) -> str:
    """Return the text that a decision was about."""
    change = of(decision)
    return (change.text if change else "") or content.text
