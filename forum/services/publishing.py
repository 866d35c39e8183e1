"""The gate: what stops a page on its way to the public, and who may open it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from forum.models import Dismissal, LastPublic, PapersMixin, Waiver, Withholding
from forum.queries import page_view, policies, publishing
from forum.queries.publishing import Judged, Judgement
from forum.services import letters
from moderation.rules.pages import PageFinding

MAY_SIGN = "forum.sign_waiver"
SHORTEST_REASON = 20


class NotReady(ValidationError):
    """A page must not be published yet; `judgement` says why, `page` which."""

    def __init__(self, page: Any, judgement: Judgement) -> None:
        self.page = page
        self.judgement = judgement
        super().__init__([in_words(each) for each in judgement.in_the_way])


class NotReadyThere(NotReady):
    """A public page must not move to a site whose rules it does not keep."""


class NotSigned(ValidationError):
    """A waiver was not stored; the message says why."""


def in_words(judged: Judged) -> str:
    """Return a finding and how to mend it, in one line."""
    finding = judged.finding
    told = [str(finding.message), f"{finding.mend} ({finding.rule})"]
    if finding.location.quote:
        told.insert(1, _("“%(words)s”") % {"words": finding.location.quote})
    return " ".join(told)


def let_through(*, page: Any, now: datetime) -> None:
    """Return if a page may be public as it is; raise `NotReady` if not.

    A public page that is stored again as it is passes.
    """
    if page_view.has_changed(page):
        _require(page, now=now)


def let_be_scheduled(*, revision: Revision, now: datetime) -> None:
    """Return if a revision may wait for its moment; raise `NotReady` if not."""
    page = revision.as_object()
    if publishing.is_judged(page):
        _require(page, now=now)


def let_move(*, page: Page, to: Page, now: datetime) -> None:
    """Return if a page and all below it may be public under another one.

    Raise `NotReadyThere` for the first that keeps the rules here but not those there.
    """
    here, there = policies.row_for(page), policies.row_for(to)
    if here.pk == there.pk:
        return
    for each in page.get_descendants(inclusive=True).live().specific():
        if publishing.is_judged(each):
            judgement = publishing.judge(each, now=now, policy=there.rules())
            if not judgement.is_ready:
                raise NotReadyThere(each, judgement)


def _require(page: Any, *, now: datetime) -> None:
    judgement = publishing.judge(page, now=now)
    if not judgement.is_ready:
        raise NotReady(page, judgement)


def withhold(*, now: datetime) -> list[Withholding]:
    """Stop what is due and not ready, tell its owner, and return what was stopped.

    What is ready is left to Wagtail.
    """
    due = Revision.page_revisions.filter(approved_go_live_at__lt=now)
    stopped = []
    for revision in due.order_by("approved_go_live_at"):
        page = revision.as_object()
        if publishing.is_judged(page):
            judgement = publishing.judge(page, now=now)
            if not judgement.is_ready:
                stopped.append(_stop(revision, page, judgement, now=now))
    return stopped


@transaction.atomic
def _stop(
    revision: Revision, page: Any, judgement: Judgement, *, now: datetime
) -> Withholding:
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    owner = revision.user or page.owner
    stopped = Withholding.objects.create(
        page_id=page.pk,
        revision=revision,
        told=owner,
        at=now,
        findings=len(judgement.in_the_way),
    )
    if owner and owner.email:
        lines = [in_words(each) for each in judgement.in_the_way]
        transaction.on_commit(
            lambda: letters.about_withholding(owner=owner, page=page, lines=lines)
        )
    return stopped


def remember_what_was_told(*, page: Any) -> None:
    """Keep what a public page tells, before it is stored as one that is not public."""
    before = page_view.stored(page)
    if before is None or not before.live:
        return
    told = page_view.now_public(before)
    LastPublic.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "at": told.at,
            "opens_at": told.opens_at,
            "closes_at": told.closes_at,
            "texts": told.texts,
            "agenda": told.agenda,
            "meetings": [each.isoformat() for each in told.meetings],
        },
    )


def page_is_public(*, page: Any, now: datetime) -> None:
    """Forget that a page was stopped, and keep since when its papers are public."""
    Withholding.objects.filter(page=page.pk).delete()
    if isinstance(page, PapersMixin):
        dates = page.newly_public_papers(now)
        type(page)._default_manager.filter(pk=page.pk).update(**dates)


def sign(
    *,
    page: Any,
    fingerprint: str,
    reason: str,
    signed_as: str,
    user: Any,
    now: datetime,
) -> Waiver:
    """Store the public reason for publishing against one finding, and return it.

    Raise `NotSigned` if the finding is not there, nobody may sign for it, the user
    may not, or the reason says nothing.
    """
    reason, signed_as = reason.strip(), signed_as.strip()
    judgement = publishing.judge(page, now=now)
    found = {each.fingerprint: each for each in judgement.items}.get(fingerprint)
    finding = _signable(found, reason, signed_as, user)
    try:
        with transaction.atomic():
            return Waiver.objects.create(
                page_id=page.pk,
                revision=page.latest_revision,
                rule=finding.rule,
                path=finding.location.path,
                message=finding.message,
                fingerprint=fingerprint,
                reason=reason,
                signed_by=user,
                signed_as=signed_as,
                signed_at=now,
            )
    except IntegrityError:
        raise NotSigned(_("Somebody has signed for this already.")) from None


def _signable(
    found: Judged | None, reason: str, signed_as: str, user: Any
) -> PageFinding:
    if not user.has_perm(MAY_SIGN):
        raise NotSigned(_("You may not sign for publishing against a rule."))
    if found is None or not found.finding.severity.needs_waiver:
        raise NotSigned(_("This finding is not there any more."))
    if not found.may_be_waived:
        raise NotSigned(_("Nobody may sign for this one: it must be mended."))
    if len(reason) < SHORTEST_REASON:
        raise NotSigned(
            _("Give the public a reason, in %d characters at least.") % SHORTEST_REASON
        )
    if not signed_as:
        raise NotSigned(_("Say who signs, as the public will read it."))
    return found.finding


def withdraw(*, waiver: Waiver, user: Any, now: datetime) -> None:
    """End a waiver; it stays on record. The next publication needs another."""
    if not user.has_perm(MAY_SIGN):
        raise NotSigned(_("You may not sign for publishing against a rule."))
    Waiver.objects.filter(pk=waiver.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=now
    )


def dismiss(*, page: Any, user: Any, fingerprint: str) -> None:
    """Show a hint to this editor no more on this page."""
    Dismissal.objects.get_or_create(page_id=page.pk, user=user, fingerprint=fingerprint)
