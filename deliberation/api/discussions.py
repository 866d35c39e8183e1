"""Discussions and the comments in them."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError
from pydantic import AfterValidator, AwareDatetime

from deliberation import identity, tasks
from deliberation.api import discussion_schemas, schemas
from deliberation.api.attachment_schemas import attached
from deliberation.choices import CommentStance, Sort
from deliberation.queries import arrivals, figures, orders, threads, visibility
from deliberation.queries import found as looking
from deliberation.queries.visits import Visit, house_rules, limits
from deliberation.services import comments, labels, visits
from moderation import language as language_of
from moderation.api import pages, rendering
from moderation.api.caller import anyone
from moderation.api.conditional import conditional
from moderation.api.idempotent import idempotent
from moderation.choices import ContentStatus, Review
from moderation.identity import remember_guest
from moderation.queries import policies

router = Router(auth=anyone)


def _in_utc(moment: datetime) -> datetime:
    # Databases ask for it, and cannot say that it is before the first year.
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(_("There is no such moment.")) from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


def _known_language(code: str) -> str:
    known = language_of.spelled(code)
    if known and known not in dict(settings.LANGUAGES):
        raise ValueError(_("There is no such language here."))
    return known


class ThreadsQuery(pages.PageQuery):
    """Which threads to read, or which answers."""

    sort: Sort = Sort.BALANCED
    parent: int | None = None
    q: str = Field(
        "",
        max_length=looking.LONGEST,
        description='Every word occurs, and "what is quoted" as it stands.',
    )
    language: Annotated[str, AfterValidator(_known_language)] = Field("", max_length=20)
    stance: CommentStance | None = None
    theme: str = Field("", max_length=36, description="The key of a theme.")
    official: bool = False
    since: Moment | None = Field(None, description="Came later than this.")


class DiscussionQuery(Schema):
    """What to say of a discussion beside what it is."""

    since: Moment | None = None


@router.get(
    "/{int:pk}",
    response=discussion_schemas.DiscussionOut,
    summary="Read a discussion",
    operation_id="read_discussion",
    url_name="discussion",
)
@decorate_view(conditional)
def read(
    request: HttpRequest, pk: int, query: Query[DiscussionQuery]
) -> dict[str, Any]:
    """Return its stage, times and rules, and what the caller may do in it.

    With `since`, say how many comments came later, so that who reads on can be told.
    """
    visit = _visit(request, pk)
    new = query.since and arrivals.count_since(visit, query.since)
    return _discussion(visit) | {"new": new}


@router.get(
    "/{int:pk}/figures",
    response=discussion_schemas.FiguresOut,
    summary="Read how evenly a discussion is shared",
    operation_id="read_discussion_figures",
)
@decorate_view(conditional)
def read_figures(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return shares and counts of its public comments, and what they say in words."""
    return discussion_schemas.figures(figures.of(visibility.discussion(pk, request)))


@router.get(
    "/{int:pk}/comments",
    response=schemas.CommentPageOut,
    summary="Read threads",
    operation_id="list_comments",
    url_name="comments",
)
@decorate_view(conditional)
def read_comments(
    request: HttpRequest, pk: int, query: Query[ThreadsQuery]
) -> HttpResponse:
    """Return one page of threads: first comments, each with its first replies.

    With `parent`, return the direct answers to that comment as they were written.
    With `q`, `language`, `stance`, `theme`, `official` or `since`, the comments that
    fit, the latest first, or the first ones with the sort `oldest`.
    """
    visit = _visit(request, pk)
    labels.require_known_theme(query.theme, visit.discussion)
    wanted = looking.Wanted(
        words=query.q,
        language=query.language,
        stance=query.stance or "",
        theme=query.theme,
        official=query.official,
        since=query.since,
        oldest_first=query.sort is Sort.OLDEST,
    )
    if wanted:
        found = looking.page(
            visit,
            wanted,
            after=pages.decode(query.cursor, *[int] * looking.LENGTH),
            limit=query.limit,
        )
    elif query.parent is not None:
        found = threads.answers(
            visit,
            parent=threads.find(visit, query.parent),
            after=pages.decode(query.cursor, int),
            limit=query.limit,
        )
    else:
        if query.sort is Sort.BRIDGING:
            tasks.catch_up_ranking(visit.discussion)
        after = pages.decode(query.cursor, *[int] * orders.length(query.sort))
        found = threads.page(visit, sort=query.sort, after=after, limit=query.limit)
        visits.count(visit, sort=query.sort, after=after)
    # As it is: to check a hundred comments against the schema takes longer than to
    # find them. A test does.
    body = {
        "items": [schemas.comment(node) for node in found.nodes],
        "next": pages.encode(*found.next) if found.next else None,
    }
    return HttpResponse(rendering.to_json(body), content_type=rendering.MEDIA_TYPE)


