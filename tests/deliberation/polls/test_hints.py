import pytest
from django.urls import reverse

from deliberation.models import Statement
from deliberation.queries import hints
from tests.factories.deliberation import PollFactory, StatementFactory
from tests.factories.moderation import AccountFactory, ParticipantFactory, PolicyFactory


@pytest.mark.django_db
class TestSimilarStatements:
    def test_are_those_that_share_most(self):
        poll = PollFactory()
        near = StatementFactory(poll=poll, text="Night trams should run on weekends.")
        StatementFactory(poll=poll, text="The library needs more chairs.")
        found = hints.similar("Trams should run at night on weekends", poll=poll)
        assert found == (near,)

    def test_are_never_hidden_ones(self):
        poll = PollFactory()
        StatementFactory(poll=poll, text="Trams should run at night.", hidden=True)
        assert hints.similar("Trams should run at night.", poll=poll) == ()

    @pytest.mark.parametrize("text", ["", "?", "   ", "\u200b" * 9, "夜"])
    def test_of_nothing_are_none(self, text):
        assert hints.similar(text, poll=StatementFactory().poll) == ()


class TestOneIdea:
    @pytest.mark.parametrize(
        "text",
        [
            "Trams should run at night. Buses should be free.",
            "More benches; fewer cars.",
            "Straßenbahnen sollen nachts fahren! Busse sollen nichts kosten.",
            "路面電車は夜も走るべきだ。バスは無料に。",
            "Trams should run at night, and buses should be free.",
            "Die Bahn soll nachts fahren und Busse sollen nichts kosten.",
        ],
    )
    def test_is_missed_where_there_are_two(self, text):
        assert hints.has_two_ideas(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Trams should run at night.",
            "Trams should run at 3.30 a.m. on Sundays",
            "Shops, e.g. bakeries, may open early.",
            "Shops and bakeries should open early and close late.",
            "The council should decide what must be built.",
            "No!",
        ],
    )
    def test_is_seen_in_one_sentence(self, text):
        assert not hints.has_two_ideas(text)


@pytest.mark.django_db
class TestSubmittingWithHints:
    def test_asks_once_and_then_takes_it_as_it_is(self, client):
        account = AccountFactory()
        client.force_login(account)
        ParticipantFactory(account=account)
        poll = PollFactory(policy=PolicyFactory(lenient=True))
        StatementFactory(poll=poll, text="Night trams should run on weekends.")
        path = reverse("deliberation:poll_submit", args=[poll.pk])
        data = {"text": "Trams should run at night on weekends", "language": "en"}
        page = client.post(path, data)
        html = page.content.decode()
        assert "These are in the poll already." in html
        assert "Trams should run at night on weekends" in html
        assert Statement.objects.count() == 1
        client.post(path, data | {"anyway": "1"})
        assert Statement.objects.count() == 2

    def test_says_before_and_once_what_the_rules_hint_at(self, client):
        account = AccountFactory()
        client.force_login(account)
        ParticipantFactory(account=account)
        poll = PollFactory()
        path = reverse("deliberation:poll_submit", args=[poll.pk])
        client.cookies["django_language"] = "en"
        data = {"text": "Das planen doch alles Idioten, ruft 0170 1234567 an."}
        page = client.post(path, data | {"language": ""})
        html = page.content.decode()
        assert "Could you put this more calmly?" in html
        assert "telephone number" in html
        assert not Statement.objects.exists()
        data["anyway"] = page.context["hints"].shown
        assert f'name="anyway" value="{data["anyway"]}"' in html
        html = client.post(path, data, follow=True).content.decode()
        assert Statement.objects.get().language == "de"
        assert "Could you put this more calmly?" not in html

    def test_can_be_read_over_the_api(self, client):
        poll = StatementFactory(text="Trams should run at night.").poll
        path = f"/api/v1/polls/{poll.pk}/hints"
        told = client.get(
            path, {"text": "Trams should run at night. And buses."}
        ).json()
        assert told["has_two_ideas"]
        assert len(told["similar"]) == 1
        assert client.get(path, {"text": "x" * 9_000}).status_code == 422
        assert client.get(path).status_code == 422
