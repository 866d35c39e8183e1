"""Working side by side: claims, notes, and many items at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from moderation import contents, sanitize
from moderation.choices import Act, Ground
from moderation.models import Claim, DeskNote, ModeratedContent
from moderation.queries import desk
from moderation.refusals import Refusal, Why
from moderation.services import review

CLAIMED_FOR = timedelta(minutes=30)
LONGEST_NOTE = 2000
MOST_AT_ONCE = 50


class Claimed(Refusal):
    """Somebody else is reading the item."""

    why = Why.CONFLICT


class NoteRefused(Refusal):
    """The note is empty or too long."""


@dataclass
class Done:
    """What became of many items: how many are hidden, and why others are not."""

    hidden: int = 0
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def claim(*, content: ModeratedContent, by: Any, now: datetime) -> Claim:
    """Tell the others for half an hour that somebody is reading an item."""
    _require_sight(content, by)
    present = desk.claim_on(content, now=now)
    if present and present.account_id != by.pk:
        raise Claimed(
            _("%(name)s is reading this already.") % {"name": present.account}
        )
    Claim.objects.of(content).delete()
    try:
        with transaction.atomic():
            return Claim.objects.create(
                content_type=ContentType.objects.get_for_model(content),
                object_id=content.pk,
                account=by,
                until=now + CLAIMED_FOR,
            )
    except IntegrityError:
        raise Claimed(_("Somebody else is reading this already.")) from None


def release(*, content: ModeratedContent, by: Any) -> None:
    """Leave an item to the others again."""
    Claim.objects.of(content).filter(account=by).delete()


def note(*, content: ModeratedContent, by: Any, text: str, now: datetime) -> DeskNote:
    """Tell the other moderators something about an item."""
    _require_sight(content, by)
    text = sanitize.clean_text(text)
    if not text or len(text) > LONGEST_NOTE:
        raise NoteRefused(
            _("A note has 1 to %(most)s characters.")
            % {"most": number_format(LONGEST_NOTE, force_grouping=True)},
            text=text,
        )
    return DeskNote.objects.create(
        content_type=ContentType.objects.get_for_model(content),
        object_id=content.pk,
        account=by,
        text=text,
        created_at=now,
    )


def hide_many(
    *,
    items: Iterable[tuple[str, int, int]],
    rule_id: str,
    facts: str,
    by: Any,
    now: datetime,
) -> Done:
    """Hide several items (kind, id, latest decision seen) for one reason.

    Each is a decision of its own with all that follows. What cannot be hidden, or
    was decided on by somebody else meanwhile, is told and changes nothing else.
    Reasons that are incomplete are told once.
    """
    done = Done()
    for kind, pk, seen in list(items)[:MOST_AT_ONCE]:
        try:
            review.decide(
                content=contents.find(kind=kind, pk=pk),
                act=Act.HIDE,
                decided_by=by,
                now=now,
                ground=Ground.RULES,
                rule_id=rule_id,
                facts=facts,
                seen=seen,
            )
            done.hidden += 1
        except review.IncompleteReasons as error:
            done.refused.append(str(error.message))
            break
        except Refusal as error:
            done.refused.append(f"{kind} {pk}: {error.message}")
    return done


def _require_sight(content: ModeratedContent, by: Any) -> None:
    if not desk.of(by).may_see(content):
        raise contents.NotFound(_("There is no such contribution."))
