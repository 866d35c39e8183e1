"""What people add to a poll themselves, change and withdraw."""

import pytest
from django.urls import reverse

from deliberation.models import Statement, Vote
from moderation.choices import ContentStatus
from tests.factories.deliberation import PollFactory, StatementFactory, VoteFactory
from tests.factories.moderation import PolicyFactory

pytestmark = pytest.mark.django_db


def path(name, poll, *more):
    return reverse(f"deliberation:{name}", args=[poll.pk, *more])


class TestSubmitting:
    def submit(self, client, poll, text, **more):
        data = {"text": text, "language": "en", **more}
        return client.post(path("poll_submit", poll), data, follow=True)

    def test_adds_a_statement_for_others(self, client, poll, me):
        page = self.submit(client, poll, "Trams should\nrun at night.")
        statement = Statement.objects.get()
        assert (statement.text, statement.author) == ("Trams should run at night.", me)
        assert "Others can vote on it now." in page.content.decode()

    def test_takes_a_tick_under_the_rules_before_the_first(self, client, poll, me):
        me.agreed_at = None
        me.save()
        page = self.submit(client, poll, "Trams should run at night.")
        assert page.status_code == 422
        html = page.content.decode()
        assert "Trams should run at night.</textarea>" in html
        assert 'name="agreed"' in html
        assert not Statement.objects.exists()
        page = self.submit(client, poll, "Trams should run at night.", agreed="on")
        assert Statement.objects.get().author == me
        assert 'name="agreed"' not in page.content.decode()

    def test_has_the_rules_at_the_field(self, client, poll, me):
        html = client.get(path("poll", poll)).content.decode()
        assert '<ul class="fm-rules" id="own-rules"' in html
        assert 'aria-describedby="own-rules id_text_helptext"' in html

    def test_is_held_where_everything_is_reviewed_first(self, client, me):
        poll = PollFactory(policy=PolicyFactory(reviewing_first=True, lenient=True))
        page = self.submit(client, poll, "Trams should run at night.")
        assert Statement.objects.get().status == ContentStatus.HELD
        assert "once a moderator has read it" in page.content.decode()

    def test_of_too_long_a_text_gives_it_back(self, client, poll, me):
        text = "Trams " * 100
        page = self.submit(client, poll, text)
        assert page.status_code == 422
        assert "too long" in page.content.decode()
        assert "Trams Trams" in page.content.decode()
        assert not Statement.objects.exists()

    def test_follows_the_polls_own_limit(self, client, me):
        poll = PollFactory(statement_maximum=400, policy=PolicyFactory(lenient=True))
        self.submit(client, poll, "a" * 399)
        assert Statement.objects.count() == 1

    def test_of_what_is_there_already_names_it(self, client, poll, me):
        StatementFactory(poll=poll, text="Trams should run at night.")
        page = self.submit(client, poll, "TRAMS should run at night.", anyway="1")
        assert page.status_code == 409
        assert "as statement 0" in page.content.decode()

    def test_sent_twice_adds_one(self, client, poll, me):
        for _ in range(2):
            page = self.submit(client, poll, "Trams should run at night.")
        assert Statement.objects.count() == 1
        assert page.status_code == 200

    @pytest.mark.parametrize("text", ["", "   ", "\x00", "\u200b"])
    def test_of_nothing_is_refused_in_words(self, client, poll, me, text):
        page = self.submit(client, poll, text)
        assert page.status_code == 422
        assert not Statement.objects.exists()

    def test_of_a_bomb_is_refused_in_words(self, client, poll, me):
        assert self.submit(client, poll, "x" * 100_000).status_code == 422

    def test_in_no_known_language_is_refused_in_words(self, client, poll, me):
        page = self.submit(client, poll, "Trams.", language="klingon")
        assert page.status_code == 422

    def test_is_not_offered_where_only_the_city_asks(self, client, me):
        poll = PollFactory(residents_may_submit=False)
        assert "own" not in client.get(path("poll", poll)).context
        page = self.submit(client, poll, "Trams should run at night.")
        assert page.status_code == 403


