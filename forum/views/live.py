"""The checklist beside the editor: of what is in the form now, saved or not."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.datastructures import MultiValueDictKeyError
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from forum.queries import participation_models, publishing
from forum.views import ready


@require_http_methods(["GET", "HEAD", "POST"])
def live(request: HttpRequest, page_id: int) -> HttpResponse:
    """Return the checklist of a page in short; of the posted form, if there is one.

    Nothing is stored. Nothing comes back for a page that the rules say nothing of.
    """
    if not publishing.is_judged(get_object_or_404(Page, pk=page_id).specific):
        return HttpResponse(status=204)
    page = ready.draft(request, page_id)
    return _told(request, page, page.get_parent())


@require_POST
def live_new(
    request: HttpRequest, app: str, model: str, parent_id: int
) -> HttpResponse:
    """Return the checklist of a page that was never saved."""
    kinds = {each._meta.label_lower: each for each in participation_models()}
    kind = kinds.get(f"{app}.{model}")
    parent = Page.objects.filter(pk=parent_id).first()
    if kind is None or parent is None:
        raise Http404
    if not parent.permissions_for_user(request.user).can_add_subpage():
        raise PermissionDenied
    return _told(request, kind(locale=parent.locale, live=False), parent)


def _told(request: HttpRequest, page: Any, parent: Page) -> HttpResponse:
    if request.method == "POST":
        try:
            _fill(page, request, parent)
        except MultiValueDictKeyError:
            # Wagtail is just rebuilding the form: the next round has all of it.
            return HttpResponse(status=204)
    context = ready.checklist(request, page, parent=parent)
    return render(request, "forum/admin/live.html", context)


def _fill(page: Any, request: HttpRequest, parent: Page) -> None:
    """Bring a page up to what is in the form; what the form refuses is left out."""
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(
        request.POST,
        request.FILES,
        instance=page,
        parent_page=parent,
        for_user=request.user,
    )
    form.defer_required_fields()
    if form.is_valid():
        form.save(commit=False)
