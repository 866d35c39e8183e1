"""The site's addresses, and floors: insert one row, select one row.

Two know nobody; two ask first who calls, as every view for people must.
"""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from deliberation.models import EarlierVote, Statement
from moderation.api.caller import anyone


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


@csrf_exempt
def known_insert(request: HttpRequest, poll: int, statement: int) -> JsonResponse:
    return insert(request, poll, statement, anyone(request).participant.pk)


def known_select(request: HttpRequest, statement: int) -> JsonResponse:
    anyone(request)
    return select(request, statement)


urlpatterns = [
    path("floor/insert/<int:poll>/<int:statement>/", known_insert),
    path("floor/known-select/<int:statement>/", known_select),
    path("floor/insert/<int:poll>/<int:statement>/<int:who>/", insert),
    path("floor/select/<int:statement>/", select),
    path("", include("home.urls")),
]
