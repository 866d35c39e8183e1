"""What comes on paper and by phone: typed in, marked, counted, followed by a code."""

import pytest
from django.test import Client
from django.urls import reverse

from deliberation.models import Comment
from deliberation.queries import figures
from deliberation.services import entries
from deliberation.services.discussions import Closed
from moderation.models import Participant
from moderation.services.admission import Refused
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import AccountFactory, PolicyFactory

pytestmark = pytest.mark.django_db
LETTER = "I am 84 and have no computer. Please keep the bench by the bakery."


@pytest.fixture
def discussion():
    # Not even guests may write here: whoever is typed in is no stranger.
    return DiscussionFactory(policy=PolicyFactory(guests_may_comment=False))


@pytest.fixture
def editor():
    return AccountFactory(is_superuser=True, is_staff=True)


@pytest.fixture
def enter(discussion, editor, now):
    def _enter(raw=LETTER, **other):
        given = {"discussion": discussion, "by": editor, "channel": "paper"}
        return entries.enter(raw=raw, language="en", now=now, **given | other)

    return _enter


class TestAnEntry:
    def test_is_public_and_marked_with_its_way(self, enter, client, discussion):
        comment, _code = enter()
        assert (comment.channel, comment.is_public) == ("paper", True)
        html = client.get(reverse("deliberation:discussion", args=[discussion.pk]))
        assert '<span class="fm-tag">on paper</span>' in html.content.decode()
        api = client.get(f"/api/v1/comments/{comment.pk}").json()
        assert api["channel"] == "paper"

    def test_passes_the_same_rules(self, enter):
        with pytest.raises(Refused) as refused:
            enter("x" * 6001)
        assert refused.value.findings[0].rule == "length"
        assert not Participant.objects.exists()

    def test_is_no_way_around_the_close(self, enter):
        with pytest.raises(Closed):
            enter(discussion=DiscussionFactory(closed=True))

    def test_is_nobodys_but_an_editors(self, enter):
        with pytest.raises(entries.NotForYou):
            enter(by=AccountFactory())

    @pytest.mark.parametrize("channel", ["online", "pigeon", ""])
    def test_says_how_it_came(self, enter, channel):
        with pytest.raises(entries.NoChannel) as refused:
            enter(channel=channel)
        assert refused.value.text == LETTER

    def test_is_counted_in_the_figures(self, enter, client, discussion):
        CommentFactory(discussion=discussion)
        enter(channel="phone")
        found = figures.of(discussion)
        assert found.channels == (("online", 1), ("phone", 1))
        path = reverse("deliberation:figures", args=[discussion.pk])
        html = client.get(path).content.decode()
        assert "1 comment came on paper, by phone or in person" in html
        assert "Comments that came in by phone" in html
        assert "Comments written online" in html
        api = client.get(f"/api/v1/discussions/{discussion.pk}/figures").json()
        assert {"channel": "phone", "comments": 1} in api["channels"]

    def test_has_an_author_of_its_own(self, enter):
        authors = {enter(f"{LETTER} {n}")[0].author_id for n in range(5)}
        assert len(authors) == 5


class TestTheCode:
    def test_opens_what_became_of_it(self, enter, client):
        comment, code = enter()
        path = reverse("deliberation:receipt")
        typed = code.lower().replace("-", " ")
        mine = client.post(path, {"code": typed}, follow=True)
        assert mine.redirect_chain[0][0] == reverse("moderation:me")
        assert comment.author.pseudonym in mine.content.decode()

    def test_lets_the_person_withdraw(self, enter, client):
        comment, code = enter()
        client.post(reverse("deliberation:receipt"), {"code": code})
        client.post(reverse("deliberation:withdraw_comment", args=[comment.pk]))
        comment.refresh_from_db()
        assert comment.status == "withdrawn"

    def test_is_stored_as_a_hash(self, enter):
        comment, code = enter()
        assert code not in str(vars(comment.author))

    @pytest.mark.parametrize("code", ["K7QF-29MX-T4RD", "x", "' OR 1=1", "\u0000"])
    def test_is_not_guessed(self, enter, client, code):
        enter()
        wrong = client.post(reverse("deliberation:receipt"), {"code": code})
        assert wrong.status_code == 400

    def test_is_not_found_by_trying(self, client, enter):
        _comment, code = enter()
        path = reverse("deliberation:receipt")
        for _ in range(20):
            client.post(path, {"code": "K7QF-29MX-T4RD"})
        assert client.post(path, {"code": code}).status_code == 400


class TestTheDesk:
    def test_takes_an_entry_and_shows_the_code_once(self, client, editor, discussion):
        client.force_login(editor)
        listed = client.get(reverse("deliberation_admin:entries")).content.decode()
        path = reverse("deliberation_admin:enter", args=[discussion.pk])
        assert path in listed
        typed = {"channel": "paper", "text": LETTER, "language": "en"}
        html = client.post(path, typed).content.decode()
        code = html.split("<code>")[1].split("</code>")[0]
        assert entries.holder_of(code)[0] == Comment.objects.get().author

    def test_keeps_what_was_typed(self, client, editor, discussion):
        client.force_login(editor)
        path = reverse("deliberation_admin:enter", args=[discussion.pk])
        refused = client.post(path, {"text": LETTER, "language": "en"})
        assert refused.status_code == 400
        assert LETTER in refused.content.decode()

    def test_is_not_for_residents(self, discussion):
        resident = Client()
        resident.force_login(AccountFactory())
        path = reverse("deliberation_admin:enter", args=[discussion.pk])
        assert resident.get(path).status_code in {302, 403}
