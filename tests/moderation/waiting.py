"""What waits at the desk: a note that was reported, or very many."""

from django.urls import reverse

from moderation.choices import ContentStatus, FlagReason
from moderation.services import flags
from tests.factories.moderation import ParticipantFactory


def item_page(note):
    return reverse("moderation_admin:item", args=["note", note.pk])


def flag(note, now, reason=FlagReason.INSULT):
    return flags.raise_by_person(
        content=note, reporter=ParticipantFactory(), reason=reason, text="x", now=now,
        good_faith=True,
    )  # fmt: skip


def flood(number, now):
    """Let many items wait: half held, half reported by somebody."""
    from django.contrib.contenttypes.models import ContentType

    from moderation.models import Flag
    from tests.testapp.models import Note

    author = ParticipantFactory()
    notes = Note.objects.bulk_create(
        Note(
            author=author, text=f"Words {n}", html="", language="en", created_at=now,
            status=ContentStatus.HELD if n % 2 else ContentStatus.PUBLISHED,
        )
        for n in range(number)
    )  # fmt: skip
    kind = ContentType.objects.get_for_model(Note)
    Flag.objects.bulk_create(
        Flag(
            content_type=kind, object_id=note.pk, reason=FlagReason.SPAM,
            created_at=now, receipt=f"{number}-{note.pk}", rule_id="links",
        )
        for note in notes
        if note.status == ContentStatus.PUBLISHED
    )  # fmt: skip
