"""The app: only wires."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    """Consultations and hearings."""

    name = "forum"
    verbose_name = _("Consultations and hearings")
    default_auto_field = "django.db.models.BigAutoField"
