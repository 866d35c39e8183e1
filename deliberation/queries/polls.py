"""Polls as a participant meets them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from deliberation.choices import ResultsVisibility, Stage
from deliberation.models import Invitation, Poll, PollResult, Statement, Vote
from deliberation.queries import papers, visibility
from moderation.choices import ContentStatus
from moderation.models import Participant, Policy
from moderation.queries import policies
from moderation.refusals import Refusal, Why


class ResultsNotShown(Refusal):
    """The results exist but are not for this caller, or not yet."""

    why = Why.NOT_ALLOWED


@dataclass(frozen=True)
class Visit:
    """One participant, or a stranger, at one poll at one moment."""

    poll: Poll
    policy: Policy
    participant: Participant | None
    has_account: bool
    now: datetime
    is_invited: bool

    @property
    def stage(self) -> Stage:
        """Return how far the poll has come."""
        return self.poll.stage_at(self.now)

    @property
    def is_guest(self) -> bool:
        """Say whether whoever visits has no account."""
        return not self.has_account

    @property
    def must_agree(self) -> bool:
        """Say whether the visitor ticks the house rules before their first statement."""
        person = self.participant
        return self.policy.asks_to_agree and not (person and person.has_agreed)

    @property
    def may_vote(self) -> bool:
        """Say whether a vote would be taken now."""
        suspended = self.participant is not None and not self.participant.may_write
        admitted = self.policy.guests_may_vote or self.is_invited or not self.is_guest
        return self.stage.accepts_contributions and admitted and not suspended

    def wrote(self, statement: Statement) -> bool:
        """Say whether a statement is the visitor's own, which others vote on."""
        return (
            self.participant is not None and statement.author_id == self.participant.pk
        )

    @property
    def may_submit(self) -> bool:
        """Say whether a statement would be taken now."""
        suspended = self.participant is not None and not self.participant.may_write
        admitted = self.policy.guests_may_comment or not self.is_guest
        return (
            self.stage.accepts_contributions
            and self.poll.residents_may_submit
            and admitted
            and not suspended
        )


def visit(
    *, poll: Poll, participant: Participant | None, has_account: bool, now: datetime
) -> Visit:
    """Return who visits a poll and what they may do there."""
    is_guest = participant is not None and not has_account
    return Visit(
        poll,
        policies.of(poll),
        participant,
        has_account,
        now,
        is_invited=is_guest and is_invited(poll, participant),
    )


def is_invited(poll: Poll, participant: Participant | None) -> bool:
    """Say whether an invitation lets this guest into the poll."""
    return Invitation.objects.filter(poll=poll, participant=participant).exists()


def shows_results(
    *, poll: Poll, participant: Participant | None, now: datetime
) -> bool:
    """Say whether this person may see the poll's results now, on whatever path."""
    stage = poll.stage_at(now)
    if visible(poll.results, stage=stage, has_taken_part=False):
        return True
    return (
        participant is not None
        and visible(poll.results, stage=stage, has_taken_part=True)
        and Vote.objects.filter(poll=poll, participant=participant).exists()
    )


def visible(results: str, *, stage: Stage, has_taken_part: bool) -> bool:
    """Say whether results that are shown in this way are shown now."""
    if results == ResultsVisibility.ALWAYS or stage in {Stage.CLOSED, Stage.ANSWERED}:
        return True
    return results == ResultsVisibility.AFTER_VOTING and has_taken_part


def require_results(
    *, poll: Poll, participant: Participant | None, now: datetime
) -> None:
    """Raise ResultsNotShown, in words, unless this person may see the results now."""
    if shows_results(poll=poll, participant=participant, now=now):
        return
    if poll.results == ResultsVisibility.AFTER_CLOSE:
        raise ResultsNotShown(_("The results are shown after the poll has closed."))
    raise ResultsNotShown(_("The results are shown once you have voted yourself."))


def votes_of(*, poll: Poll, participant: Participant | None) -> QuerySet[Vote]:
    """Return somebody's votes on public statements, the latest first."""
    votes = Vote.objects.filter(
        poll=poll,
        participant_id=participant.pk if participant else 0,
        statement__status=ContentStatus.PUBLISHED,
    )
    return votes.select_related("statement").order_by("-pk")


def statements_by(*, poll: Poll, author: Participant | None) -> QuerySet[Statement]:
    """Return somebody's own statements in a poll that they may withdraw."""
    own = poll.statements.filter(author_id=author.pk if author else 0)
    return own.exclude(status__in=[ContentStatus.HIDDEN, ContentStatus.WITHDRAWN])


def replaceable(
    pk: int | None, *, poll: Poll, author: Participant | None
) -> Statement | None:
    """Return somebody's own statement that another may replace, None without a `pk`.

    Raises Http404 for every other one.
    """
    if pk is None:
        return None
    found = statements_by(poll=poll, author=author).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_statement(pk: int, request: HttpRequest, author: Participant) -> Statement:
    """Return somebody's own statement, also one that waits, or raise Http404."""
    own = Statement.objects.filter(pk=pk, author=author)
    found = own.select_related("poll__page").first()
    if found is None or not visibility.page_is_visible(found.poll.page, request):
        raise Http404
    return found


def statement(pk: int, request: HttpRequest) -> Statement:
    """Return a public statement with its poll and page, or raise Http404."""
    found = (
        Statement.objects.filter(pk=pk, status=ContentStatus.PUBLISHED)
        .select_related("poll__page", "poll__policy")
        .first()
    )
    if found is None or not visibility.page_is_visible(found.poll.page, request):
        raise Http404
    return found


def statement_to_vote_on(pk: int, request: HttpRequest) -> Statement:
    """Return a statement as far as a vote needs it, or raise Http404.

    Of its poll it knows what is on the poll's paper. Everything else, even whether the
    statement is still there, is asked by whoever stores the vote.
    """
    poll_id = papers.poll_of(pk)
    found = Statement.from_db(connection.alias, ["id", "poll_id"], [pk, poll_id])
    found.poll = Poll.from_db(connection.alias, ["id"], [poll_id])
    found.poll.policy = papers.of(poll_id, request).policy
    return found


def public_statements(poll: Poll) -> QuerySet[Statement]:
    """Return the statements that everyone may read, in order of their numbers."""
    public = Statement.objects.filter(poll=poll, status=ContentStatus.PUBLISHED)
    return public.order_by("number")


@dataclass(frozen=True)
class Teaser:
    """A poll in short: `voters` is as many as the last snapshot knows of."""

    poll: Poll
    stage: Stage
    voters: int
    shows_results: bool


def teasers(
    polls: Iterable[Poll], *, participant: Participant | None, now: datetime
) -> list[Teaser]:
    """Return these polls in short."""
    return [
        Teaser(
            poll,
            poll.stage_at(now),
            _voters(poll),
            shows_results(poll=poll, participant=participant, now=now),
        )
        for poll in polls
    ]


def _voters(poll: Poll) -> int:
    newest = PollResult.objects.filter(poll=poll).order_by("-computed_at", "-pk")
    return newest.values_list("voters", flat=True).first() or 0
