"""How a text gets in: cleaned, judged by the rules, rendered once, recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from moderation import sanitize
from moderation.choices import ContentStatus, Review, Standing
from moderation.models import ModeratedContent, Participant, Policy
from moderation.queries import policies
from moderation.refusals import Refusal, Why
from moderation.rules import (
    Action,
    Kind,
    Outcome,
    Picture,
    Post,
    Submission,
    Thread,
    Verdict,
    judge,
)
from moderation.services import flags, holds, sanctions, standing
from moderation.signals import contribution_recorded


class Refused(Refusal):
    """A rule refused the text; the findings say what to change."""


class Suspended(Refusal):
    """The author may not write at present."""

    why = Why.NOT_ALLOWED


class Slowed(Refusal):
    """The author may write only now and then, and wrote just before."""

    why = Why.TOO_SOON


class ClosedForNow(Refusal):
    """The policy admits nothing for the time being."""

    why = Why.CLOSED


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """A text that may be stored, and how it then stands.

    `submission` is what the rules were told.
    """

    submission: Submission
    html: str
    status: ContentStatus
    verdict: Verdict
    review_first: bool

    @property
    def text(self) -> str:
        """Return the text as it is stored: cleaned."""
        return self.submission.text


def admit(
    *,
    raw: str,
    author: Participant,
    policy: Policy,
    kind: Kind,
    language: str,
    now: datetime,
    action: Action = Action.NEW,
    recent: Sequence[Post] = (),
    thread: Thread | None = None,
    pictures: Sequence[Picture] = (),
    ahead: Admitted | None = None,
) -> Admitted:
    """Judge a text and return what to store. The database is only read.

    What was found `ahead` of a lock, by the same policy, still holds if the rules would
    be told the same under it: they know nothing else.
    Raises ClosedForNow, Suspended, Slowed, or Refused with every finding and the
    text as it was typed.
    """
    _require_admission(policy, author, recent, action, now=now, raw=raw)
    submission = Submission(
        text=sanitize.clean_text(raw),
        now=now,
        author_id=author.pk,
        author_since=author.created_at,
        standing=author.standing,
        language=language,
        action=action,
        kind=kind,
        recent=tuple(recent),
        thread=thread or Thread(),
        pictures=tuple(pictures),
    )
    if ahead and ahead.submission == submission:
        verdict, html = ahead.verdict, ahead.html
    else:
        verdict, html = _judged(submission, policy, raw)
    review_first = _is_reviewed_first(policy, author, submission)
    held = review_first or verdict.outcome == Outcome.HOLD
    return Admitted(
        submission=submission,
        html=html,
        status=ContentStatus.HELD if held else ContentStatus.PUBLISHED,
        verdict=verdict,
        review_first=review_first,
    )


def require_free(author: Participant, *, now: datetime, text: str = "") -> None:
    """Raise Suspended if the author may not write at present."""
    if not author.may_write_at(now):
        raise Suspended(_suspended(author), text=text)


def record(*, content: ModeratedContent, admitted: Admitted, now: datetime) -> None:
    """Put on record what the rules found in a text that is now stored.

    A rule that held it makes a decision with reasons; one that only noticed
    something makes a flag for the moderators. Review of everything first needs
    neither: the status says it.
    """
    for finding in admitted.verdict.recorded:
        flags.raise_by_rule(content=content, finding=finding, now=now)
    holding = admitted.verdict.deciding
    if holding:
        holds.by_rule(content=content, finding=holding[0], now=now)
    elif content.is_public and content.author:
        standing.review(participant=content.author, now=now)
    announce = partial(
        contribution_recorded.send_robust, sender=type(content), content=content
    )
    transaction.on_commit(announce)


def _require_admission(
    policy: Policy,
    author: Participant,
    recent: Sequence[Post],
    action: Action,
    *,
    now: datetime,
    raw: str,
) -> None:
    if not Review(policy.review).admits:
        raise ClosedForNow(
            _("Nobody can write here for the time being. Please keep your text."),
            text=raw,
        )
    require_free(author, now=now, text=raw)
    if action == Action.EDIT or not (author.slowed_until and author.slowed_until > now):
        return
    latest = max((post.posted_at for post in recent), default=None)
    if latest and latest + sanctions.SLOW_GAP > now:
        raise Slowed(
            _("You can write once an hour at present, and again from %(time)s on.")
            % {"time": _spoken(latest + sanctions.SLOW_GAP)},
            text=raw,
        )


def _judged(submission: Submission, policy: Policy, raw: str) -> tuple[Verdict, str]:
    """Return what the rules say, and the HTML; or raise Refused."""
    verdict = judge(submission, policies.rules_of(policy))
    if verdict.outcome == Outcome.REFUSE:
        message = " ".join(str(finding.message) for finding in verdict.deciding)
        raise Refused(message, findings=verdict.deciding, text=raw)
    return verdict, sanitize.render(submission.text)


def _suspended(author: Participant) -> str:
    if author.suspended_until is None:
        return _("Your account may not write at present.")
    return _("Your account may write again from %(until)s on.") % {
        "until": _spoken(author.suspended_until)
    }


def _spoken(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _is_reviewed_first(
    policy: Policy, author: Participant, submission: Submission
) -> bool:
    if policy.review == Review.BEFORE:
        return True
    if policy.review == Review.LINKS:
        texts = [submission.text, *(each.description for each in submission.pictures)]
        return any(sanitize.WEB_ADDRESS.search(text) for text in texts)
    return policy.review == Review.NEWCOMERS and author.standing == Standing.NEW
