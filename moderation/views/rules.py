"""The house rules in the words in force, and in those before."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from moderation.queries import house_rules


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show every rule with its version and date, in one language of the site."""
    names = dict(settings.LANGUAGES)
    asked = request.GET.get("language", "")
    reading = get_language() or settings.LANGUAGE_CODE
    written = house_rules.languages()
    language = next((each for each in (asked, reading) if each in written), "")
    language = language or (written[0] if written else reading)
    context = {
        "rules": house_rules.wordings(language),
        "own": () if written else house_rules.catalogue(reading),
        "language": language,
        "languages": [(each, names.get(each, each)) for each in written],
    }
    return render(request, "moderation/rules.html", context)
