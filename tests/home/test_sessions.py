from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from home.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    session = SessionStore()
    session["word"] = "Brücke"
    session.save()
    return session


def test_a_session_holds_what_was_kept(kept, django_assert_num_queries):
    again = SessionStore(kept.session_key)
    with django_assert_num_queries(1):
        assert again["word"] == "Brücke"
    assert again.session_key == kept.session_key


def test_a_session_that_is_over_is_empty_and_gets_another_key(kept):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    again = SessionStore(kept.session_key)
    assert again.get("word") is None
    assert again.session_key is None


@pytest.mark.parametrize("key", ["", "short", "x" * 32, "ü" * 32, "a'b\"c" * 8])
def test_a_key_that_nobody_was_given_opens_nothing(kept, key):
    assert SessionStore(key).get("word") is None


def test_what_was_changed_by_hand_is_not_believed(kept):
    Session.objects.update(session_data="eyJ3b3JkIjoieCJ9:forged:signature")
    assert SessionStore(kept.session_key).get("word") is None


def test_the_site_uses_them(settings):
    assert settings.SESSION_ENGINE == "home.sessions"
