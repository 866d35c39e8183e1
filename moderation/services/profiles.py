"""What participants change of themselves."""

from datetime import timedelta

from django.db import transaction

from moderation.models import Participant
from moderation.services import limits, participants

RENAMES_A_DAY = 3


@transaction.atomic
def change(
    *,
    participant: Participant,
    pseudonym: str | None = None,
    language: str | None = None,
) -> Participant:
    """Change the name or the language, whichever is given; both or neither.

    Raises NameRefused, LanguageUnknown, or TooOften: a name that changes all the
    time is no name.
    """
    if pseudonym is not None and pseudonym != participant.pseudonym:
        limits.take(
            act="rename",
            who=str(participant.pk),
            most=RENAMES_A_DAY,
            within=timedelta(days=1),
        )
        participants.rename(participant=participant, pseudonym=pseudonym)
    if language is not None:
        participants.speak(participant=participant, language=language)
    return participant