@router.post(
    "/{int:pk}/comments",
    response={201: schemas.PostedOut, 202: schemas.PostedOut},
    summary="Post a comment",
    operation_id="post_comment",
)
@decorate_view(idempotent)
def post(
    request: HttpRequest, response: HttpResponse, pk: int, body: schemas.PostIn
) -> Status[dict[str, Any]]:
    """Post a comment: 201 if it is public now, 202 if a moderator reads it first.

    A stranger may post where guests are admitted, and gets their token in the header
    `X-Guest-Token`. 422 gives back the text, with what to change in `findings`.
    """
    visit = _visit(request, pk)
    with identity.keeping_guests_who_write(request):
        author = identity.writer(request, visit)
        if author is None:
            raise AuthenticationError
        comment = comments.post(
            discussion=visit.discussion,
            author=author,
            raw=body.text,
            language=body.language or "",
            reading=get_language() or "",
            parent=body.parent,
            stance=body.stance or "",
            theme=body.theme or "",
            attached=attached(body.attachments),
            agreed=body.agreed,
            now=visit.now,
        )
    remember_guest(request, response)
    response["Location"] = reverse("folkmoot:comment", args=[comment.pk])
    is_held = comment.status == ContentStatus.HELD
    status = HTTPStatus.ACCEPTED if is_held else HTTPStatus.CREATED
    node = threads.new(visit.of(author), comment)
    return Status(status, schemas.posted(node, comment.verdict))


def _visit(request: HttpRequest, pk: int) -> Visit:
    discussion = visibility.discussion(pk, request)
    return identity.visit(request, discussion, now=timezone.now())


def _discussion(visit: Visit) -> dict[str, Any]:
    discussion, policy = visit.discussion, visit.policy
    return {
        "id": discussion.pk,
        "title": discussion.title,
        "section": discussion.section,
        "page": discussion.page_id,
        "page_url": discussion.page.get_url(),
        "language": discussion.page.locale.language_code,
        "stage": visit.stage,
        "opens_at": discussion.opens_at,
        "closes_at": discussion.closes_at,
        "house_rules": house_rules(policy, get_language() or ""),
        "limits": limits(policy, visit.reader.participant),
        "rules": [str(rule.title) for rule in policies.rules_of(policy)],
        "review": str(Review(policy.review).label),
        "guests_may_comment": policy.guests_may_comment,
        "attachments": policy.attachments,
        "edit_minutes": policy.edit_minutes,
        "comments": arrivals.public_count(discussion),
        "themes": [
            {"key": each.key, "name": each.name, "offered": each.is_offered}
            for each in discussion.themes
        ],
        "sorts": [
            {
                "name": sort,
                "label": str(sort.label),
                "explanation": str(sort.explanation),
            }
            for sort in Sort
        ],
        "may": {
            "comment": visit.may_take_part,
            "react": visit.may_take_part,
            "sign_in": visit.is_open and not visit.is_known and not visit.is_admitted,
            "must_agree": visit.must_agree,
        },
        "url": reverse("deliberation:discussion", args=[discussion.pk]),
    }
