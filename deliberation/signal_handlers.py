"""What deliberation does when something is announced."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from deliberation import tasks
from deliberation.models import Comment, Poll, Statement
from deliberation.queries import papers
from deliberation.services import follows, news
from deliberation.signals import (
    comment_posted,
    reaction_changed,
    statement_withdrawn,
    vote_cast,
)
from moderation.choices import Act
from moderation.models import Decision, ModeratedContent, Participant, Policy
from moderation.signals import (
    decision_made,
    news_due,
    participant_renamed,
)


def connect() -> None:
    """Listen. Called once, when the app is ready."""
    vote_cast.connect(results_change)
    statement_withdrawn.connect(results_change)
    reaction_changed.connect(ranking_changes)
    decision_made.connect(statement_decided)
    decision_made.connect(comment_decided)
    comment_posted.connect(followers_hear)
    news_due.connect(followers_catch_up)
    participant_renamed.connect(name_changes)
    for model in (Poll, Policy, Site, PageViewRestriction):
        post_save.connect(papers_change, sender=model)
        post_delete.connect(papers_change, sender=model)
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(papers_change)


def results_change(poll_id: int, **_signal: Any) -> None:
    """Have a poll's results computed anew after a vote, or without a statement."""
    tasks.request_refresh(poll_id)


def ranking_changes(discussion_id: int, **_signal: Any) -> None:
    """Have the threads of a discussion ranked anew after a reaction."""
    tasks.request_ranking(discussion_id)


def statement_decided(content: ModeratedContent, **_signal: Any) -> None:
    """Take a hidden statement out of the results, or a restored one in."""
    if isinstance(content, Statement):
        tasks.request_refresh(content.poll_id)


def comment_decided(
    content: ModeratedContent, decision: Decision, **_signal: Any
) -> None:
    """Tell of a comment that a moderator let in."""
    if isinstance(content, Comment) and decision.act in {Act.PUBLISH, Act.RESTORE}:
        news.comment_was_let_in(comment=content, now=decision.created_at)


def followers_hear(comment: Comment, **_signal: Any) -> None:
    """Tell followers of a new comment, out of the request's way."""
    if comment.is_public and not comment.origin:
        tasks.request_news(comment.discussion_id)


def followers_catch_up(now: datetime, **_signal: Any) -> None:
    """Tell followers of whatever they were not told of yet."""
    follows.catch_up(now=now)


def name_changes(participant: Participant, **_signal: Any) -> None:
    """Show somebody's new name where others named them."""
    tasks.show_name.enqueue(participant.pk)


def papers_change(**_signal: Any) -> None:
    """Have papers made anew, now and when others can see the change."""
    papers.forget()
    transaction.on_commit(papers.forget)
