"""Something people write that only moderation knows how to handle."""

from django.db import models

from moderation.models import ModeratedContent


class Note(ModeratedContent):
    """A note on a board; `is_secret` ones are seen by nobody."""

    is_secret = models.BooleanField(default=False)
