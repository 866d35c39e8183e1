"""What an answer of the API says, to the letter."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.utils.translation import gettext_lazy, override

from moderation.api import rendering
from moderation.choices import ContentStatus


def said(value):
    return json.loads(rendering.to_json({"it": value}))["it"]


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 5, 4, 10, 30, tzinfo=UTC), "2026-05-04T10:30:00Z"),
        (datetime(2026, 5, 4, 10, 30, 0, 7, UTC), "2026-05-04T10:30:00.000007Z"),
        (
            datetime(2026, 5, 4, 10, 30, tzinfo=timezone(timedelta(hours=2))),
            "2026-05-04T10:30:00+02:00",
        ),
    ],
)
def test_moments_keep_their_digits_and_their_zone(moment, text):
    assert said(moment) == text


def test_choices_are_their_values_and_texts_are_in_the_language_asked_for():
    assert said(ContentStatus.HELD) == "held"
    with override("de"):
        assert said(gettext_lazy("waiting for review")) == "wartet auf Prüfung"


def test_other_scripts_are_sent_as_they_are():
    assert "ساحة 🌳".encode() in rendering.to_json(["ساحة 🌳"])


def test_half_a_character_is_sent_back_as_it_came():
    assert said(["ok", "\ud83c"]) == ["ok", "\ud83c"]


def test_what_has_no_form_is_not_made_up():
    with pytest.raises(TypeError, match="not JSON serializable"):
        rendering.to_json(object())
