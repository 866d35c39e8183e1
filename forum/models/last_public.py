"""What the public was told by a page that is not public now."""

from django.db import models

from .base import Page


class LastPublic(models.Model):
    """The word a city gave, kept while its page is taken down.

    Wagtail's editor stores a page that is not public as it is being written, so the
    page's own columns say nothing of what people have read.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    # The words people answered to, by their field.
    texts = models.JSONField(default=dict)
    agenda = models.TextField(blank=True)
    # When its meetings were to begin, as ISO 8601.
    meetings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.page_id}: {self.at:%Y-%m-%d}"
