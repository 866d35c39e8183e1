"""What people say in Fernhaven, posted through the same door as everything."""

import random
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from deliberation.choices import ReactionKind
from deliberation.models import Comment, Discussion
from deliberation.services import comments, reactions
from home.demo import content, plan
from moderation.models import Participant
from moderation.services import admission

NUMBERS = {"market_square": 118, "night_buses": 72, "library_hours": 45}
KINDS = (
    [ReactionKind.AGREE] * 5
    + [ReactionKind.DISAGREE] * 2
    + [ReactionKind.WELL_ARGUED] * 3
)
Residents = dict[str, list[Participant]]


def hold_discussion(
    topic: str, discussion: Discussion, residents: Residents, *, now: datetime
) -> int:
    """Post one consultation's comments with their reactions; return how many."""
    text = content.load(topic)
    chance = random.Random(topic)  # noqa: S311  # the same town every time
    begin, end = _window(discussion, now)
    written = plan.threads(text["threads"], begin=begin, end=end, chance=chance)
    put_together = plan.composed(
        text["points"],
        number=NUMBERS[topic],
        onto=written,
        begin=begin,
        end=end,
        chance=chance,
    )
    return _post_all([*written, *put_together], discussion, residents, end, chance)


def hold_small_talk(
    number: int, discussion: Discussion, residents: Residents, *, now: datetime
) -> int:
    """Post a few comments below a hearing; return how many."""
    chance = random.Random(discussion.title)  # noqa: S311
    begin, end = _window(discussion, now)
    points = {"en": content.load("voices")["points_school"]}
    posts = plan.composed(
        points, number=number, onto=[], begin=begin, end=end, chance=chance
    )
    return _post_all(posts, discussion, residents, end, chance)


def _window(discussion: Discussion, now: datetime) -> tuple[datetime, datetime]:
    end = min(now, discussion.closes_at or now) - timedelta(hours=3)
    return discussion.opens_at or now - timedelta(days=20), end


def _post_all(
    posts: list[plan.Post],
    discussion: Discussion,
    residents: Residents,
    end: datetime,
    chance: random.Random,
) -> int:
    for post in sorted(posts, key=lambda post: post.at):
        parent = post.parent.stored if post.parent else None
        if post.parent and not (parent and parent.is_public):
            continue
        answered = parent.author_id if parent else None
        others = [who for who in residents[post.language] if who.pk != answered]
        chance.shuffle(others)
        post.stored = _say(post, discussion, others[:3])
        _react(post.stored, residents, post.at, end, chance)
    return sum(post.stored is not None for post in posts)


def _say(
    post: plan.Post, discussion: Discussion, authors: list[Participant]
) -> Comment | None:
    """Post it as the first of the authors whom the rules allow to say it now."""
    themes = {theme.name: theme.key for theme in discussion.offered_themes}
    for author in authors:
        with suppress(admission.Refused):
            return comments.post(
                discussion=discussion,
                author=author,
                raw=post.text,
                language=post.language,
                parent=post.parent.stored if post.parent else None,
                theme=themes[post.theme] if post.theme else "",
                stance=post.stance,
                now=post.at,
            )
    return None


def _react(
    comment: Any,
    residents: Residents,
    at: datetime,
    end: datetime,
    chance: random.Random,
) -> None:
    if not (comment and comment.is_public):
        return
    everybody = [who for people in residents.values() for who in people]
    liked = int(chance.paretovariate(1.2)) - 1 if chance.random() < 0.8 else 0
    for reader in chance.sample(everybody, min(liked, 14)):
        if reader.pk != comment.author_id:
            reactions.react(
                comment=comment,
                participant=reader,
                kind=chance.choice(KINDS),
                now=at + (end - at) * chance.random(),
            )
