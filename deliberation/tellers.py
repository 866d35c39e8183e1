"""Puts notices about comments, answers and discussions into words."""

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.models import Page

from deliberation import addresses
from deliberation.models import Citation, Comment, Discussion
from deliberation.queries import citations
from deliberation.queries.sight import Sight
from deliberation.services import follows, mentions
from deliberation.services.citations import ADDRESSED
from deliberation.services.news import MENTION, OFFICIAL, REPLY
from moderation import news
from moderation.choices import Mail
from moderation.models import Notice, Participant
from moderation.news import Teller, Told, Topic

People = Mapping[int, Participant]

TOPICS = (
    Topic(
        name="answers",
        label=_("Answers of the city to what you wrote"),
        help=_("Official answers, and decisions that name your contribution."),
        usual=Mail.WEEKLY,
    ),
    Topic(
        name="replies",
        label=_("Replies to your comments"),
        help=_("What other people answer to you."),
    ),
    Topic(
        name="mentions",
        label=_("Comments that name you"),
        help=_("Somebody wrote @[your name]."),
    ),
    Topic(
        name="followed",
        label=_("New comments in discussions you follow"),
        help=_("One notice for each discussion, until you have read it."),
    ),
)

SENTENCES = {
    REPLY: _("{name} replied to you in “{place}”"),
    MENTION: _("{name} named you in “{place}”"),
    OFFICIAL: _("Your comment in “{place}” has an official answer"),
}


class CommentTeller(Teller):
    """Replies, official answers and mentions."""

    kinds = {REPLY: "replies", MENTION: "mentions", OFFICIAL: "answers"}

    def tell(self, notices: Sequence[Notice], people: People) -> dict[int, Told]:
        """Tell of comments that are public on pages that are."""
        wanted = {notice.object_id for notice in notices}
        found = (
            Comment.objects.public()
            .select_related("author", "discussion__page")
            .in_bulk(wanted)
        )
        calling = {each.object_id for each in notices if each.kind == MENTION}
        named = mentions.of_each(found[pk] for pk in calling & found.keys())
        sight = Sight.read(people.values())
        told = {}
        for notice in notices:
            comment: Any = found.get(notice.object_id)
            if comment is None or not _is_still_so(notice, comment, named):
                continue
            page = comment.discussion.page
            if sight.reaches(page, people[notice.participant_id]):
                told[notice.pk] = _of_comment(notice.kind, comment, sight)
        return told


class FollowTeller(Teller):
    """New comments in a discussion that somebody follows."""

    kinds = {follows.FOLLOWED: "followed"}

    def tell(self, notices: Sequence[Notice], people: People) -> dict[int, Told]:
        """Tell how many comments are new, if any still is."""
        counts = _new_comments(notices)
        wanted = {notice.object_id for notice in notices}
        found = Discussion.objects.select_related("page").in_bulk(wanted)
        sight = Sight.read(people.values())
        told = {}
        for notice in notices:
            place: Any = found.get(notice.object_id)
            number = counts.get(notice.pk, 0)
            person = people[notice.participant_id]
            if place and number and sight.reaches(place.page, person):
                told[notice.pk] = Told(
                    title=format_lazy(
                        ngettext_lazy(
                            "{number} new comment in “{place}”",
                            "{number} new comments in “{place}”",
                            number,
                        ),
                        number=number,
                        place=place.title,
                    ),
                    path=_what_is_new(place, notice),
                    site=sight.address_of(place.page),
                )
        return told


class CitationTeller(Teller):
    """Answers that name what somebody wrote."""

    kinds = {ADDRESSED: "answers"}

    def tell(self, notices: Sequence[Notice], people: People) -> dict[int, Told]:
        """Tell of citations that everyone can read in an answer."""
        wanted = {notice.object_id for notice in notices}
        rows = Citation.objects.with_all().in_bulk(wanted)
        sight = Sight.read(people.values())
        told = {}
        for notice in notices:
            citation: Any = rows.get(notice.object_id)
            if citation is None or not citations.is_shown(citation):
                continue
            page: Page = citations.page_of(citation)
            if sight.reaches(page, people[notice.participant_id]):
                title = (
                    _("What you wrote in “{place}” was used")
                    if citation.is_used
                    else _("What you wrote in “{place}” was considered, and not used")
                )
                told[notice.pk] = Told(
                    title=format_lazy(title, place=page.title),
                    path=citations.path_of(citation),
                    quote=citation.reason,
                    language=citation.language,
                    site=sight.address_of(page),
                )
        return told


def register() -> None:
    """Make known what is told here, and let people choose how they hear of it."""
    for topic in TOPICS:
        news.offer(topic)
    for teller in (CommentTeller(), FollowTeller(), CitationTeller()):
        news.register(teller)


def _what_is_new(place: Discussion, notice: Notice) -> str:
    """Return the address where the comments stand that a notice counts, replies too."""
    address = reverse("deliberation:discussion", args=[place.pk])
    if notice.since is None:
        return address
    # Written after that second: the first of them may have come on the stroke of one.
    return f"{address}?since={ceil(notice.since.timestamp()) - 1}"


def _is_still_so(
    notice: Notice, comment: Comment, named: Mapping[int, set[int]]
) -> bool:
    if notice.kind == MENTION:
        return notice.participant_id in named[comment.pk]
    return comment.is_official if notice.kind == OFFICIAL else True


def _of_comment(kind: str, comment: Comment, sight: Sight) -> Told:
    name = comment.author.pseudonym if comment.author else _("Somebody")
    return Told(
        title=format_lazy(SENTENCES[kind], name=name, place=comment.discussion.title),
        path=addresses.of_comment(comment.pk),
        quote=comment.words,
        language=comment.language,
        dir=comment.dir,
        site=sight.address_of(comment.discussion.page),
    )


def _new_comments(notices: Iterable[Notice]) -> dict[int, int]:
    """Return how many public comments by others each notice counts, by its id."""
    fresh = (
        Comment.objects.public()
        .filter(discussion=OuterRef("object_id"), created_at__gte=OuterRef("since"))
        .exclude(author=OuterRef("participant"))
        .order_by()
        .values("discussion")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    counted = rows.annotate(number=Coalesce(Subquery(fresh), 0))
    return dict(counted.values_list("pk", F("number")))