class TestOnesOwnStatement:
    def test_is_shown_without_answers_to_press(self, client, poll, me):
        mine = StatementFactory(poll=poll, author=me)
        page = client.get(path("poll", poll), {"statement": mine.number})
        html = page.content.decode()
        assert "This statement is your own: others vote on it." in html
        assert "Go on voting" in html
        assert 'name="stance"' not in html

    def test_is_withdrawn_from_the_list_of_ones_votes(self, client, poll, me):
        mine = StatementFactory(poll=poll, author=me)
        VoteFactory(statement=mine)
        assert mine.text in client.get(path("poll_votes", poll)).content.decode()
        page = client.post(
            reverse("deliberation:withdraw_statement", args=[mine.pk]), follow=True
        )
        html = page.content.decode()
        assert "Your statement is withdrawn." in html
        assert mine.text not in html
        mine.refresh_from_db()
        assert mine.status == ContentStatus.WITHDRAWN
        assert Vote.objects.count() == 1

    def test_is_replaced_by_one_with_better_words(self, client, poll, me):
        mine = StatementFactory(poll=poll, author=me, text="Trams shuold run at night.")
        VoteFactory(statement=mine)
        link = f"?reword={mine.pk}#own"
        assert link in client.get(path("poll_votes", poll)).content.decode()
        asked = client.get(path("poll", poll), {"reword": mine.pk}).content.decode()
        assert "takes the place of your statement" in asked
        assert f'name="replaces" value="{mine.pk}"' in asked
        data = {"text": "Trams should run at night.", "language": "en"}
        client.post(path("poll_submit", poll), data | {"replaces": mine.pk})
        new = Statement.objects.get(replaces=mine)
        mine.refresh_from_db()
        assert (new.text, mine.status) == (data["text"], ContentStatus.WITHDRAWN)
        assert mine.text == "Trams shuold run at night."

    def test_stands_where_the_better_words_are_refused(self, client, poll, me):
        mine = StatementFactory(poll=poll, author=me)
        data = {"text": "Trams " * 100, "language": "en", "replaces": mine.pk}
        page = client.post(path("poll_submit", poll), data)
        mine.refresh_from_db()
        assert (page.status_code, mine.is_public) == (422, True)
        assert f'name="replaces" value="{mine.pk}"' in page.content.decode()

    @pytest.mark.parametrize("whose", ["another's", "hidden", "withdrawn", "elsewhere"])
    def test_alone_is_replaced_and_only_while_it_stands(self, client, poll, me, whose):
        more = {"another's": {}, "elsewhere": {"author": me, "poll": PollFactory()}}
        other = StatementFactory(
            **{"poll": poll} | more.get(whose, {"author": me, whose: True})
        )
        data = {"text": "Buses.", "language": "en", "replaces": other.pk}
        assert client.post(path("poll_submit", poll), data).status_code == 404
        assert client.get(path("poll", poll), {"reword": other.pk}).status_code == 404
        assert not Statement.objects.filter(replaces=other).exists()

    @pytest.mark.parametrize("state", ["hidden", "withdrawn"])
    def test_is_not_listed_once_it_is_gone(self, client, poll, me, state):
        gone = StatementFactory(poll=poll, author=me, **{state: True})
        assert gone.text not in client.get(path("poll_votes", poll)).content.decode()

    def test_that_is_hidden_stays_so(self, client, poll, me):
        hidden = StatementFactory(poll=poll, author=me, hidden=True)
        client.post(reverse("deliberation:withdraw_statement", args=[hidden.pk]))
        hidden.refresh_from_db()
        assert hidden.status == ContentStatus.HIDDEN

    def test_is_nobody_elses_to_withdraw(self, client, poll, me):
        """Known holes, row 6: whoever is not the author."""
        other = StatementFactory(poll=poll)
        address = reverse("deliberation:withdraw_statement", args=[other.pk])
        assert client.post(address).status_code == 404
        api = f"/api/v1/statements/{other.pk}"
        assert client.delete(api).status_code in {403, 404}
        other.refresh_from_db()
        assert other.is_public

    def test_can_be_withdrawn_by_the_api(self, guest, poll):
        body = {"text": "More trees on the square.", "language": "en"}
        posted = guest.call("POST", f"/polls/{poll.pk}/statements", body)
        first = Statement.objects.get()
        assert posted.status_code in {201, 202}
        body |= {"text": "More lime trees on the square.", "replaces": first.pk}
        guest.call("POST", f"/polls/{poll.pk}/statements", body)
        own = Statement.objects.get(replaces=first)
        again = guest.call(
            "POST", f"/polls/{poll.pk}/statements", body | {"text": "X."}
        )
        assert again.status_code == 404
        assert guest.call("DELETE", f"/statements/{own.pk}").status_code == 204
        own.refresh_from_db()
        assert own.status == ContentStatus.WITHDRAWN
