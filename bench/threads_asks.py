"""What is asked of our site: by many readers, and by writers who are signed in."""

import json
import secrets
from collections.abc import Callable, Sequence
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench.http_load import Ask, Contestant
from bench.threads_data import WORDS

READERS, ANSWERED = 97, 500
FORM = "application/x-www-form-urlencoded"
TOKEN = "b" * 32
RUN = secrets.token_hex(4)


class Writers:
    """People who are signed in, and take turns."""

    def __init__(self, people: Sequence[Any]) -> None:
        from django.test import Client

        self._cookies = []
        for each in people:
            client = Client()
            client.force_login(each.account)
            self._cookies.append(client.cookies["sessionid"].value)

    def send(self, n: int, method: str, path: str, body: dict[str, Any]) -> Ask:
        """Return the n-th request to the API."""
        return self._ask(n, method, path, json.dumps(body), "application/json")

    def submit(self, n: int, path: str, fields: dict[str, Any]) -> Ask:
        """Return the n-th form that is sent."""
        fields = fields | {"csrfmiddlewaretoken": TOKEN}
        return self._ask(n, "POST", path, urlencode(fields), FORM)

    def _ask(self, n: int, method: str, path: str, body: str, kind: str) -> Ask:
        cookie = self._cookies[n % len(self._cookies)]
        headers = {
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": kind,
        }
        return method, path, body.encode(), headers


def of_discussion(size: int, pk: int, writers: Writers) -> list[Contestant]:
    """Return what is asked of our site about one discussion, and the floor."""
    from deliberation.models import Comment

    here = Comment.objects.public().filter(discussion=pk)
    deepest = here.order_by("-depth").values_list("pk", flat=True)[0]
    page, api = f"/discussions/{pk}/", f"/api/v1/discussions/{pk}/comments"
    deep = _half_way(api, limit=20 if size < 10_000 else 100)
    reads = {
        "floor": f"/floor/{pk}/",
        "HTML first": page,
        "HTML deep": f"{page}?cursor={deep}",
        "API first": api,
        "API deep": f"{api}?cursor={deep}",
        "HTML oldest": f"{page}?sort=oldest",
        "permalink": f"/comments/{deepest}/",
    }
    found = [Contestant(f"{name}, {size:,}", get(path)) for name, path in reads.items()]
    return found + _writes(size, pk, writers, spread(here))


def _writes(
    size: int, pk: int, writers: Writers, answered: list[int]
) -> list[Contestant]:
    from deliberation.choices import ReactionKind

    api, kind = (
        f"/api/v1/discussions/{pk}/comments",
        Random(RUN).choice(ReactionKind.values),
    )

    def post(n: int) -> Ask:
        parent = answered[n % len(answered)] if n % 2 else None
        body = {"text": words(n, "API", size), "parent": parent}
        return writers.send(n, "POST", api, body)

    def submit(n: int) -> Ask:
        path = f"/discussions/{pk}/comment/"
        if n % 2:
            path = f"/comments/{answered[n % len(answered)]}/reply/"
        # Who has had the advice already posts at once.
        fields = {"text": words(n, "form", size), "advised": "1"}
        return writers.submit(n, path, fields | {"token": f"{RUN}{n}"})

    def react(n: int) -> Ask:
        path = f"/api/v1/comments/{answered[n % len(answered)]}/reaction"
        return writers.send(n // len(answered), "PUT", path, {"kind": kind})

    return [
        Contestant(f"post, {size:,}", post, frozenset({201}), is_write=True),
        Contestant(f"post by form, {size:,}", submit, frozenset({302}), is_write=True),
        # Nobody may react to what they wrote.
        Contestant(f"react, {size:,}", react, frozenset({200, 403}), is_write=True),
    ]


def words(n: int, *salt: object) -> str:
    """Return a text that nobody said before, not in an earlier run either."""
    random = Random(f"{RUN}:{salt}:{n}")
    return " ".join(random.choices(WORDS.split(), k=40)) + "."


def get(path: str, kind: str = "text/html") -> Callable[[int], Ask]:
    """Return what asks for a page, as another reader each time.

    And so for other comments in the balanced order.
    """

    def ask(n: int) -> Ask:
        return "GET", path, b"", {"User-Agent": f"Reader {n % READERS}", "Accept": kind}

    return ask


def spread(comments: Any) -> list[int]:
    """Return some of the comments, evenly: any may be answered."""
    pks = list(comments.order_by("pk").values_list("pk", flat=True))
    return pks[:: max(1, len(pks) // ANSWERED)]


def _half_way(api: str, limit: int) -> str:
    """Return the cursor after half of the threads, read by so many at a time."""
    from django.test import Client

    client, cursors = Client(), [""]
    while cursors[-1] is not None:
        address = f"{api}?limit={limit}&cursor={cursors[-1]}"
        cursors.append(client.get(address).json()["next"])
    return str(cursors[(len(cursors) - 1) // 2])
