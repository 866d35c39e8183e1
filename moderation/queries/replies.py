"""Reasons that were written once and are used often."""

from django.conf import settings

from moderation.models import SavedReply


def for_language(language: str) -> list[SavedReply]:
    """Return the replies for each rule, in a language where there are any in it.

    Rules without a reply in that language have those of the site's language.
    """
    known = SavedReply.objects.filter(language__in=[language, settings.LANGUAGE_CODE])
    found = list(known.order_by("rule_id", "title", "pk"))
    spoken = {reply.rule_id for reply in found if reply.language == language}
    return [
        reply
        for reply in found
        if reply.language == language or reply.rule_id not in spoken
    ]
