"""What happens when a city publishes a question, and when it answers one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from deliberation.services import discussions, polls
from deliberation.services.citations import Wanted
from forum.models import ParticipationMixin

Asked = TypeVar("Asked", bound=ParticipationMixin)


@transaction.atomic
def open_page(*, page: Any, now: datetime) -> None:
    """Make the page's discussion and poll, or bring them up to date with it.

    What the page no longer offers is closed, never deleted. A translation opens
    nothing of its own: people meet on the original.
    """
    if page.original() != page:
        return
    if page.has_discussion:
        discussions.open_on(
            page=page,
            title=page.title,
            opens_at=page.opens_at,
            closes_at=page.closes_at,
            policy=page.policy,
            themes=page.themes(),
        )
    else:
        for discussion in page.discussions.filter(section=""):
            discussions.close(discussion=discussion, now=now)
    if page.poll_question:
        polls.open_on(
            page=page,
            title=page.poll_question,
            introduction=page.poll_introduction,
            seeds=page.seed_statements(),
            language=page.locale.language_code,
            opens_at=page.opens_at,
            closes_at=page.closes_at,
            policy=page.policy,
            results=page.poll_results,
            now=now,
        )
    else:
        for poll in page.polls.filter(section=""):
            polls.close(poll=poll, now=now)


@transaction.atomic
def publish_answer(
    *,
    page: Asked,
    decided: str,
    changed: str,
    unchanged: str,
    now: datetime,
    themes: str = "",
    rests_on: Sequence[Wanted] = (),
    user: Any = None,
) -> Asked:
    """Publish what came of it, as a new version of the page, and return the page.

    Raises ValidationError if the page is still open or the answer has no words.
    """
    page.outcome_decided = decided
    page.outcome_themes = themes
    page.outcome_changed = changed
    page.outcome_unchanged = unchanged
    page.rests_on = [
        (
            "citation",
            {
                "link": each.link,
                "became": "used" if each.is_used else "not_used",
                "reason": each.reason,
            },
        )
        for each in rests_on
    ] or page.rests_on
    page.answered_at = now
    page.save_revision(user=user, clean=True).publish(user=user)  # type: ignore[attr-defined]
    page.refresh_from_db()
    return page
