import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

pytestmark = pytest.mark.django_db

ADDRESS, PASSWORD = "robin@example.org", "seven bridges and a ferry"


def sign_up(client, address=ADDRESS):
    form = {"email": address, "password1": PASSWORD}
    return client.post(reverse("account_signup"), form)


def confirm(client):
    link = re.search(
        r"https?://[^/]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body
    )
    return client.post(link[1])


def sign_in(client, password=PASSWORD, address=ADDRESS):
    form = {"login": address, "password": password}
    return client.post(reverse("account_login"), form)


class TestSignUp:
    def test_is_complete_after_a_link_in_an_e_mail(self, client):
        assert sign_up(client).url == reverse("account_email_verification_sent")
        assert not EmailAddress.objects.get().verified
        confirm(client)
        assert EmailAddress.objects.get().verified
        sign_in(client)
        assert client.get(reverse("account_email")).status_code == 200

    def test_lets_nobody_in_before_the_address_is_confirmed(self, client):
        sign_up(client)
        client.logout()
        assert sign_in(client).url == reverse("account_email_verification_sent")
        assert client.get(reverse("account_email")).status_code == 302

    def test_does_not_tell_whether_an_address_is_known(self, client):
        first = sign_up(client)
        confirm(client)
        client.logout()
        # One e-mail in three minutes to one address; this is later.
        cache.clear()
        second = sign_up(client)
        assert (first.status_code, first.url) == (second.status_code, second.url)
        assert get_user_model().objects.count() == 1
        assert "already" in mail.outbox[-1].body

    @pytest.mark.parametrize(
        ("address", "password"),
        [
            ("", PASSWORD),
            ("nobody", PASSWORD),
            (ADDRESS, "12345678"),
            (ADDRESS, ""),
            ("a\x00@example.org", PASSWORD),
            (f"{'x' * 100_000}@example.org", PASSWORD),
        ],
    )
    def test_says_what_is_wrong(self, client, address, password):
        form = {"email": address, "password1": password}
        answer = client.post(reverse("account_signup"), form)
        assert answer.status_code == 200
        assert "fm-error" in answer.text
        assert not get_user_model().objects.exists()


class TestSignIn:
    @pytest.fixture(autouse=True)
    def _known(self, client):
        sign_up(client)
        confirm(client)
        client.logout()

    def test_sounds_the_same_for_unknown_people_and_wrong_passwords(self, client):
        wrong = sign_in(client, password="not this one")
        unknown = sign_in(client, address="nobody@example.org")
        errors = [
            re.findall(r'class="fm-(?:error|notice)[^>]*>.*?</', answer.text, re.DOTALL)
            for answer in (wrong, unknown)
        ]
        assert errors[0]
        assert errors[0] == errors[1]

    def test_is_slowed_down_after_many_wrong_passwords(self, client):
        for _attempt in range(12):
            answer = sign_in(client, password="not this one")
        assert "Too many" in answer.text
        assert "Too many" in sign_in(client).text

    def test_never_asks_for_a_reset_of_an_unknown_address_differently(self, client):
        path = reverse("account_reset_password")
        known = client.post(path, {"email": ADDRESS})
        unknown = client.post(path, {"email": "nobody@example.org"})
        assert (known.status_code, known.url) == (unknown.status_code, unknown.url)

    @pytest.mark.parametrize(
        "name", ["mfa_index", "mfa_list_webauthn", "usersessions_list", "account_email"]
    )
    def test_opens_second_factors_and_sessions(self, client, name):
        sign_in(client)
        assert client.get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example"])
    def test_leads_to_no_other_site_afterwards(self, client, address):
        form = {"login": ADDRESS, "password": PASSWORD, "next": address}
        answer = client.post(reverse("account_login"), form)
        assert answer.status_code == 302
        assert "evil" not in answer.url
