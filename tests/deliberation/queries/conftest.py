"""A discussion, comments in it and readers of it."""

import pytest

from deliberation.queries.visits import Reader, Visit
from moderation.models import Policy
from tests.factories.deliberation import CommentFactory, DiscussionFactory


@pytest.fixture
def discussion():
    return DiscussionFactory()


@pytest.fixture
def visit(discussion, now):
    def _visit(who=None, key="me", at=now, **reader):
        return Visit(
            discussion=discussion,
            policy=Policy(),
            reader=Reader(key=key, participant=who, **reader),
            now=at,
        )

    return _visit


@pytest.fixture
def comment(discussion):
    def _comment(**fields):
        return CommentFactory(discussion=discussion, **fields)

    return _comment
