"""The app: only wires."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    """Consultations and hearings."""

    name = "forum"
    verbose_name = _("Consultations and hearings")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to Wagtail."""
        from django.db.models.signals import pre_save
        from wagtail.models import Revision
        from wagtail.signals import page_published, pre_page_move

        from forum import signal_handlers, tellers
        from moderation.signals import news_due

        page_published.connect(signal_handlers.page_was_published)
        pre_page_move.connect(signal_handlers.page_will_move)
        pre_save.connect(signal_handlers.page_is_stored)
        pre_save.connect(signal_handlers.revision_is_stored, sender=Revision)
        news_due.connect(signal_handlers.pages_reach_stages)
        tellers.register()
        forget_where_pictures_were_taken()


def forget_where_pictures_were_taken() -> None:
    """Let no resized picture carry what the camera wrote: place, time, owner.

    Willow copies it from the original, and has no switch for it. The picture has been
    turned upright by then.
    """
    from willow.plugins.pillow import PillowImage

    def nothing(picture: PillowImage) -> None:
        picture.image.info.pop("comment", None)

    PillowImage.get_exif_data = nothing
