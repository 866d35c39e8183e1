"""The moderators' queue in the Wagtail admin."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin.auth import permission_required

from moderation import contents
from moderation.choices import Act, FlagReason
from moderation.forms.decisions import DecisionForm
from moderation.models import Decision
from moderation.queries import (
    appeals,
    changes,
    desk,
    house_rules,
    queue,
    records,
    replies,
)
from moderation.refusals import Refusal, Why
from moderation.services import interim, review, translations
from moderation.views.frame import frame

PAGE = 50

# Apps above name here what else waits for staff: (label, how many, address) tuples.
CASES = "register_moderation_cases"

may_review = permission_required("moderation.review_content")


@require_safe
@may_review
def index(request: HttpRequest) -> HttpResponse:
    """Show what waits, the most urgent first."""
    interim.end_due(now=timezone.now())
    choice = queue.Choice(
        kind=_one_of(request, "kind", contents.kinds()),
        reason=_one_of(request, "reason", dict(_reasons())),
        language=_one_of(request, "language", dict(settings.LANGUAGES)),
    )
    after = queue.Place.from_cursor(request.GET.get("after", ""))
    found = queue.page(
        choice=choice, after=after, limit=PAGE, desk=desk.of(request.user)
    )
    shown, now = found[:PAGE], timezone.now()
    seen = records.latest_on(item.content for item in shown)
    claims = desk.claims_on((item.content for item in shown), now=now)
    context = frame(_("What waits"), icon="warning") | {
        "items": [
            (
                item,
                address(item.content),
                item.is_overdue(now),
                seen.get((type(item.content), item.content.pk), 0),
                claims.get((item.place.type_id, item.place.object_id)),
                item.port.pictures(item.content),
            )
            for item in shown
        ],
        "rules": house_rules.catalogue(get_language() or settings.LANGUAGE_CODE),
        "choice": choice,
        "kinds": [(port.kind, port.label) for port in contents.ports()],
        "reasons": _reasons(),
        "languages": settings.LANGUAGES,
        "more": shown[-1].place.cursor if len(found) > PAGE else "",
        "appeals": len(appeals.waiting()),
        "cases": [case for told in hooks.get_hooks(CASES) for case in told(request)],
    }
    return render(request, "moderation/admin/queue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_review
def item(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show one item in its context, and decide on it."""
    content = found_for(request, kind, pk)
    decisions = records.decisions_on(content)
    author = content.author
    form = DecisionForm(
        request.POST or None,
        acts=_acts(content, places := _places(request, content)),
        places=places,
        replies=replies.for_language(
            (author.language if author else "") or content.language
        ),
        language=get_language() or settings.LANGUAGE_CODE,
        initial={"seen": decisions[0].pk if decisions else 0},
    )
    status = 200
    try:
        if form.is_valid():
            return _decide(request, content, form)
        if form.is_bound:
            # What could be chosen before may be impossible since: say by whom first.
            seen = form.cleaned_data.get("seen")
            review.require_first(content=content, seen=seen)
    except review.AlreadyDecided as error:
        form.errors.clear()
        form.add_error(None, _told_of(error))
        status = 409
    except Refusal as error:
        form.add_error(None, error.message)
        status = 409 if error.why == Why.CONFLICT else 200
    now = timezone.now()
    due_at = queue.due_of(content)
    context = _item(content, decisions) | _translation(request, content)
    context |= {
        "form": form,
        "due_at": due_at,
        "is_overdue": due_at is not None and due_at <= now,
        "claim": desk.claim_on(content, now=now),
        "notes": desk.notes_on(content),
        "replies": {
            pk: {"rule": reply.rule_id, "text": reply.text}
            for pk, reply in form.replies.items()
        },
        "kind": kind,
    }
    return render(request, "moderation/admin/item.html", context, status=status)


def found_for(request: HttpRequest, kind: str, pk: int) -> Any:
    """Return an item that this moderator may see, or raise Http404."""
    try:
        content = contents.find(kind=kind, pk=pk)
    except contents.NotFound as error:
        raise Http404(error.message) from None
    if not desk.of(request.user).may_see(content):
        raise Http404
    return content


def _decide(request: HttpRequest, content: Any, form: DecisionForm) -> HttpResponse:
    decision = review.decide(
        content=content,
        decided_by=request.user,
        now=timezone.now(),
        **form.cleaned_data,
    )
    messages.success(
        request, _("Decided: %(act)s.") % {"act": decision.get_act_display()}
    )
    own = desk.of(request.user)
    following = queue.page(limit=1, desk=own) if "next" in request.POST else []
    if following:
        return redirect(address(following[0].content))
    return redirect("moderation_admin:queue")


def _places(request: HttpRequest, content: Any) -> list[tuple[str, str]]:
    """Return where this moderator could move an item."""
    sees = desk.of(request.user).has_page
    return contents.of(content).places(content, sees=sees)


def _acts(content: Any, places: list[tuple[str, str]]) -> list[Act]:
    acts = desk.acts_for(content)
    return acts if places else [act for act in acts if act != Act.MOVE]


def _item(content: Any, decisions: list[Decision]) -> dict[str, Any]:
    port = contents.of(content)
    flags = queue.of(content)
    title = _("%(kind)s no. %(number)s") % {
        "kind": str(port.label).capitalize(),
        "number": content.pk,
    }
    return frame(title, icon="warning") | {
        "content": content,
        "place": port.context(content),
        "pictures": port.pictures(content),
        "url": port.url(content),
        "pieces": records.marked(content.text, flags),
        "flags": flags,
        "decisions": decisions,
        "record": records.of_author(content),
        "was_changed": changes.is_redacted(content),
    }


def _told_of(error: review.AlreadyDecided) -> str:
    reasons = error.decision.facts or _("no reasons were needed")
    return _(
        "%(message)s Their reasons: %(reasons)s. Load the page again to go on."
    ) % {
        "message": error.message,
        "reasons": reasons.rstrip("."),
    }


def _translation(request: HttpRequest, content: Any) -> dict[str, Any]:
    """Return what a machine makes of the text, if the moderator asked for it."""
    reading = get_language() or settings.LANGUAGE_CODE
    offered = translations.is_offered(content.language, reading)
    if not offered or "translate" not in request.GET:
        return {"translation_offered": offered}
    try:
        return {"translation": translations.translate(content, into=reading)}
    except Refusal as error:
        messages.error(request, error.message)
        return {"translation_offered": True}


def address(content: Any) -> str:
    """Return the page at the desk that shows an item."""
    kind = contents.of(content).kind
    return reverse("moderation_admin:item", args=[kind, content.pk])


def _reasons() -> list[tuple[str, Any]]:
    """Return why things are reported: also by the software, and by earlier rules."""
    now = dict(house_rules.reasons(get_language() or settings.LANGUAGE_CODE))
    return list({**dict(FlagReason.choices), **now}.items())


def _one_of(request: HttpRequest, name: str, known: Any) -> str:
    value = request.GET.get(name, "")
    return value if value in known else ""
