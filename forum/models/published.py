"""What the page APIs show of a page beyond its columns."""

from django.utils import timezone
from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.models import Page


class StageField(Field):
    """The stage at the moment of the request."""

    def get_attribute(self, instance: Page) -> Page:
        """Hand the whole page on, for its stage is not stored."""
        return instance

    def to_representation(self, value: Page) -> str:
        """Return the stage as one word of the API."""
        return str(value.stage_at(timezone.now()).value)


class IdsField(Field):
    """The ids of the discussions or polls that a page, or its original, has."""

    def get_attribute(self, instance: Page) -> list[int]:
        """Read the ids; a page that is not stored yet has none."""
        related = getattr(instance.original(), self.field_name)
        return list(related.order_by("pk").values_list("pk", flat=True))

    def to_representation(self, value: list[int]) -> list[int]:
        """Return the ids."""
        return value


API_FIELDS = [
    APIField("stage", serializer=StageField()),
    APIField("discussions", serializer=IdsField()),
    APIField("polls", serializer=IdsField()),
]
