"""A key is good for a day."""

from datetime import timedelta

import pytest

from moderation.models import IdempotentReply
from moderation.services import idempotency
from moderation.services.idempotency import Reply

pytestmark = pytest.mark.django_db

CLAIM = {"caller": "form", "key": "k"}


class TestAKey:
    def test_brings_back_its_reply_for_a_day(self, now):
        assert idempotency.begin(**CLAIM, fingerprint="", now=now) is None
        idempotency.finish(**CLAIM, reply=Reply(302, "/there/"))
        for later in (timedelta(0), idempotency.KEPT_FOR):
            kept = idempotency.begin(**CLAIM, fingerprint="", now=now + later)
            assert kept == Reply(302, "/there/")

    def test_is_free_again_after_that_whether_or_not_it_was_cleared_away(self, now):
        later = now + idempotency.KEPT_FOR + timedelta(seconds=1)
        for moment in (now, later):
            assert idempotency.begin(**CLAIM, fingerprint="", now=moment) is None
        assert IdempotentReply.objects.get().created_at == later
