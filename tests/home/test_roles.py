import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.factories.moderation import AccountFactory

pytestmark = pytest.mark.django_db

PATHS = {
    "admin": "/cms/",
    "pages": "/cms/pages/",
    "consultations": "/cms/consultations/",
    "images": "/cms/images/",
    "queue": "/cms/moderation/",
}


def reachable(client, *groups):
    account = AccountFactory()
    account.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(account)
    return {name for name, path in PATHS.items() if client.get(path).status_code == 200}


class TestRoles:
    def test_let_editors_publish_and_nothing_else(self, client):
        assert reachable(client, "Editors") == set(PATHS) - {"queue"}

    @pytest.mark.parametrize("group", ["Moderators", "Lead moderators"])
    def test_let_moderators_review_and_nothing_else(self, client, group):
        found = reachable(client, group)
        assert {"admin", "queue"} <= found
        assert not found & {"images"}
        account = AccountFactory()
        account.groups.set(Group.objects.filter(name=group))
        assert not account.has_perm("wagtailcore.add_page")

    def test_let_residents_see_nothing_of_the_admin(self, client):
        assert reachable(client) == set()

    def test_send_editors_through_the_sites_own_sign_in(self, client):
        answer = client.get("/cms/")
        assert answer.status_code == 302
        assert answer.url.startswith(reverse("account_login"))
