"""What tests do to a note first: a stranger reports it, a moderator hides it."""

from django.urls import reverse

from moderation.choices import Act
from moderation.services import review
from tests.factories.notes import ModeratorFactory

GROUND = "DECISION_GROUND_INCOMPATIBLE_CONTENT"
REASONS = {
    "ground": GROUND,
    "rule_id": "insult",
    "facts": "It calls the mayor a name.",
}


def hide(note, now, by=None, **besides):
    return review.decide(
        content=note, act=Act.HIDE, decided_by=by or ModeratorFactory(), now=now,
        **REASONS, **besides,
    )  # fmt: skip


def flag_page(note):
    return reverse("moderation:flag", args=["note", note.pk])


def report_as_stranger(client, note, **fields):
    told = {
        "reason": "illegal",
        "text": "Libel",
        "name": "Ada",
        "email": "ada@example.org",
        "good_faith": "on",
    }
    return client.post(flag_page(note), {**told, **fields})
