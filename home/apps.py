"""The reference site."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Names the other three apps and is named by none."""

    name = "home"
    verbose_name = _("Reference site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let `check --deploy` say what a site still lacks; keep the menu true."""
        from django.core.checks import register

        from home import checks, holdings, menu

        register(checks.check_production, checks.TAG, deploy=True)
        menu.connect()
        holdings.register()
