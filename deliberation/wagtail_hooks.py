"""Deliberation's place in the Wagtail admin."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from deliberation.models import Discussion, Poll, Question
from deliberation.models.window import PeopleSpoke
from deliberation.urls import admin_urlpatterns


class QuestionForm(WagtailAdminModelForm):
    """What people have chosen keeps its words."""

    def clean(self) -> dict[str, Any]:
        """Refuse to change or remove an answer that somebody gave."""
        cleaned: dict[str, Any] = super().clean()
        for form in self.formsets["options"].forms:
            # Wagtail looks at the lines below a form after the form itself.
            form.full_clean()
            changed = "text" in form.changed_data or form.cleaned_data.get("DELETE")
            if changed and form.instance.pk and form.instance.answers.exists():
                message = _("“%(text)s” was chosen already and stays as it is.")
                self.add_error(None, message % {"text": form.initial.get("text", "")})
        return cleaned


class QuestionViewSet(SnippetViewSet):
    """Simple questions on a page."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    add_to_admin_menu = True
    menu_order = 241
    list_display = ["title", "kind", "opens_at", "closes_at"]
    edit_handler = ObjectList(
        [
            FieldPanel("page"),
            FieldPanel("section"),
            FieldPanel("title"),
            FieldPanel("introduction"),
            FieldPanel("kind"),
            FieldPanel("most_answers"),
            InlinePanel("options", min_num=2, label=_("Answer to choose")),
            FieldPanel("results"),
            FieldPanel("opens_at"),
            FieldPanel("closes_at"),
            FieldPanel("ended_because"),
            FieldPanel("policy"),
        ],
        base_form_class=QuestionForm,
    )


register_snippet(QuestionViewSet)


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    """Put the polls' desk below the admin's address."""
    return [
        path(
            "", include((admin_urlpatterns, "deliberation_admin"), "deliberation_admin")
        )
    ]


@hooks.register("register_admin_menu_item")
def polls_menu_item() -> MenuItem:
    """Lead editors to the polls on their pages."""
    return MenuItem(
        _("Polls"),
        reverse("deliberation_admin:polls"),
        name="polls",
        icon_name="form",
        order=240,
    )


@hooks.register("register_admin_menu_item")
def entries_menu_item() -> MenuItem:
    """Lead editors to where they type in letters and calls."""
    return MenuItem(
        _("Paper and phone"),
        reverse("deliberation_admin:entries"),
        name="entries",
        icon_name="mail",
        order=242,
    )


@hooks.register("before_delete_page")
def keep_page(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Say why a page stays on which people took part: the models only refuse."""
    for model in (Discussion, Poll, Question):
        for window in model.objects.filter(page__path__startswith=page.path):
            if window.has_contributions():
                messages.error(request, str(PeopleSpoke(window)))
                return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def keep_pages(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Say the same where many pages are deleted at once."""
    if action_type != "delete" or request.method != "POST":
        return None
    pages = [each for each in objects if hasattr(each, "path")]
    return next(filter(None, (keep_page(request, page) for page in pages)), None)
