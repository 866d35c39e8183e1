"""Discussions with their comments, polls with their statements and votes."""

from datetime import UTC, datetime, timedelta

import factory
import swapper
import wagtail_factories
from wagtail.models import Site

from deliberation.choices import ReactionKind, Stance
from deliberation.models import (
    Comment,
    Discussion,
    Poll,
    Reaction,
    Statement,
    Vote,
)
from moderation import sanitize
from moderation.choices import ContentStatus
from tests.factories.moderation import ParticipantFactory

# Shortly before the `now` of the tests.
WRITTEN = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


def site_root():
    """Return the page below which everything of the default site stands."""
    return Site.objects.get(is_default_site=True).root_page


class PageFactory(wagtail_factories.PageFactory):
    """A page of no particular type, published under the site's root."""

    class Meta:
        model = swapper.load_model("wagtailcore", "Page")

    class Params:
        draft = factory.Trait(live=False)

    title = factory.Sequence(lambda n: f"Market square {n}")
    parent = factory.LazyFunction(site_root)


class WindowFactory(factory.django.DjangoModelFactory):
    """What opens and closes on a page; by default open without end."""

    class Meta:
        abstract = True

    class Params:
        announced = factory.Trait(opens_at=WRITTEN + timedelta(days=365))
        closed = factory.Trait(closes_at=WRITTEN + timedelta(days=1))

    page = factory.SubFactory(PageFactory)


class DiscussionFactory(WindowFactory):
    """A discussion on a page of its own."""

    class Meta:
        model = Discussion

    title = "What should become of the market square?"


class PollFactory(WindowFactory):
    """A poll on a page of its own."""

    class Meta:
        model = Poll

    title = "Where do we agree about the market square?"


class ContentFactory(factory.django.DjangoModelFactory):
    """Something a participant wrote."""

    class Meta:
        abstract = True

    class Params:
        held = factory.Trait(status=ContentStatus.HELD)
        hidden = factory.Trait(status=ContentStatus.HIDDEN)
        withdrawn = factory.Trait(status=ContentStatus.WITHDRAWN)

    author = factory.SubFactory(ParticipantFactory)
    html = factory.LazyAttribute(lambda content: sanitize.render(content.text))
    language = "en"
    created_at = factory.Sequence(lambda n: WRITTEN + timedelta(seconds=n))


class CommentFactory(ContentFactory):
    """A comment; `CommentFactory(parent=other)` answers the other one."""

    class Meta:
        model = Comment

    discussion = factory.LazyAttribute(
        lambda comment: (
            comment.parent.discussion if comment.parent else DiscussionFactory()
        )
    )
    parent = None
    text = factory.Sequence(lambda n: f"Please put bench number {n} into the shade.")
    root = factory.LazyAttribute(
        lambda comment: comment.parent and (comment.parent.root or comment.parent)
    )
    number = factory.LazyAttribute(
        lambda comment: comment.root.thread.count() + 1 if comment.root else 0
    )
    depth = factory.LazyAttribute(
        lambda comment: comment.parent.depth + 1 if comment.parent else 0
    )


class StatementFactory(ContentFactory):
    """A statement by a resident; `StatementFactory(seed=True)` is the editor's."""

    class Meta:
        model = Statement

    class Params:
        seed = factory.Trait(is_seed=True, author=None)

    poll = factory.SubFactory(PollFactory)
    number = factory.LazyAttribute(lambda statement: statement.poll.statements.count())
    text = factory.Sequence(lambda n: f"Tram line {n} should run at night.")


class VoteFactory(factory.django.DjangoModelFactory):
    """A vote; by default somebody new agrees."""

    class Meta:
        model = Vote

    statement = factory.SubFactory(StatementFactory)
    poll = factory.LazyAttribute(lambda vote: vote.statement.poll)
    participant = factory.SubFactory(ParticipantFactory)
    stance = Stance.AGREE
    cast_at = WRITTEN


class ReactionFactory(factory.django.DjangoModelFactory):
    """A reaction; by default somebody new agrees."""

    class Meta:
        model = Reaction

    comment = factory.SubFactory(CommentFactory)
    participant = factory.SubFactory(ParticipantFactory)
    kind = ReactionKind.AGREE
    created_at = WRITTEN
