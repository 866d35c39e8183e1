"""Consultations and hearings, published below the site's list."""

from datetime import UTC, datetime, timedelta

import factory
import wagtail_factories

from forum.models import (
    ConsultationPage,
    ForumIndexPage,
    HearingPage,
    HearingSession,
    PublishingPolicy,
)
from moderation.rules.pages import registry

NOW = datetime(2026, 5, 4, 10, 30, tzinfo=UTC)


def forum_index():
    """Return the list that every new site begins with."""
    return ForumIndexPage.objects.order_by("path").first()


def ask_nothing_of_pages():
    """Set the policy of a town that lets every page through; keep one that is set."""
    PublishingPolicy.objects.get_or_create(
        site=None, defaults={"off": list(registry.names())}
    )


class AskedFactory(wagtail_factories.PageFactory):
    """Something a city asks; by default open since a week, for two more.

    Pages of tests need not meet the publishing rules, unless a test sets a policy.
    """

    class Meta:
        abstract = True

    class Params:
        draft = factory.Trait(live=False)
        announced = factory.Trait(opens_at=NOW + timedelta(days=7))
        closed = factory.Trait(closes_at=NOW - timedelta(days=1))
        answered = factory.Trait(
            closes_at=NOW - timedelta(days=3),
            answered_at=NOW - timedelta(days=1),
            outcome_decided="<p>Every second Saturday.</p>",
        )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        ask_nothing_of_pages()
        return super()._create(model_class, *args, **kwargs)

    parent = factory.LazyFunction(forum_index)
    summary = "The square could be free of cars on Saturdays. Tell us what you need."
    opens_at = NOW - timedelta(days=7)
    closes_at = NOW + timedelta(days=14)
    first_published_at = last_published_at = NOW - timedelta(days=8)


class ConsultationFactory(AskedFactory):
    """A consultation."""

    class Meta:
        model = ConsultationPage

    title = factory.Sequence(lambda n: f"Should square {n} be closed to cars?")


class SessionFactory(factory.django.DjangoModelFactory):
    """One meeting of a hearing."""

    class Meta:
        model = HearingSession

    starts_at = NOW + timedelta(days=10)
    ends_at = NOW + timedelta(days=10, hours=2)
    place = "Great Hall, Town Hall, 1 Market Square"


class HearingFactory(AskedFactory):
    """A hearing with one meeting."""

    class Meta:
        model = HearingPage
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Hearing on school route {n}")
    session = factory.RelatedFactory(SessionFactory, factory_related_name="page")
