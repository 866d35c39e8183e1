"""What deliberation does when something is announced."""

from typing import Any

from deliberation import tasks
from deliberation.models import Statement
from deliberation.signals import reaction_changed, vote_cast
from moderation.models import ModeratedContent
from moderation.signals import decision_made


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    vote_cast.connect(results_change)
    reaction_changed.connect(ranking_changes)
    decision_made.connect(statement_decided)


def results_change(poll_id: int, **_signal: Any) -> None:
    """Have a poll's results computed anew after a vote."""
    tasks.request_refresh(poll_id)


def ranking_changes(discussion_id: int, **_signal: Any) -> None:
    """Have the threads of a discussion ranked anew after a reaction."""
    tasks.request_ranking(discussion_id)


def statement_decided(content: ModeratedContent, **_signal: Any) -> None:
    """Take a hidden statement out of the results, or a restored one in."""
    if isinstance(content, Statement):
        tasks.request_refresh(content.poll_id)
