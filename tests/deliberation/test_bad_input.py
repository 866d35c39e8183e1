"""Whatever is sent: an answer in words, never a failure of the server."""

import json

import pytest
from django.test import Client

from deliberation.models import Comment
from moderation.choices import ContentStatus
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, PolicyFactory

pytestmark = pytest.mark.django_db

HUGE = 9**30
BOMB = "*_[](>" * 17_000

TEXTS = {
    "nothing": "",
    "null byte": "\x00",
    "null byte inside": "a\x00b",
    "lone surrogate": "\ud800",
    "reversed surrogates": "\udfff\ud800",
    "bidi override": "\u202eabc",
    "100 kB": "x" * 100_000,
    "Markdown bomb": BOMB,
    "nested quotes": "> " * 3_000,
    "nested lists": "\n".join(" " * n + "- a" for n in range(70)),
    "script": "<script>alert(1)</script>",
    "zalgo": "a" + "\u0300" * 5_000,
    "number": 7,
    "list": ["a"],
    "object": {"a": 1},
    "null": None,
    "truth": True,
}

BODIES = {
    "no JSON": b"{",
    "no UTF-8": b'{"text": "\xff\xfe"}',
    "deep JSON": b"[" * 50_000,
    "no object": b"[]",
    "null": b"null",
    "empty": b"",
    "huge number": b'{"text": "a", "parent": 1e999}',
    "NaN": b'{"text": "a", "parent": NaN}',
    "twice": b'{"text": "a", "text": "b"}',
    "more than can be sent": b'{"text": "' + b"x" * 1_100_000 + b'"}',
}


@pytest.fixture
def comment(guest):
    policy = PolicyFactory(for_guests=True, rules=[["length", {}], ["links", {}]])
    return CommentFactory(
        discussion=DiscussionFactory(policy=policy), author=guest.participant
    )


def in_words(response):
    """Check that an answer is no failure, and says something if it is a refusal."""
    assert response.status_code < 500
    if response.status_code >= 400 and response["Content-Type"].endswith("json"):
        assert response.json()["detail"]
    return response


def writes(comment):
    return [
        ("POST", f"/discussions/{comment.discussion_id}/comments"),
        ("PATCH", f"/comments/{comment.pk}"),
        ("PUT", f"/comments/{comment.pk}/reaction"),
    ]


class TestTheApi:
    @pytest.mark.slow
    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    @pytest.mark.parametrize("field", ["text", "language", "parent", "version", "kind"])
    def test_takes_any_value_anywhere(self, guest, comment, field, text):
        for method, path in writes(comment):
            body = {"kind": "agree"} if "reaction" in path else {"text": "Fine words."}
            in_words(guest.call(method, path, body | {field: text}))

    @pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
    def test_takes_any_body(self, guest, comment, body):
        for method, path in writes(comment):
            response = in_words(guest.call(method, path, body))
            assert response.status_code in {200, 201, 400, 409, 413, 422}

    @pytest.mark.parametrize("number", [0, HUGE, 2**63, 2**63 - 1])
    def test_finds_nothing_under_an_id_that_never_was(self, guest, comment, number):
        for method, path in [
            ("GET", f"/discussions/{number}"),
            ("GET", f"/discussions/{number}/comments"),
            ("POST", f"/discussions/{number}/comments"),
            ("GET", f"/comments/{number}"),
            ("GET", f"/comments/{number}/history"),
            ("PATCH", f"/comments/{number}"),
            ("DELETE", f"/comments/{number}"),
            ("PUT", f"/comments/{number}/reaction"),
            ("DELETE", f"/comments/{number}/reaction"),
        ]:
            body = {"kind": "agree"} if "reaction" in path else {"text": "Hello"}
            sent = None if method in {"GET", "DELETE"} else body
            assert in_words(guest.call(method, path, sent)).status_code == 404

    @pytest.mark.parametrize("number", [0, -1, HUGE, 2**63])
    def test_refuses_to_answer_what_is_not_there(self, guest, comment, number):
        path = f"/discussions/{comment.discussion_id}/comments"
        body = {"text": "My answer", "parent": number}
        response = in_words(guest.call("POST", path, body))
        assert response.status_code == 422
        assert response.json()["text"] == "My answer"
        assert guest.call("GET", f"{path}?parent={number}").status_code == 404

    @pytest.mark.parametrize("status", ["held", "hidden", "withdrawn", "foreign"])
    def test_refuses_to_answer_what_is_not_public_in_the_same_words(
        self, other_guest, comment, status
    ):
        path = f"/discussions/{comment.discussion_id}/comments"
        never = other_guest.call("POST", path, {"text": "A", "parent": HUGE}).json()
        if status == "foreign":
            parent = CommentFactory()
        else:
            Comment.objects.update(status=status)
            parent = comment
        body = {"text": "A", "parent": parent.pk}
        assert other_guest.call("POST", path, body).json() == never

    @pytest.mark.parametrize(
        "header",
        [
            {"X-Guest-Token": "\x7f" * 8_000},
            {"X-Guest-Token": "null"},
            {"X-Session-Token": "x" * 8_000},
            {"Idempotency-Key": "k" * 8_000},
            {"If-None-Match": '"' * 8_000},
            {"Accept-Language": "de-" * 3_000},
        ],
        ids=str,
    )
    def test_takes_any_header(self, stranger, comment, header):
        path = f"/discussions/{comment.discussion_id}/comments"
        in_words(stranger.call("GET", path, **header))
        in_words(stranger.call("POST", path, {"text": "Hello"}, **header))


