"""Following, and the way from answers to contributions."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError
from wagtail.models import Page

from deliberation import identity
from deliberation.api import heard_schemas as schemas
from deliberation.models import Comment, Discussion, Follow
from deliberation.queries import citations as lines
from deliberation.queries import following, visibility
from deliberation.services import citations, follows
from moderation.api.caller import anyone, known
from moderation.api.conditional import conditional
from moderation.api.idempotent import idempotent
from moderation.identity import caller_of, participant_for_writing
from moderation.models import Participant

router = Router(auth=anyone)


@router.get(
    "/me/follows",
    auth=known,
    response=schemas.FollowsOut,
    summary="What I follow",
    operation_id="list_follows",
    tags=["Me"],
)
def read_follows(request: HttpRequest) -> dict[str, Any]:
    """Return the pages and discussions that the caller follows."""
    person = caller_of(request).participant
    found = following.of(person) if person else []
    return {
        "items": [
            _follow(each)
            for each in found
            if visibility.page_is_visible(each.about, request)
        ]
    }


@router.put(
    "/discussions/{int:pk}/follow",
    auth=known,
    response=schemas.FollowingOut,
    summary="Follow a discussion",
    operation_id="follow_discussion",
    tags=["Discussions"],
)
@decorate_view(idempotent)
def follow_discussion(request: HttpRequest, pk: int) -> dict[str, bool]:
    """Be told of new comments: one notice, until it is read."""
    found = visibility.discussion(pk, request)
    follows.follow(
        participant=_participant(request), discussion=found, now=timezone.now()
    )
    return {"following": True}


@router.delete(
    "/discussions/{int:pk}/follow",
    auth=known,
    response=schemas.FollowingOut,
    summary="Stop following a discussion",
    operation_id="unfollow_discussion",
    tags=["Discussions"],
)
@decorate_view(idempotent)
def unfollow_discussion(request: HttpRequest, pk: int) -> dict[str, bool]:
    """Be told no more."""
    found: Discussion = visibility.discussion(pk, request)
    follows.unfollow(participant=_participant(request), discussion=found)
    return {"following": False}


@router.put(
    "/pages/{int:pk}/follow",
    auth=known,
    response=schemas.FollowingOut,
    summary="Follow a page",
    operation_id="follow_page",
    tags=["Pages"],
)
@decorate_view(idempotent)
def follow_page(request: HttpRequest, pk: int) -> dict[str, bool]:
    """Be told when it opens, when it closes soon, and what came of it."""
    page = _page(request, pk)
    follows.follow(participant=_participant(request), page=page, now=timezone.now())
    return {"following": True}


@router.delete(
    "/pages/{int:pk}/follow",
    auth=known,
    response=schemas.FollowingOut,
    summary="Stop following a page",
    operation_id="unfollow_page",
    tags=["Pages"],
)
@decorate_view(idempotent)
def unfollow_page(request: HttpRequest, pk: int) -> dict[str, bool]:
    """Be told no more."""
    follows.unfollow(participant=_participant(request), page=_page(request, pk))
    return {"following": False}


@router.get(
    "/pages/{int:pk}/citations",
    response=schemas.CitationsOut,
    summary="Read what the answers on a page rest on",
    operation_id="list_citations",
    url_name="citations",
    tags=["Pages"],
)
@decorate_view(conditional)
def read_citations(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return every contribution that the page or an official answer on it names."""
    found = lines.on_page(_page(request, pk))
    return {"items": [schemas.citation(each) for each in found]}


@router.post(
    "/comments/{int:pk}/citations",
    auth=known,
    response=schemas.CitationOut,
    summary="Say what an official answer rests on",
    operation_id="cite",
    tags=["Comments"],
)
@decorate_view(idempotent)
def cite(request: HttpRequest, pk: int, body: schemas.CitationIn) -> dict[str, Any]:
    """Name one contribution on the same page; naming it again changes the line."""
    answer, account = _answer(request, pk)
    made = citations.cite(
        answer=answer,
        by=account,
        wanted=citations.Wanted(link=body.link, is_used=body.used, reason=body.reason),
        now=timezone.now(),
    )
    return schemas.citation(made)


@router.delete(
    "/comments/{int:pk}/citations/{int:citation}",
    auth=known,
    response=schemas.CitationsOut,
    summary="Take a line out of an official answer",
    operation_id="uncite",
    tags=["Comments"],
)
@decorate_view(idempotent)
def uncite(request: HttpRequest, pk: int, citation: int) -> dict[str, Any]:
    """Take it out, and return what is left."""
    answer, account = _answer(request, pk)
    found = answer.citations.filter(pk=citation).first()
    if found is None:
        raise Http404
    citations.uncite(citation=found, by=account)
    left = lines.of_comments([answer]).cites.get(answer.pk, ())
    return {"items": [schemas.citation(line.citation) for line in left]}


def _answer(request: HttpRequest, pk: int) -> tuple[Comment, Any]:
    account = caller_of(request).user
    if account is None:
        raise AuthenticationError
    _visit, answer = identity.visit_comment(request, pk, now=timezone.now())
    return answer, account


def _page(request: HttpRequest, pk: int) -> Page:
    page = Page.objects.filter(pk=pk).first()
    if page is None or not visibility.page_is_visible(page, request):
        raise Http404
    return page


def _follow(follow: Follow) -> dict[str, Any]:
    page = follow.about
    return {
        "page": page.pk,
        "discussion": follow.discussion_id,
        "title": page.title,
        "since": follow.created_at,
    }


def _participant(request: HttpRequest) -> Participant:
    person = participant_for_writing(request, now=timezone.now(), guests=False)
    if person is None:
        raise AuthenticationError
    return person
