"""What the sign-in holds of somebody is part of their own data."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from moderation.queries import personal_data
from moderation.services import erasure
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida():
    found = ParticipantFactory(with_account=True)
    EmailAddress.objects.create(user=found.account, email="ida@old.example")
    UserSession.objects.create(
        user=found.account, ip="192.0.2.7", user_agent="Lynx", session_key="secret-key"
    )
    Authenticator.objects.create(
        user=found.account, type=Authenticator.Type.TOTP, data={"secret": "hush"}
    )
    return found


def test_is_there_but_never_a_secret(ida):
    told = json.dumps(personal_data.collect(ida), default=str)
    for part in ("ida@old.example", "192.0.2.7", "Lynx", "TOTP"):
        assert part in told
    assert "secret-key" not in told
    assert "hush" not in told


def test_goes_with_the_account(ida):
    now = timezone.now()
    erasure.ask(participant=ida, now=now - erasure.GRACE)
    assert erasure.carry_out_due(now=now) == 1
    for model in (EmailAddress, UserSession, Authenticator):
        assert not model.objects.exists()


def test_is_nothing_for_a_guest():
    guest = ParticipantFactory(guest_token="token")
    data = personal_data.collect(guest)
    assert data["addresses"] == data["sign_ins"] == data["keys"] == []