class TestThePages:
    @pytest.fixture
    def client(self):
        client = Client()
        client.force_login(AccountFactory())
        return client

    @pytest.mark.slow
    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    @pytest.mark.parametrize("field", ["text", "language", "token", "kind", "next"])
    def test_take_any_value_anywhere(self, client, comment, field, text):
        typed = {"text": "Fine words.", "language": "en", "token": "t", "kind": "agree"}
        sent = typed | {field: json.dumps(text) if text is None else text}
        if isinstance(text, str):
            sent[field] = text.encode("utf-8", "replace").decode()
        for path in (
            f"/discussions/{comment.discussion_id}/comment/",
            f"/comments/{comment.pk}/reply/",
            f"/comments/{comment.pk}/reaction/",
        ):
            in_words(client.post(path, sent))

    @pytest.mark.parametrize("raw", [b"text=%ED%A0%80", b"text=%00", b"text=%FF"])
    def test_take_any_bytes(self, client, comment, raw):
        path = f"/discussions/{comment.discussion_id}/comment/"
        in_words(
            client.generic(
                "POST",
                path,
                raw + b"&language=en",
                content_type="application/x-www-form-urlencoded",
            )
        )

    @pytest.mark.parametrize(
        "number", [0, HUGE, 2**63, "9" * 5_000], ids=lambda number: str(number)[:9]
    )
    def test_find_nothing_under_an_id_that_never_was(self, client, number):
        for path in (
            f"/discussions/{number}/",
            f"/discussions/{number}/feed/",
            f"/discussions/{number}/comment/",
            f"/comments/{number}/",
            f"/comments/{number}/reply/",
            f"/comments/{number}/edit/",
            f"/comments/{number}/withdraw/",
            f"/comments/{number}/history/",
        ):
            assert client.get(path).status_code == 404

    @pytest.mark.parametrize("value", ["\x00", "<script>", "9" * 9_000, "'\"><b>"])
    @pytest.mark.parametrize("key", ["sort", "cursor", "block", "page", "next"])
    def test_write_no_parameter_into_the_page(self, client, comment, key, value):
        # Known holes, row 11.
        for path in (
            f"/discussions/{comment.discussion_id}/",
            f"/comments/{comment.pk}/",
        ):
            response = in_words(client.get(path, {key: value}))
            assert f'"{value}' not in response.content.decode()
            assert "<script>" not in response.content.decode()

    def test_answer_a_bomb_in_time(self, client, comment, within_seconds):
        # Known holes, row 26.
        path = f"/discussions/{comment.discussion_id}/comment/"
        for text in (BOMB, "a@" * 50_000, "http://" * 15_000, "." * 100_000):
            with within_seconds(1):
                in_words(client.post(path, {"text": text, "language": "en"}))

    def test_refuse_a_megabyte_in_words(self, client, comment, within_seconds):
        path = f"/discussions/{comment.discussion_id}/comment/"
        with within_seconds(2):
            pasted = "word " * 190_000
            html = in_words(client.post(path, {"text": pasted})).content.decode()
        # Below what a request may hold, the text comes back to be shortened.
        assert "Nothing is lost" in html
        assert pasted.strip() in html
        with within_seconds(2):
            answer = client.post(path, {"text": "word " * 250_000})
        assert answer.status_code in {400, 413}
        assert not Comment.objects.exclude(pk=comment.pk).exists()


class TestADepthBomb:
    def test_goes_on_below_the_deepest_that_can_be_told(self, guest, comment):
        Comment.objects.update(depth=0)
        root = CommentFactory(discussion=comment.discussion)
        deep = CommentFactory(parent=root, depth=32_767)
        path = f"/discussions/{comment.discussion_id}/comments"
        for _ in range(2):
            body = {"text": "Deeper still.", "parent": deep.pk}
            assert guest.call("POST", path, body).status_code == 201
        for address in (
            f"/discussions/{comment.discussion_id}/",
            f"/comments/{deep.pk}/",
            f"/comments/{root.pk}/",
        ):
            assert guest.get(address).status_code == 200

    @pytest.mark.slow
    def test_of_a_thousand_answers_is_read_in_parts(self, client, comment):
        author = comment.author
        chain = Comment.objects.bulk_create(
            Comment(
                discussion=comment.discussion, author=author, text="Deeper", html="",
                language="en", created_at=comment.created_at, parent=comment,
                root=comment, number=number, depth=number,
            )
            for number in range(1, 1_001)
        )  # fmt: skip
        for before, after in zip(chain, chain[1:], strict=False):
            after.parent = before
        Comment.objects.bulk_update(chain[1:], ["parent"], batch_size=200)
        html = client.get(f"/comments/{chain[-1].pk}/").content.decode()
        assert "Part 20 of 20" in html
        assert html.count("<article") == 51
        page = client.get(f"/discussions/{comment.discussion_id}/").content.decode()
        assert "Continue this thread (997 more)" in page


class TestHiddenText:
    def test_is_on_no_way_out(self, guest, comment):
        # Known holes, row 29: nothing about what is hidden, to anybody.
        comment.discussion.comments.update(status=ContentStatus.HIDDEN)
        place, one = f"/discussions/{comment.discussion_id}", f"/comments/{comment.pk}"
        for path in (
            f"/api/v1{place}",
            f"/api/v1{place}/comments",
            f"/api/v1{one}",
            f"/api/v1{one}/history",
            f"{place}/",
            f"{place}/feed/",
            f"{one}/",
            f"{one}/history/",
            f"{one}/reply/",
        ):
            for client in (Client(), guest):
                said = client.get(path).content.decode()
                assert comment.text not in said
                assert comment.author.pseudonym not in said
        counts = guest.call("GET", place).json()["comments"]
        assert counts == 0
        assert guest.call("GET", one).json()["reactions"] == []
