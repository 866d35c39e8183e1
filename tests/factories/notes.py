"""Notes: what moderation handles in tests of its own."""

from datetime import UTC, datetime

import factory
from django.contrib.auth.models import Permission

from moderation import sanitize
from moderation.choices import ContentStatus
from tests.factories.moderation import AccountFactory, ParticipantFactory
from tests.testapp.models import Note

WRITTEN = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)


class NoteFactory(factory.django.DjangoModelFactory):
    """A public note in English by somebody who is known."""

    class Meta:
        model = Note

    class Params:
        held = factory.Trait(status=ContentStatus.HELD)
        hidden = factory.Trait(status=ContentStatus.HIDDEN)
        withdrawn = factory.Trait(status=ContentStatus.WITHDRAWN)
        secret = factory.Trait(is_secret=True)

    author = factory.SubFactory(ParticipantFactory, with_account=True)
    text = factory.Sequence(lambda n: f"The {n}th bench needs a tree beside it.")
    html = factory.LazyAttribute(lambda note: sanitize.render(note.text))
    language = "en"
    created_at = WRITTEN


class ModeratorFactory(AccountFactory):
    """An account that may review what waits."""

    email = factory.Sequence(lambda n: f"moderator{n}@example.org")

    @factory.post_generation
    def permissions(self, create, extracted, **kwargs):
        names = ["access_admin", "review_content", *(extracted or [])]
        self.user_permissions.set(Permission.objects.filter(codename__in=names))


def lead(**kwargs):
    """Return an account that oversees moderation."""
    return ModeratorFactory(permissions=["lead_review"], **kwargs)
