import pytest
from django.urls import reverse

from deliberation.models import Citation, Comment, Follow
from moderation.identity import GUEST_COOKIE
from moderation.queries import news
from moderation.services import participants
from tests.factories.deliberation import CommentFactory, DiscussionFactory, PageFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return ParticipantFactory(with_account=True)


@pytest.fixture
def editor():
    return AccountFactory(is_superuser=True)


@pytest.fixture
def asked(ada):
    return CommentFactory(author=ada, text="Plant lime trees.")


@pytest.fixture
def answer(editor, asked, now):
    person = participants.for_account(account=editor, now=now, language="en")
    return CommentFactory(parent=asked, author=person, official_at=now)


class TestFollowing:
    @pytest.fixture
    def guest(self, client, now):
        _person, token = participants.start_guest(now=now, language="en")
        client.cookies[GUEST_COOKIE] = token
        return client

    def test_is_one_button_on_the_discussion(self, client, ada):
        discussion = DiscussionFactory()
        client.force_login(ada.account)
        address = reverse("deliberation:follow", args=[discussion.pk])
        place = reverse("deliberation:discussion", args=[discussion.pk])
        assert address in client.get(place).content.decode()
        client.post(address, {"follow": "1", "next": place})
        assert "Stop following" in client.get(place).content.decode()
        client.post(address, {"follow": ""})
        assert not Follow.objects.exists()

    def test_of_a_draft_is_not_found(self, client, ada):
        client.force_login(ada.account)
        page = PageFactory(draft=True)
        address = reverse("deliberation:follow_page", args=[page.pk])
        assert client.post(address, {"follow": "1"}).status_code == 404
        assert client.put(f"/api/v1/pages/{page.pk}/follow").status_code == 404

    def test_asks_a_stranger_to_sign_in(self, client):
        discussion = DiscussionFactory()
        address = reverse("deliberation:follow", args=[discussion.pk])
        answer = client.post(address, {"follow": "1"})
        assert "login" in answer.url
        assert client.get(address).status_code == 405

    def test_is_listed_with_buttons_to_stop(self, client, ada):
        discussion, page = DiscussionFactory(), PageFactory()
        listed = reverse("deliberation:following")
        assert "login" in client.get(listed).url
        client.force_login(ada.account)
        assert "You follow nothing yet" in client.get(listed).content.decode()
        assert listed in client.get(reverse("moderation:news")).content.decode()
        for name, pk in (("follow", discussion.pk), ("follow_page", page.pk)):
            client.post(reverse(f"deliberation:{name}", args=[pk]), {"follow": "1"})
        html = client.get(listed).content.decode()
        assert discussion.title in html
        assert page.title in html
        address = reverse("deliberation:follow_page", args=[page.pk])
        back = client.post(address, {"next": listed}, follow=True).content.decode()
        assert "You do not follow this any more." in back
        assert page.title not in back

    def test_is_listed_for_guests_too_who_have_no_address(self, guest, now):
        discussion = DiscussionFactory()
        follow = reverse("deliberation:follow", args=[discussion.pk])
        listed = reverse("deliberation:following")
        answer = guest.post(follow, {"follow": "1", "next": listed}, follow=True)
        html = answer.content.decode()
        assert discussion.title in html
        assert "E-mails take an account" in html
        assert listed in guest.get(reverse("moderation:news")).content.decode()

    def test_of_what_is_private_now_is_not_listed(self, client, ada):
        discussion = DiscussionFactory()
        client.force_login(ada.account)
        follow = reverse("deliberation:follow", args=[discussion.pk])
        client.post(follow, {"follow": "1"})
        discussion.page.unpublish()
        listed = client.get(reverse("deliberation:following")).content.decode()
        assert discussion.title not in listed

    def test_leads_nowhere_else(self, client, ada):
        client.force_login(ada.account)
        discussion = DiscussionFactory()
        address = reverse("deliberation:follow", args=[discussion.pk])
        answer = client.post(address, {"follow": "1", "next": "https://bad.example/"})
        assert answer.url.startswith("/discussions/")

    def test_works_by_the_api(self, client, ada):
        client.force_login(ada.account)
        discussion = DiscussionFactory()
        path = f"/api/v1/discussions/{discussion.pk}/follow"
        assert client.put(path).json() == {"following": True}
        (found,) = client.get("/api/v1/me/follows").json()["items"]
        assert found["discussion"] == discussion.pk
        assert client.delete(path).json() == {"following": False}


