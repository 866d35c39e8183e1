"""What goes wrong in Fernhaven, what is decided, and what still waits."""

from datetime import datetime, timedelta
from typing import Any

from deliberation.models import Comment, Discussion
from deliberation.services import comments
from home.demo import people
from home.demo.talk import Residents
from moderation.choices import Act, FlagReason, Ground
from moderation.models import Participant
from moderation.services import appeals, flags, review

HOUR = timedelta(hours=1)


def moderate(discussion: Discussion, residents: Residents, *, now: datetime) -> None:
    """Let people err, report, decide and object in one discussion."""
    _edited_and_withdrawn(discussion, residents, now)
    _hidden(discussion, residents, now)
    _waiting(discussion, residents, now)
    _resident(discussion, now)


def _post(
    discussion: Discussion,
    author: Participant,
    text: str,
    at: datetime,
    parent: Any = None,
) -> Comment:
    return comments.post(
        discussion=discussion,
        author=author,
        raw=text,
        language="en",
        parent=parent,
        agreed=True,
        now=at,
    )


def _edited_and_withdrawn(
    discussion: Discussion, residents: Residents, now: datetime
) -> None:
    maren, peter, ida = residents["en"][:3]
    at = now - 50 * HOUR
    text = "The shuttle left every ten minutes and was half empty at noon."
    first = _post(discussion, maren, text, at)
    comments.edit(
        comment=first,
        by=maren,
        raw=text.replace("at noon", "at noon, but full at four"),
        now=at + timedelta(minutes=8),
    )
    regretted = _post(discussion, peter, "Forget it, nobody reads this.", at + HOUR)
    _post(discussion, ida, "I do.", at + 2 * HOUR, regretted)
    comments.withdraw(comment=regretted, by=peter)


def _hidden(discussion: Discussion, residents: Residents, now: datetime) -> None:
    ida, tomasz, harbour, rosie = residents["en"][2:6]
    moderator = people.account("moderator")
    at = now - 72 * HOUR
    rude = _post(
        discussion, harbour, "Only a fool like Rosie can want this. Go home.", at
    )
    _post(
        discussion,
        ida,
        "Let us stay with the question. Has anybody counted the parking spaces on the "
        "north side?",
        at + HOUR,
        rude,
    )
    flags.raise_by_person(
        content=rude, reporter=rosie, reason=FlagReason.INSULT, now=at + 2 * HOUR
    )
    decision = review.decide(
        content=rude,
        act=Act.HIDE,
        decided_by=moderator,
        ground=Ground.RULES,
        rule_id="insult",
        facts="The comment calls another participant a fool and tells her to leave.",
        now=at + 5 * HOUR,
    )
    appeals.raise_by_author(
        decision=decision,
        text="I was angry, but the second half was meant as a joke between neighbours.",
        now=at + 20 * HOUR,
    )
    kept = _post(
        discussion, tomasz, "The office did not answer my letter of June.", at + HOUR
    )
    flags.raise_by_person(
        content=kept, reporter=rosie, reason=FlagReason.OFF_TOPIC, now=at + 3 * HOUR
    )
    review.decide(
        content=kept,
        act=Act.KEEP,
        decided_by=moderator,
        facts="The letter was about the square; the comment belongs here.",
        now=at + 6 * HOUR,
    )


def _waiting(discussion: Discussion, residents: Residents, now: datetime) -> None:
    callum, wickham, wheels, baker, ash = residents["en"][7:12]
    spam = _post(
        discussion,
        callum,
        "Best prices for awnings and market umbrellas, see my shop window all week!",
        now - 20 * HOUR,
    )
    for number, reader in enumerate((wickham, wheels)):
        flags.raise_by_person(
            content=spam,
            reporter=reader,
            reason=FlagReason.SPAM,
            now=now - (9 - number) * HOUR,
        )
    sharp = _post(
        discussion,
        baker,
        "If they close the square again, I will park across the Town Hall steps.",
        now - 30 * HOUR,
    )
    flags.raise_by_person(
        content=sharp,
        reporter=ash,
        reason=FlagReason.THREAT,
        text="I think it is meant as a joke, but please have a look.",
        now=now - 28 * HOUR,
    )
    _post(
        discussion,
        wickham,
        "The house with the blocked gutter belongs to a Mr Dawes, ring him on "
        "+44 20 7946 0958, day or night.",
        now - 6 * HOUR,
    )


def _resident(discussion: Discussion, now: datetime) -> None:
    robin = people.account("resident").participant
    _post(
        discussion,
        robin,
        "I only moved here in autumn. Where would I find out on a Saturday morning "
        "whether the square is open to cars that day?",
        now - 10 * HOUR,
    )
