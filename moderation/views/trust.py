"""How the forum comes to trust people, for everybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from moderation.choices import Standing
from moderation.queries import policies
from moderation.queries.reporters import BASE
from moderation.services import flags, interim, reporters


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the thresholds that are in force."""
    context = {
        "policy": policies.site_policy(),
        "weights": [(Standing(key).label, weight) for key, weight in BASE.items()],
        "enough_trusted": interim.ENOUGH_TRUSTED,
        "hours": int(interim.LASTS.total_seconds() // 3600),
        "many": reporters.MANY,
        "limited_to": reporters.LIMITED_TO,
        "most_a_day": flags.MOST_A_DAY,
    }
    return render(request, "moderation/trust.html", context)
