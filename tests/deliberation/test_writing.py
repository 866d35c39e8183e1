"""The stance, the rules that are ticked once, and quoting."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Comment
from deliberation.services import comments, labels
from deliberation.views import drafts
from moderation.choices import ContentStatus
from moderation.models import Participant
from moderation.services import participants
from moderation.services.agreement import RulesFirst
from tests.deliberation.conftest import Caller
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import (
    AccountFactory,
    ParticipantFactory,
    PolicyFactory,
)

pytestmark = pytest.mark.django_db

TEXT = "The benches should stand in the shade."
TICK = "I have read these rules"


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


@pytest.fixture
def page(client, discussion):
    return lambda: client.get(
        reverse("deliberation:discussion", args=[discussion.pk])
    ).content.decode()


@pytest.fixture
def send(client, discussion):
    path = reverse("deliberation:post_comment", args=[discussion.pk])
    return lambda **typed: client.post(path, {"text": TEXT, "token": "x", **typed})


def address(discussion):
    return f"/discussions/{discussion.pk}/comments"


class TestTheRules:
    def test_are_ticked_before_the_first_contribution(self, send, page):
        assert TICK in page()
        refused = send()
        html = refused.content.decode()
        assert refused.status_code == 400
        assert "tick that you will keep them" in html
        assert f"{TEXT}</textarea>" in html
        assert not Comment.objects.exists()

    def test_are_ticked_once(self, send, page):
        assert send(agreed="1").status_code == 302
        assert Participant.objects.get().agreed_at is not None
        assert TICK not in page()
        assert send(text="And a fountain.", token="y").status_code == 302

    def test_stand_with_the_limits_there_are(self, client, discussion, page):
        discussion.policy.rules = [["pace", {"slow_mode_seconds": 120}], ["links", {}]]
        discussion.policy.save()
        rules = page().split('class="fm-rules"')[1].split("</ul>")[0]
        assert "<li>Slow mode: one comment every 2 minutes.</li>" in rules
        assert "start 3 threads" in rules
        assert "may contain 2 links" in rules

    def test_are_in_the_page_before_the_tick(self, page):
        html = page()
        assert html.index('class="fm-rules"') < html.index(TICK)

    def test_stay_unticked_where_the_post_was_refused(self, client, send):
        assert send(agreed="1", text="\u200b", language="en").status_code == 400
        assert not Participant.objects.filter(agreed_at__isnull=False).exists()

    def test_hold_in_the_api_too(self, stranger, discussion):
        read = stranger.call("GET", f"/discussions/{discussion.pk}").json()
        assert read["may"]["must_agree"] is True
        body = {"text": TEXT}
        refused = stranger.call("POST", address(discussion), body)
        assert (refused.status_code, refused.json()["text"]) == (422, TEXT)
        posted = stranger.call("POST", address(discussion), body | {"agreed": True})
        assert posted.status_code == 201
        again = Caller(posted["X-Guest-Token"])
        read = again.call("GET", f"/discussions/{discussion.pk}").json()
        assert read["may"]["must_agree"] is False

    def test_need_no_tick_where_the_policy_asks_for_none(self, stranger):
        policy = PolicyFactory(for_guests=True, asks_to_agree=False)
        free = DiscussionFactory(policy=policy)
        posted = stranger.call("POST", address(free), {"text": TEXT})
        assert posted.status_code == 201

    def test_are_not_asked_of_whoever_was_imported(self, discussion, now):
        imported = participants.for_origin(origin="paper:1", now=now)
        given = {"discussion": discussion, "raw": TEXT, "language": "en", "now": now}
        assert comments.post(author=imported, **given).is_public
        account = participants.for_account(account=AccountFactory(), now=now)
        with pytest.raises(RulesFirst):
            comments.post(author=account, **given)


class TestTheStance:
    def test_is_said_or_left_open(self, send, page):
        send(agreed="1", stance="idea")
        send(text="And a fountain.", token="y")
        told = Comment.objects.order_by("pk").values_list("stance", flat=True)
        assert list(told) == ["idea", ""]
        assert page().count('<span class="fm-tag">Idea</span>') == 1

    def test_is_one_of_a_few(self, send, guest, discussion):
        assert send(agreed="1", stance="loud").status_code == 400
        body = {"text": TEXT, "stance": "loud"}
        assert guest.call("POST", address(discussion), body).status_code == 422
        assert not Comment.objects.exists()

    def test_is_refused_by_the_service_with_the_text(self, discussion, now):
        with pytest.raises(labels.UnknownStance) as refused:
            comments.post(
                discussion=discussion,
                author=ParticipantFactory(),
                raw=TEXT,
                language="en",
                stance="loud",
                now=now,
            )
        assert refused.value.text == TEXT

    def test_is_in_the_api_and_its_change_in_the_history(self, guest, discussion):
        body = {"text": TEXT, "language": "en", "stance": "against"}
        posted = guest.call("POST", address(discussion), body).json()
        path = f"/comments/{posted['id']}"
        kept = guest.call("PATCH", path, {"text": f"{TEXT} All."}).json()
        assert (posted["stance"], kept["stance"]) == ("against", "against")
        changed = guest.call("PATCH", path, {"text": f"{TEXT} All.", "stance": "for"})
        assert changed.json()["version"] != kept["version"]
        history = guest.call("GET", f"{path}/history").json()["items"]
        assert [item["stance"] for item in history] == ["for", "against", "against"]


class TestTheDraftInTheBrowser:
    def test_may_go_once_the_text_stands(self, send):
        assert send(agreed="1", token="my-form").cookies[drafts.COOKIE].value == (
            "my-form"
        )

    def test_may_go_also_if_the_text_stood_before(self, send):
        send(agreed="1", token="my-form")
        again = send(agreed="1", token="my-form")
        assert again.cookies[drafts.COOKIE].value == "my-form"
        assert Comment.objects.count() == 1

    def test_may_go_once_the_change_stands(self, client, send):
        send(agreed="1")
        path = reverse("deliberation:edit_comment", args=[Comment.objects.get().pk])
        html = client.get(path).content.decode()
        typed = {
            name: re.search(f'name="{name}" value="([^"]+)"', html)[1]
            for name in ("token", "version")
        }
        edited = client.post(path, {"text": f"{TEXT} All.", "language": "en"} | typed)
        assert edited.cookies[drafts.COOKIE].value == typed["token"]

    def test_stays_while_the_text_does_not_stand(self, send):
        for choice in ({}, {"agreed": "1", "preview": "1"}):
            assert drafts.COOKIE not in send(**choice).cookies

    @pytest.mark.parametrize("token", ["", "a;b", "line\nbreak", "Œuvre"])
    def test_stays_if_no_form_of_ours_was_sent(self, send, token):
        assert drafts.COOKIE not in send(agreed="1", token=token).cookies


class TestQuoting:
    def test_begins_a_reply_with_what_it_answers(self, client, discussion):
        parent = CommentFactory(discussion=discussion, text="More trees.\n\nNow!")
        path = reverse("deliberation:reply", args=[parent.pk])
        assert 'name="quote"' in client.get(path).content.decode()
        html = client.get(path, {"quote": "1"}).content.decode()
        assert "&gt; More trees.\n&gt;\n&gt; Now!\n\n</textarea>" in html

    def test_keeps_what_was_typed_and_chosen(self, client, discussion):
        parent = CommentFactory(discussion=discussion, text="More trees.")
        typed = {"text": TEXT, "stance": "for", "token": "x", "quote": "1"}
        answer = client.post(reverse("deliberation:reply", args=[parent.pk]), typed)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert f"&gt; More trees.\n\n{TEXT}</textarea>" in html
        assert re.search(r'value="for"[^>]* checked', html)
        assert "data-read-first" not in html
        assert Comment.objects.get() == parent

    def test_does_not_repeat_what_was_hidden_in_the_meantime(self, client, discussion):
        parent = CommentFactory(
            discussion=discussion, text="Rude words.", status=ContentStatus.HIDDEN
        )
        typed = {"text": TEXT, "quote": "1"}
        answer = client.post(reverse("deliberation:reply", args=[parent.pk]), typed)
        html = answer.content.decode()
        assert f">{TEXT}</textarea>" in html
        assert "Rude" not in html

    def test_becomes_a_quotation(self, client, discussion):
        parent = CommentFactory(discussion=discussion, text="More trees.")
        author = ParticipantFactory()
        comment = comments.post(
            discussion=discussion,
            author=author,
            raw=f"{parent.quotation}\n\nYes, and benches.",
            language="en",
            parent=parent,
            now=timezone.now(),
        )
        assert "<blockquote>" in comment.html
        assert "<p>Yes, and benches.</p>" in comment.html
