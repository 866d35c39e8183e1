"""Replies kept so that a repeated request does nothing twice."""

from django.db import models


class IdempotentReply(models.Model):
    """The reply given to one caller's write under one Idempotency-Key."""

    caller = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    # Null while the first request is still at work.
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["caller", "key"], name="one_reply_per_caller_and_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
