"""What is kept as snippets in the admin: policies, house rules, participants."""

import pytest
from django.forms import model_to_dict
from django.urls import reverse

from moderation.models import HouseRule, Participant, Policy
from tests.factories.moderation import AccountFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(client):
    """Return a client of somebody who may change everything in the admin."""
    client.force_login(AccountFactory(is_superuser=True, is_staff=True))
    return client


class TestSnippets:
    def test_a_policy_with_an_unknown_rule_is_refused_in_words(self, keeper):
        path = reverse("wagtailsnippets_moderation_policy:add")
        told = {
            **{key: str(value) for key, value in model_to_dict(Policy()).items()},
            "name": "Town", "rules": '[["lenght", {}]]',
        }  # fmt: skip
        page = keeper.post(path, told).content.decode()
        assert "lenght" in page
        assert not Policy.objects.filter(name="Town").exists()
        keeper.post(path, {**told, "rules": '[["length", {"maximum": 7000}]]'})
        assert Policy.objects.get(name="Town").rules == [["length", {"maximum": 7000}]]

    @pytest.mark.parametrize("rules", ["", "{", '"x"', "[1]", '{"a": 1}', "null"])
    def test_a_policy_bears_nonsense(self, keeper, rules):
        path = reverse("wagtailsnippets_moderation_policy:add")
        told = {"name": "Town", "review": "after", "edit_minutes": "30", "rules": rules}
        assert keeper.post(path, told).status_code == 200
        assert not Policy.objects.filter(name="Town").exists()

    def test_a_house_rule_gets_a_new_version_with_new_words(self, keeper):
        told = {
            "code": "insult", "language": "en", "title": "Be kind", "text": "No insults.",
            "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        }  # fmt: skip
        keeper.post(reverse("wagtailsnippets_moderation_houserule:add"), told)
        rule = HouseRule.objects.get()
        assert rule.version == 1
        edit = reverse("wagtailsnippets_moderation_houserule:edit", args=[rule.pk])
        keeper.post(edit, {**told, "text": "No insults, no names."})
        rule.refresh_from_db()
        assert rule.version == 2
        keeper.post(edit, {**told, "text": "No insults, no names.", "is_retired": "on"})
        rule.refresh_from_db()
        assert (rule.version, rule.is_retired) == (2, True)
        assert rule.revisions.count() == 3

    def test_a_lead_changes_a_standing_but_not_their_own(self, client):
        boss = AccountFactory(is_superuser=True)
        client.force_login(boss)
        person = ParticipantFactory(standing="new")
        own = ParticipantFactory(account=boss, standing="new")
        for each in (person, own):
            path = reverse(
                "wagtailsnippets_moderation_participant:edit", args=[each.pk]
            )
            client.post(path, {"standing": "trusted", "pseudonym": "Changed"})
        person.refresh_from_db()
        own.refresh_from_db()
        assert person.standing == "trusted"
        assert person.pseudonym != "Changed"
        assert own.standing == "new"

    def test_participants_are_neither_added_nor_deleted(self, keeper):
        person = ParticipantFactory()
        add = reverse("wagtailsnippets_moderation_participant:add")
        delete = reverse(
            "wagtailsnippets_moderation_participant:delete", args=[person.pk]
        )
        assert keeper.get(add).status_code == 302
        keeper.post(delete)
        assert Participant.objects.filter(pk=person.pk).exists()

    def test_the_list_of_participants_names_no_address(self, keeper):
        person = ParticipantFactory(with_account=True)
        path = reverse("wagtailsnippets_moderation_participant:list")
        page = keeper.get(path).content.decode()
        assert person.pseudonym in page
        assert person.account.email not in page
