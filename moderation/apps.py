"""The app: only wires."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    """Moderation."""

    name = "moderation"
    verbose_name = _("Moderation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what the floor announces with what follows from it."""
        from moderation import checks, signal_handlers, signals

        register(checks.defaults_name_known_rules)
        register(checks.outside_checks_are_named_well)
        register(checks.territory_is_named_well)
        register(checks.policies_name_known_rules, Tags.database)

        signals.decision_made.connect(signal_handlers.write_about_decision)
        signals.contribution_recorded.connect(signal_handlers.consult_outside)
        signals.appeal_raised.connect(signal_handlers.write_to_leads)
        signals.erasure_asked.connect(signal_handlers.write_about_erasure)
        signals.flag_raised.connect(signal_handlers.write_about_flag)
        signals.appeal_answered.connect(signal_handlers.write_about_appeal)
        signals.news_left.connect(signal_handlers.write_news)
