"""Every address of the site is asked for what makes no sense: words, no failure."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import get_resolver

from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    PollFactory,
    StatementFactory,
)
from tests.factories.forum import ConsultationFactory
from tests.factories.moderation import PolicyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SCHEMA = json.loads(Path(__file__).with_name("openapi.json").read_text("utf-8"))
OPERATIONS = [
    (method, path)
    for path, methods in SCHEMA["paths"].items()
    for method in methods
    if method in {"get", "post", "put", "patch", "delete"}
]
FLOORS = ("home", "forum", "deliberation", "moderation")
HUGE = 9**30
VALUES = ["\x00", "\ud800", "x" * 100_000, {"a": [1]}, [], None, -1, HUGE, True]
BODIES = [b"", b"{", b"[]", b"null", b'{"a": "\xff"}', b"[" * 50_000]
QUERY = "limit=-1&cursor=%00&page=x&sort=%ff&stage=no&language=xx&q=%00&kind=a&next=//b"


@pytest.fixture
def town():
    """Return the key of one of everything that can be asked for, by its plural."""
    policy = PolicyFactory(for_guests=True)
    page = ConsultationFactory()
    discussion = DiscussionFactory(policy=policy, page=page)
    poll = PollFactory(policy=policy, page=page)
    return {
        "comments": CommentFactory(discussion=discussion).pk,
        "discussions": discussion.pk,
        "polls": poll.pk,
        "statements": StatementFactory(poll=poll).pk,
        "pages": page.pk,
        "calendar": page.pk,
    }


@pytest.fixture
def callers(client):
    """Return a stranger, and somebody before whom every door is open."""
    anybody = Client(raise_request_exception=False)
    admin = Client(raise_request_exception=False)
    admin.force_login(get_user_model().objects.create_superuser("admin@example.org"))
    return anybody, admin


def fields(method, path):
    """Return the names of what an operation takes in its body."""
    body = SCHEMA["paths"][path][method].get("requestBody", {"content": {}})
    if "application/json" not in body["content"]:
        return []
    shape = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    return list(SCHEMA["schemas"][shape]["properties"])


def bodies(method, path):
    """Return everything that makes no sense, as far as the operation takes a body."""
    named = fields(method, path)
    if not named:
        return [None]
    odd = [json.dumps({name: value}) for name in named for value in VALUES]
    return [*BODIES, *odd, *(json.dumps(dict.fromkeys(named, v)) for v in VALUES)]


def in_words(answer, *, where):
    assert answer.status_code < 500, f"{where}: {answer.content[:300]!r}"
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json", where
        assert answer.json()["detail"], where


def ids(number):
    """Return what a key in an address may be, of things that never were."""
    return ["-1", str(HUGE), "%00" + "x" * 300, number]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_the_api_answers_anything_in_words(town, callers, method, path):
    number = str(town.get(path.split("/")[3], 1))
    for caller in callers:

        def ask(address, body="{}", caller=caller):
            kind = "application/json"
            answer = caller.generic(method.upper(), address, body or "", kind)
            in_words(answer, where=f"{method} {address[:80]} {str(body)[:80]}")

        for body in bodies(method, path):
            ask(re.sub("{.*?}", number, path), body)
        for each in ids(number):
            ask(re.sub("{.*?}", each, path))
        ask(re.sub("{.*?}", number, path) + "?" + QUERY)


def pages():
    """Return the addresses of everything that is not the API, as patterns."""
    return sorted(
        pattern
        for pattern in every_pattern(get_resolver())
        if not pattern.startswith(("api/", "_allauth/", "__debug__"))
    )


def every_pattern(resolver, before=""):
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        module = getattr(each, "callback", None)
        if hasattr(each, "url_patterns"):
            yield from every_pattern(each, route)
        elif module.__module__.partition(".")[0] in (*FLOORS, "allauth"):
            yield route


@pytest.mark.parametrize("pattern", pages())
def test_a_page_answers_anything_in_words(town, callers, pattern):
    plain = (
        pattern.replace("<slug:kind>", "comment")
        .replace("^", "")
        .replace("$", "")
        .replace("\\Z", "")
    )
    number = str(town.get(plain.split("/")[0], town["comments"]))
    odd = {"text": "\x00", "language": "xx", "parent": HUGE, "next": "//evil.example"}
    odd |= {"statement": HUGE, "stance": "no", "reason": "\x00", "act": "x" * 100_000}
    odd |= {"email": "\x00@b", "login": "\x00", "password": "x" * 5_000, "options": "a"}
    for caller in callers:
        for each in ids(number) if "<" in pattern else [""]:
            address = "/" + re.sub(r"\(\?P<.*?>.*?\)|<.*?>", each, plain)
            for answer in (
                caller.get(f"{address}?{QUERY}"),
                caller.post(address),
                caller.post(address, odd),
                caller.post(address, b"\xff\x00", content_type="multipart/form-data"),
            ):
                assert answer.status_code < 500, f"{address}: {answer.status_code}"
