"""Who is heard in Fernhaven: an official answer, and on what answers rest."""

from datetime import datetime, timedelta

from deliberation import addresses
from deliberation.models import Comment, Discussion
from deliberation.services import citations, comments, follows, official
from deliberation.services.citations import Wanted
from home.demo import content, people
from home.demo.talk import Residents
from moderation.services import participants

HOUR = timedelta(hours=1)


def answer_resident(
    discussion: Discussion, residents: Residents, *, now: datetime
) -> None:
    """Let a neighbour and the city answer the resident, who follows it all."""
    robin = people.account("resident").participant
    editor = people.account("editor")
    asked = Comment.objects.filter(discussion=discussion, author=robin).latest("pk")
    follows.follow(participant=robin, discussion=discussion, now=now - 20 * HOUR)
    follows.follow(participant=robin, page=discussion.page, now=now - 20 * HOUR)
    neighbour = residents["en"][3]
    comments.post(
        discussion=discussion,
        author=neighbour,
        raw=f"There is a board at the bus stop. @[{robin.pseudonym}], I can show you.",
        language="en",
        parent=asked,
        agreed=True,
        now=now - 8 * HOUR,
    )
    city = participants.for_account(account=editor, now=now, language="en")
    if not city.pseudonym.startswith("Square"):
        participants.rename(participant=city, pseudonym="Square Office Fernhaven")
    answer = comments.post(
        discussion=discussion,
        author=city,
        raw="From May on the date stands on the signs at Mill Lane and at the bus "
        "stop, a week ahead. Until then: all Saturdays are open to cars.",
        language="en",
        parent=asked,
        agreed=True,
        now=now - 5 * HOUR,
    )
    if answer.is_public:
        official.declare(comment=answer, by=editor, now=now - 5 * HOUR)
        answer.refresh_from_db()
        place = addresses.of_comment(asked.pk)
        citations.cite(
            answer=answer,
            by=editor,
            wanted=Wanted(
                link=place,
                is_used=True,
                reason="The signs were planned without a date.",
            ),
            now=now - 5 * HOUR,
        )
    follows.catch_up(now=now, discussion=discussion)


def rests_on(topic: str, discussion: Discussion) -> list[Wanted]:
    """Return what the answer on a consultation says it rests on."""
    found = []
    for told in content.load(topic).get("rests_on", ()):
        said = Comment.objects.public().filter(
            discussion=discussion, text__contains=told["begins"]
        )
        if first := said.oldest_first().first():
            link = addresses.of_comment(first.pk)
            found.append(Wanted(link=link, is_used=told["used"], reason=told["reason"]))
    return found
