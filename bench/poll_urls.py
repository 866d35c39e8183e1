"""The site's addresses, and two floors: insert one row, select one row."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from deliberation.models import EarlierVote, Statement


@csrf_exempt
def insert(request: HttpRequest, poll: int, statement: int, who: int) -> JsonResponse:
    row = EarlierVote.objects.create(
        poll_id=poll,
        statement_id=statement,
        participant_id=who,
        stance=0,
        cast_at=timezone.now(),
    )
    return JsonResponse({"id": row.pk})


def select(request: HttpRequest, statement: int) -> JsonResponse:
    return JsonResponse({"text": Statement.objects.get(pk=statement).text})


urlpatterns = [
    path("floor/insert/<int:poll>/<int:statement>/<int:who>/", insert),
    path("floor/select/<int:statement>/", select),
    path("", include("home.urls")),
]
