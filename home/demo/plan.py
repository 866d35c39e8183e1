"""Plans who says what when: written threads, and sentences put together."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from home.demo import content

# How often each language is heard among the sentences put together.
SHARES = {"en": 12, "de": 4, "fr": 3, "es": 3, "ar": 2, "uk": 2, "tr": 2}
DAY_HOURS = (7, 22)


@dataclass
class Post:
    """One comment to be written; `parent` is the post it answers."""

    text: str
    language: str
    at: datetime
    parent: "Post | None" = None
    # What the discussion calls it.
    theme: str = ""
    stance: str = ""
    stored: Any = field(default=None, repr=False)

    @property
    def depth(self) -> int:
        """Return how deep in its thread it stands."""
        return self.parent.depth + 1 if self.parent else 0


def threads(
    told: list[dict[str, Any]], *, begin: datetime, end: datetime, chance: random.Random
) -> list[Post]:
    """Return the written threads, each begun at a moment of its own."""
    posts: list[Post] = []
    for thread in told:
        at = _daytime(begin, begin + (end - begin) * 0.7, chance)
        posts += _thread(thread, None, at, end, chance)
    return posts


def composed(
    points: dict[str, list[str]],
    *,
    number: int,
    onto: list[Post],
    begin: datetime,
    end: datetime,
    chance: random.Random,
) -> list[Post]:
    """Return up to `number` posts put together from sentences, no two alike.

    About half of them answer a post of `onto`, or one another.
    """
    texts = {language: _texts(language, points, chance) for language in points}
    replies = {language: _replies(language, points, chance) for language in points}
    languages = [language for language in SHARES if language in points]
    weights = [SHARES[language] for language in languages]
    posts = list(onto)
    for _number in range(number):
        language = chance.choices(languages, weights)[0]
        answered = [p for p in posts if p.depth < 3 and p.at < end - timedelta(hours=2)]
        # A language that has no more answers to give begins threads instead.
        reply = next(replies[language], "") if chance.random() < 0.5 else ""
        if answered and reply:
            parent = chance.choice(answered)
            at = _soon_after(parent.at, end, chance)
            posts.append(Post(reply, language, at, parent))
        elif text := next(texts[language], ""):
            posts.append(Post(text, language, _daytime(begin, end, chance)))
    return posts[len(onto) :]


def _thread(
    told: dict[str, Any],
    parent: Post | None,
    at: datetime,
    end: datetime,
    chance: random.Random,
) -> Iterator[Post]:
    post = Post(
        told["text"].strip(),
        told["lang"],
        at,
        parent,
        theme=told.get("theme", ""),
        stance=told.get("stance", ""),
    )
    yield post
    for reply in told.get("replies", []):
        yield from _thread(reply, post, _soon_after(at, end, chance), end, chance)


def _texts(
    language: str, points: dict[str, list[str]], chance: random.Random
) -> Iterator[str]:
    voices = content.load("voices")
    openers = [*voices["openers"][language], ""]
    closers = [*voices["closers"][language], ""]
    mixed = list(product(openers, points[language], closers))
    chance.shuffle(mixed)
    return iter(" ".join(filter(None, parts)) for parts in mixed)


def _replies(
    language: str, points: dict[str, list[str]], chance: random.Random
) -> Iterator[str]:
    answers = content.load("voices")["replies"][language]
    mixed = list(product(answers, ["", *points[language]]))
    chance.shuffle(mixed)
    return iter(" ".join(filter(None, parts)) for parts in mixed)


def _daytime(begin: datetime, end: datetime, chance: random.Random) -> datetime:
    """Return a moment between the two at which people are awake, if there is one."""
    at = begin
    for _attempt in range(20):
        at = begin + (end - begin) * chance.random()
        if DAY_HOURS[0] <= at.hour < DAY_HOURS[1]:
            break
    return at


def _soon_after(at: datetime, end: datetime, chance: random.Random) -> datetime:
    wait = timedelta(minutes=chance.expovariate(1 / 500) + 3)
    return min(at + wait, at + (end - at) * 0.8)
