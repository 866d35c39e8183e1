"""Work that no request waits for."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from deliberation.models import Poll
from deliberation.services import results


@task()
def refresh_results(poll_id: int) -> None:
    """Compute a poll's results anew, if votes came since the last time."""
    poll = Poll.objects.filter(pk=poll_id).first()
    if poll is not None:
        results.refresh(poll=poll, now=timezone.now())


def results_seconds() -> int:
    """Return how often, at most, the results of one poll are computed."""
    return int(getattr(settings, "FOLKMOOT_RESULTS_SECONDS", 60))


def request_refresh(poll_id: int) -> None:
    """Have the results computed soon, at most once in `results_seconds`.

    A queue that can wait computes at the end of that time, so that no vote is left
    out. One that cannot computes at its beginning; the rest is then caught up on
    when somebody next votes or opens the results.
    """
    seconds = results_seconds()
    if not cache.add(f"folkmoot:results-requested:{poll_id}", 1, seconds):
        return
    if refresh_results.get_backend().supports_defer:
        due = timezone.now() + timedelta(seconds=seconds)
        refresh_results.using(run_after=due).enqueue(poll_id)
    else:
        refresh_results.enqueue(poll_id)


def catch_up(poll: Poll) -> None:
    """Have votes counted that the last snapshot does not know of, if there are any."""
    if results.is_stale(poll):
        request_refresh(poll.pk)
