"""Questions that a city asks, and people who answer them."""

from deliberation.choices import QuestionKind
from deliberation.models import Answer, Option
from deliberation.services import questions
from tests.factories.deliberation import PageFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory


def ask(kind=QuestionKind.SINGLE, **more):
    fields = {
        "page": PageFactory(),
        "title": "When should the library open?",
        "kind": kind,
        "options": ["At eight", "At nine", "At ten"],
        "opens_at": None,
        "closes_at": None,
        "policy": PolicyFactory(for_guests=True),
    }
    return questions.open_on(**fields | more)


def ids(question):
    found = Option.objects.filter(question=question).order_by("sort_order")
    return list(found.values_list("pk", flat=True))


def answered(question, number, place=0):
    for voter in ParticipantFactory.create_batch(number):
        Answer.objects.create(
            question=question,
            option_id=ids(question)[place],
            participant=voter,
            cast_at="2026-05-01T09:00Z",
        )
