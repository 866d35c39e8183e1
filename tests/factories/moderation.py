"""People, and the rules they take part under."""

from datetime import UTC, datetime

import factory
from django.contrib.auth import get_user_model

from moderation.choices import Review, Standing
from moderation.models import Participant, Policy
from moderation.rules import names
from moderation.services import participants

# Before the `now` of the tests: whoever takes part has been here for a while.
JOINED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


class AccountFactory(factory.django.DjangoModelFactory):
    """Somebody who can sign in."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")


class ParticipantFactory(factory.django.DjangoModelFactory):
    """A participant whom the forum knows; by default without a way to sign in.

    `ParticipantFactory(guest_token="...")` is the guest who holds that token.
    """

    class Meta:
        model = Participant

    class Params:
        guest_token = None
        with_account = factory.Trait(account=factory.SubFactory(AccountFactory))
        newcomer = factory.Trait(standing=Standing.NEW)
        suspended = factory.Trait(standing=Standing.SUSPENDED)

    pseudonym = factory.Sequence(lambda n: f"Heron {n}")
    skeleton = factory.LazyAttribute(lambda person: names.skeleton(person.pseudonym))
    standing = Standing.KNOWN
    created_at = JOINED
    agreed_at = JOINED
    guest_token_hash = factory.LazyAttribute(
        lambda person: (
            participants.hash_token(person.guest_token) if person.guest_token else None
        )
    )


def agreed(person: Participant) -> Participant:
    """Let somebody who came by themselves have ticked the house rules."""
    person.agreed_at = person.created_at
    person.save()
    return person


class PolicyFactory(factory.django.DjangoModelFactory):
    """A city's choice; by default that of the software."""

    class Meta:
        model = Policy

    class Params:
        for_guests = factory.Trait(guests_may_comment=True, guests_may_vote=True)
        reviewing_first = factory.Trait(review=Review.BEFORE)
        lenient = factory.Trait(rules=[["length", {}]])

    name = factory.Sequence(lambda n: f"Policy {n}")
