"""Texts that were made to break something, stored as residents would send them.

Run inside the site: `manage.py shell --command "from tests.journeys import strange; …"`.
"""

import json
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("FOLKMOOT_DATA", ROOT.parent / "shared" / "data"))
SETS = ("xss-owasp-evasion", "xss-html5sec", "xss-bleach", "unicode-blns")
EDITED = 5


def texts() -> Iterator[str]:
    """Yield every text of the sets, the longest in the length a comment may have."""
    files = ("payloads.json", "expanded.json", "cases.json", "blns.json")
    for folder, file in zip(SETS, files, strict=True):
        for each in json.loads((DATA / folder / file).read_text(encoding="utf-8")):
            text = (
                each
                if isinstance(each, str)
                else each.get("payload", each.get("input"))
            )
            if text and text.strip():
                yield text[:6_000]


def store() -> tuple[int, int, int]:
    """Post them all below one comment; return discussion, thread and an edited one.

    Titles and pseudonyms are texts of the sets too, past all rules for names.
    """
    from deliberation.services import comments
    from moderation.refusals import Refusal
    from tests.factories.deliberation import DiscussionFactory, PageFactory
    from tests.factories.moderation import ParticipantFactory, PolicyFactory

    found, now = list(texts()), timezone.now()
    policy = PolicyFactory(
        name="Strange texts", for_guests=True, rules=[], asks_to_agree=False
    )
    page = PageFactory(title=found[0][:200], slug="strange-texts")
    discussion = DiscussionFactory(page=page, title=found[1][:200], policy=policy)

    def post(number, text, parent=None):
        author = ParticipantFactory(
            pseudonym=found[number][:40], skeleton=f"strange-{uuid.uuid4().hex}"
        )
        return comments.post(
            discussion=discussion, author=author, raw=text, language="en",
            parent=parent, now=now,
        )  # fmt: skip

    root = post(0, "Strange texts stand below.")
    edited = root
    for number, text in enumerate(found):
        try:
            edited = post(number, text, root)
            if number % 50 < EDITED:
                comments.edit(
                    comment=edited, by=edited.author, raw=found[-number - 1], now=now
                )
        except Refusal:
            # Nothing was left of it, and it is told so.
            continue
    return discussion.pk, root.pk, edited.pk
