"""The site's addresses, and two floors: insert one row, select one row."""

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from deliberation.models import EarlierVote, Statement
from moderation.models import Participant


@csrf_exempt
def insert(request: HttpRequest, poll: int) -> JsonResponse:
    statement = Statement.objects.filter(poll=poll).first()
    participant = Participant.objects.first()
    with transaction.atomic():
        row = EarlierVote.objects.create(
            poll_id=poll,
            statement=statement,
            participant=participant,
            stance=0,
            cast_at=timezone.now(),
        )
    return JsonResponse({"id": row.pk})


def select(request: HttpRequest, poll: int) -> JsonResponse:
    statement = Statement.objects.filter(poll=poll).first()
    return JsonResponse({"text": statement.text})


urlpatterns = [
    path("floor/insert/<int:poll>/", insert),
    path("floor/select/<int:poll>/", select),
    path("", include("home.urls")),
]
