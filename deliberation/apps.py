"""The app: only wires."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliberationConfig(AppConfig):
    """Discussions and polls."""

    name = "deliberation"
    verbose_name = _("Discussions and polls")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from deliberation import holdings, moderation_ports, signal_handlers, tellers

        moderation_ports.register()
        holdings.register()
        tellers.register()
        signal_handlers.connect()