class TestWhatAnAnswerRestsOn:
    @pytest.fixture
    def path(self, answer):
        return reverse("deliberation:rests_on", args=[answer.pk])

    @pytest.fixture
    def other(self, asked):
        return CommentFactory(
            discussion=asked.discussion,
            text="And oaks.",
            author=ParticipantFactory(with_account=True),
        )

    def cite(self, client, path, other, **more):
        link = "http://testserver" + reverse("deliberation:comment", args=[other.pk])
        return client.post(path, {"link": link, "is_used": "1", "reason": ""} | more)

    def test_is_written_down_by_its_editor_and_told(
        self, client, editor, path, other, answer, settings
    ):
        settings.WAGTAILADMIN_BASE_URL = "http://testserver"
        client.force_login(editor)
        assert self.cite(client, path, other).status_code == 302
        (item,) = news.page(other.author).items
        assert "was used" in str(item.told.title)
        there = reverse("deliberation:comment", args=[other.pk])
        assert "the official answer by" in client.get(there).content.decode()
        html = client.get(reverse("deliberation:comment", args=[answer.pk]))
        assert "Rests on 1 contribution" in html.content.decode()
        Comment.objects.filter(pk=other.pk).update(status="hidden")
        html = client.get(reverse("deliberation:comment", args=[answer.pk]))
        assert "And oaks." not in html.content.decode()
        assert news.page(other.author).items == ()

    def test_gives_a_reason_where_it_was_not_used(
        self, client, editor, path, other, settings
    ):
        settings.WAGTAILADMIN_BASE_URL = "http://testserver"
        client.force_login(editor)
        refused = self.cite(client, path, other, is_used="0")
        assert refused.status_code == 400
        assert "why this was not used" in refused.content.decode()

    def test_says_what_is_wrong_and_keeps_what_was_typed(self, client, editor, path):
        client.force_login(editor)
        refused = client.post(
            path, {"link": "https://x.example/1", "is_used": "1", "reason": "Shade."}
        )
        html = refused.content.decode()
        assert "leads to another site" in html
        assert "Shade." in html

    def test_is_taken_out_again(self, client, editor, path, answer, other, now):
        citation = Citation.objects.create(
            answer=answer, comment=other, is_used=True, language="en", created_at=now
        )
        client.force_login(editor)
        client.post(path, {"remove": str(citation.pk)})
        assert not Citation.objects.exists()

    def test_is_nobody_elses_to_say(self, client, ada, path, answer, other):
        client.force_login(ada.account)
        assert client.get(path).status_code == 404
        refused = client.post(
            f"/api/v1/comments/{answer.pk}/citations",
            {"link": f"/comments/{other.pk}/"},
            content_type="application/json",
        )
        assert refused.status_code == 403

    def test_goes_both_ways_by_the_api(self, client, editor, answer, other):
        client.force_login(editor)
        made = client.post(
            f"/api/v1/comments/{answer.pk}/citations",
            {"link": f"/comments/{other.pk}/", "used": True},
            content_type="application/json",
        ).json()
        shown = client.get(f"/api/v1/comments/{answer.pk}").json()
        assert shown["rests_on"][0]["id"] == made["id"]
        left = client.delete(f"/api/v1/comments/{answer.pk}/citations/{made['id']}")
        assert left.json() == {"items": []}


class TestWhatHappened:
    @pytest.fixture
    def reply(self, asked, now):
        from deliberation.services import comments

        bo = ParticipantFactory(pseudonym="Bo Mill")
        return comments.post(
            discussion=asked.discussion,
            author=bo,
            raw="Yes, limes.",
            language="en",
            parent=asked,
            now=now,
        )

    def test_shows_in_the_head_and_on_its_page_until_read(self, client, ada, reply):
        client.force_login(ada.account)
        assert "1 new" in client.get("/").content.decode()
        inbox = reverse("moderation:news")
        html = client.get(inbox).content.decode()
        assert "Bo Mill replied to you" in html
        assert "Yes, limes." in html
        pk = ada.notices.get().pk
        opened = client.post(inbox, {"open": str(pk)})
        assert opened.url.startswith(reverse("deliberation:comment", args=[reply.pk]))
        assert "1 new" not in client.get("/").content.decode()

    def test_is_gone_with_what_was_hidden(self, client, ada, reply):
        client.force_login(ada.account)
        Comment.objects.filter(pk=reply.pk).update(status="hidden")
        inbox = reverse("moderation:news")
        assert "Bo Mill" not in client.get(inbox).content.decode()
        assert " new</span>" not in client.get("/").content.decode()
        assert client.get("/api/v1/me").json()["notices"] == []
        opened = client.post(inbox, {"open": str(ada.notices.get().pk)})
        assert opened.url == inbox

    def test_is_ones_own(self, client, ada, reply):
        other = ParticipantFactory(with_account=True)
        client.force_login(other.account)
        pk = ada.notices.get().pk
        client.post(reverse("moderation:news"), {"open": str(pk)})
        client.post(
            "/api/v1/me/notices/read", {"ids": [pk]}, content_type="application/json"
        )
        assert ada.notices.get().read_at is None

    def test_works_by_the_api(self, client, ada, reply):
        client.force_login(ada.account)
        told = client.get("/api/v1/me/notices?new=true").json()
        assert (told["new"], told["items"][0]["kind"]) == (1, "reply")
        left = client.post(
            "/api/v1/me/notices/read", {}, content_type="application/json"
        )
        assert left.json() == {"new": 0}
        assert client.get("/api/v1/me/notices?author=x").status_code == 422

    def test_leaves_the_choice_of_e_mails_to_the_reader(self, client, ada):
        client.force_login(ada.account)
        path = reverse("moderation:mail_choices")
        html = client.get(path).content.decode()
        assert "Replies to your comments" in html
        wanted = {
            "answers": "weekly",
            "replies": "daily",
            "mentions": "off",
            "followed": "off",
            "stages": "off",
        }
        client.post(path, wanted)
        chosen = client.get("/api/v1/me/mail").json()["items"]
        assert {each["topic"]: each["mail"] for each in chosen} == wanted
        refused = client.patch(
            "/api/v1/me/mail",
            {"mail": {"replies": "off", "gossip": "daily"}},
            content_type="application/json",
        )
        assert refused.status_code == 422
        assert ada.mail_choices.get(topic="replies").mail == "daily"
