"""What deliberation does when something is announced."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from deliberation import tasks
from deliberation.models import Poll, Statement
from deliberation.queries import papers
from deliberation.signals import reaction_changed, vote_cast
from moderation.models import ModeratedContent, Policy
from moderation.signals import decision_made


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    vote_cast.connect(results_change)
    reaction_changed.connect(ranking_changes)
    decision_made.connect(statement_decided)
    for model in (Poll, Policy, Site, PageViewRestriction):
        post_save.connect(papers_change, sender=model)
        post_delete.connect(papers_change, sender=model)
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(papers_change)


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


def papers_change(**_signal: Any) -> None:
    """Have papers made anew, now and when others can see the change."""
    papers.forget()
    transaction.on_commit(papers.forget)
