"""Lists of consultations and hearings in the editors' menu."""

from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from forum.models import ConsultationPage, HearingPage


def _stage(page: Any) -> str:
    return capfirst(str(page.stage_at(timezone.now()).label))


class AskedListing(PageListingViewSet):
    """Pages of one type, with how far each has come and its dates."""

    add_to_admin_menu = True
    columns = [
        *PageListingViewSet.columns[:2],
        Column("stage", label=_("Stage"), accessor=_stage),
        DateColumn("opens_at", label=_("Opens"), sort_key="opens_at"),
        DateColumn("closes_at", label=_("Closes"), sort_key="closes_at"),
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
