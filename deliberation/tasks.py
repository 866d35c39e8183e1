"""Work that no request waits for."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from deliberation.models import Discussion, Poll
from deliberation.services import follows, mentions, rankings, results
from moderation.models import Participant


@task()
def refresh_results(poll_id: int) -> None:
    """Compute a poll's results anew, if votes came since the last time."""
    poll = Poll.objects.filter(pk=poll_id).first()
    if poll is not None:
        results.refresh(poll=poll, now=timezone.now())


def results_seconds() -> int:
    """Return how often, at most, one poll or discussion is computed."""
    return int(getattr(settings, "FOLKMOOT_RESULTS_SECONDS", 60))


def request_refresh(poll_id: int) -> None:
    """Have the results computed soon, at most once in `results_seconds`."""
    _soon(refresh_results, poll_id)


def catch_up(poll: Poll) -> None:
    """Have votes counted that the last snapshot does not know of, if there are any."""
    if results.is_stale(poll, now=timezone.now()):
        request_refresh(poll.pk)


@task()
def refresh_ranking(discussion_id: int) -> None:
    """Rank a discussion's threads anew by support across sides."""
    discussion = Discussion.objects.filter(pk=discussion_id).first()
    if discussion is not None:
        rankings.refresh(discussion=discussion, now=timezone.now())


def request_ranking(discussion_id: int) -> None:
    """Have the threads ranked soon, at most once in `results_seconds`."""
    _soon(refresh_ranking, discussion_id)


def catch_up_ranking(discussion: Discussion) -> None:
    """Have reactions counted that the last ranking does not know of, if any."""
    if rankings.is_stale(discussion):
        request_ranking(discussion.pk)


@task()
def tell_followers(discussion_id: int) -> None:
    """Leave notices for the followers of a discussion that has new comments."""
    discussion = Discussion.objects.filter(pk=discussion_id).first()
    if discussion is not None:
        follows.catch_up(now=timezone.now(), discussion=discussion)


def request_news(discussion_id: int) -> None:
    """Have followers told soon, at most once in `results_seconds`.

    Whoever is missed by that is told before the next e-mails are written.
    """
    _soon(tell_followers, discussion_id)


@task()
def show_name(participant_id: int) -> None:
    """Show somebody's present name wherever others named them."""
    mentions.show_anew(Participant.objects.get(pk=participant_id))


def _soon(work: Task[[int], None], pk: int) -> None:
    """Enqueue work on one row, at most once in `results_seconds`.

    A queue that can wait computes at the end of that time, so that no vote is left
    out. One that cannot computes at its beginning; the rest is then caught up on
    when somebody next votes or opens the page.
    """
    seconds = results_seconds()
    if not cache.add(f"folkmoot:requested:{work.name}:{pk}", 1, seconds):
        return
    if work.get_backend().supports_defer:
        due = timezone.now() + timedelta(seconds=seconds)
        work.using(run_after=due).enqueue(pk)
    else:
        work.enqueue(pk)
