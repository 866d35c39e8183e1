"""Lists of consultations and hearings in the editors' menu."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet

from forum.models import (
    ConsultationPage,
    HearingPage,
)


def _stage(page: Any) -> str:
    return capfirst(str(page.stage_at(timezone.now()).label))


class Moment(Column):
    """A date in full: Wagtail's own column calls whatever is to come "just now"."""

    def get_value(self, instance: Any) -> str:
        """Return the date on the town's clocks."""
        at = super().get_value(instance)
        return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


class AskedListing(PageListingViewSet):
    """Pages of one type, with how far each has come and its dates."""

    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns[:2],
        Column("stage", label=_("Stage"), accessor=_stage),
        Moment("opens_at", label=_("Opens"), sort_key="opens_at"),
        Moment("closes_at", label=_("Closes"), sort_key="closes_at"),
        *PageListingViewSet.columns[3:],
    ]


class ConsultationListing(AskedListing):
    """Every consultation."""

    model = ConsultationPage
    icon = "help"
    menu_label = _("Consultations")
    menu_order = 110
    name = "consultations"


class HearingListing(AskedListing):
    """Every hearing."""

    model = HearingPage
    icon = "group"
    menu_label = _("Hearings")
    menu_order = 111
    name = "hearings"


@hooks.register("register_admin_viewset")
def register_consultations() -> AskedListing:
    """Put the list of consultations into the menu."""
    return ConsultationListing()


@hooks.register("register_admin_viewset")
def register_hearings() -> AskedListing:
    """Put the list of hearings into the menu."""
    return HearingListing()


class DraftFirst(CreateView):
    """Stores a new page as a draft before it is published, so that nothing is lost."""

    def publish_action(self) -> Any:
        """Publish the draft; the gate may keep it one."""
        self.form.instance.live = False
        return super().publish_action()


class ConsultationViews(PageViewSet):
    """How Wagtail makes a consultation."""

    model = ConsultationPage
    add_view_class = DraftFirst


class HearingViews(PageViewSet):
    """How Wagtail makes a hearing."""

    model = HearingPage
    add_view_class = DraftFirst


@hooks.register("register_admin_viewset")
def register_page_views() -> list[PageViewSet]:
    """Let new pages begin as drafts."""
    return [ConsultationViews(), HearingViews()]
