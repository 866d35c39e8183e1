"""What whoever runs a poll needs to see of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from deliberation.models import Poll, Statement, Vote
from deliberation.queries import results
from deliberation.queries.results import Results
from moderation.choices import ContentStatus

LISTED = 20


@dataclass(frozen=True)
class Hungry:
    """A statement that needs votes, and how many it has."""

    statement: Statement
    votes: int


@dataclass(frozen=True)
class Overview:
    """A poll as its facilitator sees it."""

    poll: Poll
    voters: int
    votes: int
    public: int
    waiting: int
    hidden: int
    withdrawn: int
    hungry: list[Hungry]
    results: Results | None

    @property
    def votes_each(self) -> float:
        """Return how many votes a voter has cast on average."""
        return self.votes / self.voters if self.voters else 0.0


def polls_of(user: Any) -> list[Poll]:
    """Return the polls on pages that this user may edit, the latest first."""
    polls = Poll.objects.select_related("page").order_by("-pk")
    return [poll for poll in polls if may_run(user, poll)]


def may_run(user: Any, poll: Poll) -> bool:
    """Say whether a user of the admin runs this poll: who may edit its page does."""
    return bool(poll.page.permissions_for_user(user).can_edit())


def overview(poll: Poll) -> Overview:
    """Return participation, what waits, and which statements need votes."""
    by_status = dict(
        Statement.objects.filter(poll=poll)
        .values_list("status")
        .annotate(number=Count("pk"))
        .order_by()
    )
    votes = Vote.objects.filter(poll=poll)
    return Overview(
        poll=poll,
        voters=votes.aggregate(n=Count("participant", distinct=True))["n"],
        votes=votes.count(),
        public=by_status.get(ContentStatus.PUBLISHED, 0),
        waiting=by_status.get(ContentStatus.HELD, 0),
        hidden=by_status.get(ContentStatus.HIDDEN, 0),
        withdrawn=by_status.get(ContentStatus.WITHDRAWN, 0),
        hungry=_hungry(poll),
        results=results.of(poll),
    )


def _hungry(poll: Poll) -> list[Hungry]:
    """Return the public statements with the fewest votes, the newest of them first."""
    found = (
        Statement.objects.filter(poll=poll, status=ContentStatus.PUBLISHED)
        .annotate(number_of_votes=Count("votes"))
        .order_by("number_of_votes", "-pk")[:LISTED]
    )
    return [Hungry(each, each.number_of_votes) for each in found]
