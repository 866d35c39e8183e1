"""How Fernhaven votes: three groups that see the square from different sides."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from deliberation.choices import QuestionKind, ResultsVisibility, Stance
from deliberation.models import Poll, Statement
from deliberation.services import questions, results, statements, votes
from home.demo import content
from home.demo.talk import Residents
from moderation.models import Participant

Leanings = dict[str, list[float]]


def hold_poll(
    topic: str,
    poll: Poll,
    residents: Residents,
    voters: list[Participant],
    *,
    now: datetime,
) -> int:
    """Submit residents' statements, cast every vote, compute; return the votes."""
    told = content.load(topic)["votes"]
    for number, each in enumerate(told["residents"]):
        statements.submit(
            poll=poll,
            author=residents[each["lang"]][number],
            raw=each["text"],
            language=each["lang"],
            agreed=True,
            now=now - timedelta(days=12),
        )
    leanings: dict[str, Leanings] = {
        each["text"]: each for each in [*told["statements"], *told["residents"]]
    }
    asked = list(poll.statements.select_related("poll").order_by("number"))
    chance = random.Random(topic)  # noqa: S311  # the same town every time
    cast = 0
    for voter, group in zip(voters, _groups(told["groups"]), strict=True):
        cast += _vote(voter, group, asked, leanings, now, chance)
    results.refresh(poll=poll, now=now)
    return cast


def ask_question(
    topic: str, poll: Poll, voters: list[Participant], *, now: datetime
) -> int:
    """Ask the simple question beside the poll; return how many answered it."""
    told = content.load(topic)["question"]
    question = questions.open_on(
        page=poll.page,
        title=told["title"],
        introduction=told["introduction"],
        kind=QuestionKind(told["kind"]),
        options=told["options"],
        opens_at=poll.opens_at,
        closes_at=poll.closes_at,
        policy=poll.policy,
        results=ResultsVisibility.ALWAYS,
    )
    options = list(question.options.values_list("pk", flat=True))
    chosen = [
        pk
        for pk, people in zip(options, told["chosen"], strict=True)
        for _each in range(people)
    ]
    # Some vote and do not answer.
    for voter, option in zip(voters, chosen, strict=False):
        questions.answer(
            question=question, participant=voter, options=[option], now=now
        )
    return min(len(voters), len(chosen))


def _groups(sizes: list[int]) -> Iterator[str]:
    for group, size in zip("abc", sizes, strict=True):
        yield from [group] * size


def _vote(
    voter: Participant,
    group: str,
    asked: list[Statement],
    leanings: dict[str, Leanings],
    now: datetime,
    chance: random.Random,
) -> int:
    """Vote on as many statements as this person has patience for."""
    patience = chance.choice([0.35, 0.7, 0.9, 1.0, 1.0])
    number = max(8, int(len(asked) * patience))
    at = now - timedelta(days=11 * chance.random(), hours=3)
    for statement in chance.sample(asked, number):
        at += timedelta(seconds=chance.randint(4, 40))
        votes.cast(
            statement=statement,
            participant=voter,
            stance=_stance(leanings[statement.text][group], chance),
            important=chance.random() < 0.08,
            now=at,
        )
    return number


def _stance(leaning: Any, chance: random.Random) -> Stance:
    agree, disagree = leaning
    drawn = chance.random()
    if drawn < agree:
        return Stance.AGREE
    return Stance.DISAGREE if drawn < agree + disagree else Stance.PASS
