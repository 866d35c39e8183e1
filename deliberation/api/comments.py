"""One comment: read it, change it, answer it without words."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from ninja.decorators import decorate_view
from ninja.errors import AuthenticationError

from deliberation import identity
from deliberation.api import schemas, wording_schemas
from deliberation.api.attachment_schemas import attached
from deliberation.models import Comment
from deliberation.queries import changes, threads
from deliberation.queries.visits import Visit
from deliberation.services import comments, official, reactions
from moderation.api.caller import anyone, known
from moderation.api.conditional import conditional
from moderation.api.idempotent import idempotent
from moderation.identity import HOUR, caller_of, limit_address, remember_guest
from moderation.models import Participant
from moderation.services import translations

router = Router(auth=anyone)


@router.get(
    "/{int:pk}",
    response=schemas.CommentOut,
    summary="Read a comment",
    operation_id="read_comment",
    url_name="comment",
)
@decorate_view(conditional)
def read(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return one comment without its replies."""
    visit, comment = _reach(request, pk)
    return schemas.comment(threads.single(visit, comment))


@router.patch(
    "/{int:pk}",
    auth=known,
    response=schemas.PostedOut,
    summary="Edit a comment",
    operation_id="edit_comment",
)
@decorate_view(idempotent)
def edit(request: HttpRequest, pk: int, body: schemas.EditIn) -> dict[str, Any]:
    """Replace the text of one's own comment; how it read before is kept.

    409 if it was changed since `version`, with both texts, `text` and `current`, and
    with `current_attachments`: what a moderator has described has changed, too.
    """
    visit, comment = _reach(request, pk)
    edited = comments.edit(
        comment=comment,
        by=_author(request, visit),
        raw=body.text,
        language=body.language,
        stance=body.stance,
        theme=body.theme,
        attached=None if body.attachments is None else attached(body.attachments),
        seen=body.version,
        now=visit.now,
    )
    return schemas.posted(threads.single(visit, edited), edited.verdict)


@router.delete(
    "/{int:pk}",
    auth=known,
    response=schemas.CommentOut,
    summary="Withdraw a comment",
    operation_id="withdraw_comment",
)
@decorate_view(idempotent)
def withdraw(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Take one's own comment back; a placeholder and the replies remain."""
    visit, comment = _reach(request, pk)
    withdrawn = comments.withdraw(comment=comment, by=_author(request, visit))
    return schemas.comment(threads.single(visit, withdrawn))


@router.get(
    "/{int:pk}/history",
    response=wording_schemas.HistoryOut,
    summary="Read a comment's earlier wordings",
    operation_id="read_comment_history",
)
@decorate_view(conditional)
def read_history(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Return its wordings, the latest first, as far as they stood in public."""
    visit, comment = _reach(request, pk)
    node = threads.single(visit, comment)
    if not node.shows_text:
        raise Http404
    wordings = changes.wordings(comment, threads.history(comment), node.attachments)
    return {"items": [wording_schemas.version(wording) for wording in wordings]}


@router.get(
    "/{int:pk}/translation",
    response=wording_schemas.TranslationOut,
    summary="Read a comment translated by a machine",
    operation_id="read_comment_translation",
)
@decorate_view(conditional)
def read_translation(request: HttpRequest, pk: int, into: str) -> dict[str, Any]:
    """Return what a machine makes of a public comment; 404 where none is set up."""
    _visit, comment = _reach(request, pk)
    if not comment.is_public:
        raise Http404
    limit_address(request, act="translate", most=60, within=HOUR)
    made = translations.translate(comment, into=into)
    return {
        "language": made.language,
        "text": made.text,
        "html": made.html,
        "original": comment.text,
        "original_language": comment.language,
    }


@router.put(
    "/{int:pk}/reaction",
    response=schemas.CommentOut,
    summary="React to a comment",
    operation_id="react_to_comment",
)
@decorate_view(idempotent)
def react(
    request: HttpRequest, response: HttpResponse, pk: int, body: schemas.ReactionIn
) -> dict[str, Any]:
    """Set the caller's one reaction, and return the comment with the counts."""
    visit, comment = _reach(request, pk)
    with identity.keeping_guests_who_write(request):
        reader = _author(request, visit)
        reactions.react(
            comment=comment, participant=reader, kind=body.kind, now=visit.now
        )
    remember_guest(request, response)
    return schemas.comment(threads.single(visit.of(reader), comment))


@router.delete(
    "/{int:pk}/reaction",
    auth=known,
    response=schemas.CommentOut,
    summary="Take a reaction back",
    operation_id="take_back_reaction",
)
@decorate_view(idempotent)
def take_back(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Remove the caller's reaction, if there is one."""
    visit, comment = _reach(request, pk)
    reactions.take_back(
        comment=comment, participant=_author(request, visit), now=visit.now
    )
    return schemas.comment(threads.single(visit, comment))


@router.put(
    "/{int:pk}/official",
    auth=known,
    response=schemas.CommentOut,
    summary="Mark a reply as the official answer",
    operation_id="make_comment_official",
)
@decorate_view(idempotent)
def make_official(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Mark one's own reply as the answer of whoever runs the page: its editors."""
    visit, comment = _reach(request, pk)
    marked = official.declare(comment=comment, by=_account(request), now=visit.now)
    return schemas.comment(threads.single(visit, marked))


@router.delete(
    "/{int:pk}/official",
    auth=known,
    response=schemas.CommentOut,
    summary="Take the official mark off a reply",
    operation_id="unmake_comment_official",
)
@decorate_view(idempotent)
def unmake_official(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Take the mark off one's own reply; the reply stays."""
    visit, comment = _reach(request, pk)
    marked = official.revoke(comment=comment, by=_account(request))
    return schemas.comment(threads.single(visit, marked))


def _account(request: HttpRequest) -> Any:
    account = caller_of(request).user
    if account is None:
        raise AuthenticationError
    return account


def _reach(request: HttpRequest, pk: int) -> tuple[Visit, Comment]:
    return identity.visit_comment(request, pk, now=timezone.now())


def _author(request: HttpRequest, visit: Visit) -> Participant:
    """Return the participant who writes, or ask the caller to sign in."""
    participant = identity.writer(request, visit)
    if participant is None:
        raise AuthenticationError
    return participant
