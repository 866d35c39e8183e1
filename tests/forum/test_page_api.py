import pytest
from django.contrib.auth.models import Group
from wagtail.models import APIToken, PageViewRestriction

from deliberation.models import Discussion, Poll
from forum.models import ConsultationPage, HearingPage
from tests.factories.forum import (
    ConsultationFactory,
    HearingFactory,
    ask_nothing_of_pages,
    forum_index,
)
from tests.factories.moderation import AccountFactory

pytestmark = pytest.mark.django_db

V2, V3 = "/api/v2/pages/", "/api/v3-preview/pages/"


def headers(*groups):
    account = AccountFactory()
    account.groups.set(Group.objects.filter(name__in=groups))
    _token, text = APIToken.create_token(user=account, name="A city's program")
    return {"Authorization": f"Bearer {text}"}


@pytest.fixture
def editor():
    ask_nothing_of_pages()
    return headers("Editors")


def consultation(**fields):
    return {
        "meta": {
            "type": "forum.ConsultationPage",
            "parent_id": forum_index().pk,
            "action": "publish",
        },
        "title": "Night buses",
        "summary": "Which routes should run after midnight, and on which days?",
        "opens_at": "2026-01-01T08:00:00Z",
        "closes_at": "2099-03-01T20:00:00Z",
        "has_discussion": True,
        "poll_question": "Which buses at night?",
        "poll_statements": "Line 7 first.\nAll lines on Fridays.",
        "poll_results": "after_voting",
        "participation_level": "consult",
        "languages_welcome": ["en", "uk"],
        "asked": "<p>Which lines matter most?</p>",
        "body": [
            {"type": "heading", "value": {"text": "Why now", "level": "2"}},
            {"type": "paragraph", "value": "<p>The contract <b>ends</b>.</p>"},
        ],
        **fields,
    }


def post(client, data, who):
    return client.post(V3, data, content_type="application/json", headers=who)


class TestWriting:
    def test_publishes_a_consultation_and_opens_what_it_offers(self, client, editor):
        answer = post(client, consultation(), editor)
        assert answer.status_code == 201, answer.content
        page = ConsultationPage.objects.get(title="Night buses")
        assert page.live
        assert page.languages_welcome == ["en", "uk"]
        assert page.body[0].value["text"] == "Why now"
        assert Discussion.objects.get(page=page.pk).title == "Night buses"
        assert Poll.objects.get(page=page.pk).statements.count() == 2

    def test_keeps_a_draft_closed(self, client, editor):
        data = consultation()
        del data["meta"]["action"]
        answer = post(client, data, editor)
        assert answer.status_code == 201, answer.content
        assert not ConsultationPage.objects.get().live
        assert not Discussion.objects.exists()

    def test_publishes_a_hearing_with_its_meetings(self, client, editor):
        data = consultation(
            sessions=[
                {
                    "starts_at": "2099-02-01T18:00:00Z",
                    "ends_at": "2099-02-01T20:00:00Z",
                    "place": "Town Hall",
                    "join_phone": "0123, code 44",
                }
            ],
            step_free="yes",
            step_free_note="East door",
        )
        data["meta"]["type"] = "forum.HearingPage"
        answer = post(client, data, editor)
        assert answer.status_code == 201, answer.content
        page = HearingPage.objects.get()
        assert page.sessions.get().is_remote
        assert page.step_free_note == "East door"

    def test_moves_the_close_of_page_and_discussion(self, client, editor):
        page_id = post(client, consultation(), editor).json()["id"]
        answer = client.patch(
            f"{V3}{page_id}/",
            {"closes_at": "2099-04-01T20:00:00Z", "meta": {"action": "publish"}},
            content_type="application/json",
            headers=editor,
        )
        assert answer.status_code == 200, answer.content
        assert Discussion.objects.get().closes_at.month == 4

    @pytest.mark.parametrize(
        "wrong",
        [
            {"closes_at": "2020-01-01T08:00:00Z"},
            {"closes_at": "soon"},
            {"summary": ""},
            {"languages_welcome": ["klingon"]},
            {"languages_welcome": {"a": 1}},
            {"participation_level": "shout"},
            {"poll_statements": "x" * 300},
            {"poll_results": "never"},
            {"body": [{"type": "script", "value": "alert(1)"}]},
            {"answered_at": "2026-01-01T08:00:00Z"},
            {"title": "x" * 100_000},
            {"summary": "x" * 100_000},
        ],
    )
    def test_refuses_what_contradicts_itself_in_words(self, client, editor, wrong):
        answer = post(client, consultation(**wrong), editor)
        assert answer.status_code == 422, answer.content
        assert answer["Content-Type"] == "application/problem+json"
        assert not ConsultationPage.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"opens_at": "2099-12-01T08:00:00Z"},
            {"answered_at": "2026-02-01T08:00:00Z"},
            {"poll_question": ""},
        ],
    )
    def test_refuses_a_change_of_one_field_that_contradicts_another(
        self, client, editor, wrong
    ):
        page_id = post(client, consultation(), editor).json()["id"]
        answer = client.patch(
            f"{V3}{page_id}/",
            {**wrong, "meta": {"action": "publish"}},
            content_type="application/json",
            headers=editor,
        )
        assert answer.status_code == 422, answer.content

    @pytest.mark.parametrize("groups", [[], ["Moderators"], ["Lead moderators"]])
    def test_is_for_editors_only(self, client, groups):
        page, who = ConsultationFactory(), headers(*groups)
        assert post(client, consultation(), who).status_code in {403, 404}
        change = client.patch(
            f"{V3}{page.pk}/",
            {"title": "Mine"},
            content_type="application/json",
            headers=who,
        )
        gone = client.delete(f"{V3}{page.pk}/", headers=who)
        assert {change.status_code, gone.status_code} <= {403, 404}
        assert ConsultationPage.objects.get().title == page.title


class TestReading:
    def test_tells_stage_and_ids_of_discussions_and_polls(self, client, editor):
        page_id = post(client, consultation(), editor).json()["id"]
        for address in (f"{V2}{page_id}/", f"{V3}{page_id}/"):
            page = client.get(address).json()
            assert page["stage"] == "open"
            assert page["discussions"] == [Discussion.objects.get().pk]
            assert page["polls"] == [Poll.objects.get().pk]
            assert page["languages_welcome"] == ["en", "uk"]

    def test_lists_by_type_with_chosen_fields(self, client):
        ConsultationFactory(title="Trees", closed=True)
        HearingFactory(title="Bridge")
        answer = client.get(
            V2,
            {"type": "forum.ConsultationPage", "fields": "stage,summary,discussions"},
        ).json()
        (item,) = answer["items"]
        assert (item["title"], item["stage"]) == ("Trees", "closed")
        assert item["discussions"] == []

    @pytest.mark.parametrize("path", [V2, V3])
    def test_hides_drafts_and_private_pages(self, client, path):
        draft, private = ConsultationFactory(draft=True), ConsultationFactory()
        PageViewRestriction.objects.create(
            page=private, restriction_type=PageViewRestriction.LOGIN
        )
        for page in (draft, private):
            assert client.get(f"{path}{page.pk}/").status_code == 404
            assert page.title not in client.get(path).text

    @pytest.mark.parametrize("number", [0, 9**30, "x"])
    def test_knows_no_page_of_a_senseless_number(self, client, number):
        assert client.get(f"{V2}{number}/").status_code == 404
        assert client.get(f"{V3}{number}/").status_code in {404, 422}
