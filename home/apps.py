"""The reference site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Names the other three apps and is named by none."""

    name = "home"
    verbose_name = _("Reference site")
    default_auto_field = "django.db.models.BigAutoField"
