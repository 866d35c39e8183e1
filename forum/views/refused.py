"""What an editor sees when a page may not be published yet."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.models import Page

from forum.services.publishing import NotReady, NotReadyThere
from forum.views import places
from moderation.rules.pages import PageFinding

SHOWN = 8


class NotReadyMiddleware:
    """Lead back to the draft, with every finding and a way to its field.

    Wherever the admin publishes (editor, workflow, bulk action, copy), the draft has
    been stored before the gate says no.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """Answer for the admin; elsewhere the exception goes on."""
        inside = request.path.startswith(reverse("wagtailadmin_home"))
        if not (isinstance(exception, NotReady) and inside):
            return None
        page = exception.page
        is_kept = bool(page.pk and Page.objects.filter(pk=page.pk).exists())
        messages.error(request, _told(exception, is_kept=is_kept))
        if is_kept:
            return redirect("wagtailadmin_pages:edit", page.pk)
        return redirect("wagtailadmin_home")


def _told(refusal: NotReady, *, is_kept: bool) -> str:
    items = refusal.judgement.in_the_way
    lines = format_html_join(
        "",
        "<li>{}</li>",
        (
            (_line(refusal.page, each.finding, is_kept=is_kept),)
            for each in items[:SHOWN]
        ),
    )
    more = ""
    # The checklist is by the rules of where the page is.
    if is_kept and not isinstance(refusal, NotReadyThere):
        more = format_html(
            '<a href="{}">{}</a>',
            reverse("forum_admin:ready", args=[refusal.page.pk]),
            _("The whole checklist"),
        )
    headline = _headline(refusal, is_kept=is_kept) % refusal.page.title
    return format_html("{}<ul>{}</ul>{}", headline, lines, more)


def _headline(refusal: NotReady, *, is_kept: bool) -> str:
    if isinstance(refusal, NotReadyThere):
        return _("“%s” does not keep the rules of the other site. Nothing has moved.")
    if is_kept:
        return _("“%s” is not published yet; your draft is kept.")
    return _("“%s” is not published.")


def _line(page: Page, finding: PageFinding, *, is_kept: bool) -> str:
    if not is_kept:
        return format_html("{} {}", finding.message, finding.mend)
    return format_html(
        '<a href="{}">{}</a> {}',
        places.address(page, finding.location),
        finding.message,
        finding.mend,
    )
