"""How long texts and addresses are kept, and no longer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from moderation import contents
from moderation.choices import APPEAL_DAYS, HIDING, ContentStatus
from moderation.models import Appeal, Change, Decision, DeskNote, Flag
from moderation.queries import policies

BATCH = 500
# Ends in a domain that nobody can own (RFC 2606).
NOBODY = "@erased.invalid"


def keep(*, now: datetime) -> int:
    """Remove what is no longer kept; return how many texts and reports it were."""
    return (
        remove_hidden_texts(now=now)
        + forget_wordings(now=now)
        + forget_reporters(now=now)
        + sum(port.drop_drafts(now=now) for port in contents.ports())
    )


def remove_hidden_texts(*, now: datetime) -> int:
    """Remove texts that have been hidden for longer than the site's policy keeps them.

    A text stays while an appeal about it waits.
    """
    before = now - timedelta(days=policies.site_policy().keep_hidden_days)
    removed = 0
    for port in contents.ports():
        content_type = ContentType.objects.get_for_model(port.model)
        decisions = Decision.objects.filter(
            content_type=content_type, object_id=OuterRef("pk")
        )
        open_appeals = Appeal.objects.waiting().filter(
            decision__content_type=content_type, decision__object_id=OuterRef("pk")
        )
        old = port.model._default_manager.filter(
            Exists(decisions.filter(act__in=HIDING)),
            ~Exists(decisions.filter(created_at__gt=before)),
            ~Exists(open_appeals),
            ~Q(text=""),
            status=ContentStatus.HIDDEN,
        )
        gone = list(old.values_list("pk", flat=True))
        remove_texts(port, gone)
        removed += len(gone)
    return removed


@transaction.atomic
def remove_texts(port: contents.Port, ids: Sequence[int]) -> None:
    """Remove the words of items for good; that they were there remains."""
    content_type = ContentType.objects.get_for_model(port.model)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        items = port.model._default_manager.filter(pk__in=some)
        port.forget_earlier(items)
        port.forget_pictures(items)
        items.update(text="", html="")
        about = {"content_type": content_type, "object_id__in": some}
        Decision.objects.filter(**about).update(matched="")
        # Who appealed may have quoted it.
        appealed = Appeal.objects.filter(decision__in=Decision.objects.filter(**about))
        appealed.filter(flag=None, answered_at__isnull=False).update(text="")
        forget_wordings_of(content_type, some)
        DeskNote.objects.filter(**about).delete()
        noticed = Flag.objects.filter(**about)
        noticed.update(matched="", start=None, end=None)
        noticed.exclude(rule_id="").update(text="")


def forget_wordings_of(content_type: ContentType, ids: Any) -> None:
    """Remove how items read before a passage of theirs was redacted."""
    about = Decision.objects.filter(content_type=content_type, object_id__in=ids)
    Change.objects.filter(decision__in=about).update(text="", html="")


def forget_wordings(*, now: datetime) -> int:
    """Remove for good the passages that were redacted as long ago."""
    before = now - timedelta(days=policies.site_policy().keep_hidden_days)
    open_appeals = Appeal.objects.waiting().filter(decision=OuterRef("decision"))
    old = Change.objects.filter(
        ~Exists(open_appeals), ~Q(text=""), decision__created_at__lte=before
    )
    return old.update(text="", html="")


def forget_reporters(*, now: datetime) -> int:
    """Remove names and words of reporters once nobody can appeal any more."""
    before = now - timedelta(days=APPEAL_DAYS)
    open_appeals = Appeal.objects.waiting().filter(flag=OuterRef("pk"))
    old = Flag.objects.filter(
        ~Exists(open_appeals), answered_by__created_at__lt=before, rule_id=""
    )
    named = old.exclude(reporter_email="").exclude(reporter_email__endswith=NOBODY)
    forgotten = named.update(
        reporter_name="",
        reporter_email=Concat(
            Cast(F("pk"), CharField()), Value(NOBODY), output_field=CharField()
        ),
    )
    Appeal.objects.filter(flag__in=old).exclude(text="").update(text="")
    words = ~Q(text="") | ~Q(legal_ground="")
    return forgotten + old.filter(words).update(text="", legal_ground="")
