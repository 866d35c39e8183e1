import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from deliberation.models import EarlierVote, PackedVotes, Vote
from deliberation.services import results, votes
from moderation.choices import ContentStatus, Erasure, FlagReason
from moderation.models import Flag, Notice, Participant
from moderation.queries import register
from moderation.services import erasure, flags
from tests.factories.deliberation import StatementFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory
from tests.factories.notes import ModeratorFactory, NoteFactory
from tests.moderation.acts import hide

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def ida():
    return ParticipantFactory(with_account=True, pseudonym="Ida Quagga")


def erase(person, now):
    erasure.ask(participant=person, now=now)
    assert erasure.carry_out_due(now=now + DAY) == 1
    person.refresh_from_db()


class TestAskingForErasure:
    def test_leaves_a_day_to_think(self, ida, now):
        erasure.ask(participant=ida, now=now)
        assert erasure.carry_out_due(now=now + DAY - timedelta(seconds=1)) == 0
        assert erasure.carry_out_due(now=now + DAY) == 1
        assert erasure.carry_out_due(now=now + DAY) == 0

    def test_twice_does_not_put_it_off(self, ida, now):
        erasure.ask(participant=ida, now=now)
        erasure.ask(participant=ida, now=now + DAY / 2)
        assert ida.erasure_due_at == now + DAY

    def test_can_be_taken_back(self, ida, now):
        erasure.ask(participant=ida, now=now)
        erasure.cancel(participant=ida)
        assert erasure.carry_out_due(now=now + 2 * DAY) == 0
        ida.refresh_from_db()
        assert ida.account

    def test_is_confirmed_by_letter(self, ida, now, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            erasure.ask(participant=ida, now=now)
        (letter,) = mail.outbox
        assert letter.to == [ida.account.email]
        assert "/me/" in letter.body

    def test_is_refused_to_those_who_work_for_the_city(self, now):
        moderator = ParticipantFactory(account=ModeratorFactory())
        with pytest.raises(erasure.CannotErase, match="works for the city"):
            erasure.ask(participant=moderator, now=now)


class TestErasure:
    def test_leaves_no_trace_of_the_person(self, ida, now):
        email = ida.account.email
        Notice.objects.create(participant=ida, title="Hello Ida", created_at=now)
        erase(ida, now)
        assert not get_user_model().objects.filter(email=email).exists()
        assert not Notice.objects.exists()
        told = json.dumps(
            list(Participant.objects.filter(pk=ida.pk).values()), default=str
        )
        assert "Quagga" not in told
        assert "quagga" not in told
        assert ida.erased_at == now + DAY

    @pytest.mark.parametrize("kind", ["held", "hidden", "withdrawn", None])
    def test_removes_texts(self, ida, now, kind):
        note = NoteFactory(author=ida, **({kind: True} if kind else {}))
        erase(ida, now)
        note.refresh_from_db()
        assert note.text == note.html == ""
        hidden = kind == "hidden"
        assert note.status == (
            ContentStatus.HIDDEN if hidden else ContentStatus.WITHDRAWN
        )

    def test_keeps_what_was_public_without_a_name_if_the_policy_says_so(self, ida, now):
        PolicyFactory(is_default=True, erasure=Erasure.ANONYMISE)
        public, held = NoteFactory(author=ida), NoteFactory(author=ida, held=True)
        erase(ida, now)
        public.refresh_from_db()
        held.refresh_from_db()
        assert public.text
        assert public.is_public
        assert public.author.pseudonym == "Former participant"
        assert held.text == ""

    def test_leaves_the_contributions_of_others_alone(self, ida, now):
        other = NoteFactory()
        NoteFactory(author=ida)
        erase(ida, now)
        other.refresh_from_db()
        assert other.text
        assert other.is_public

    def test_lets_two_people_go(self, ida, now):
        erase(ida, now)
        erase(ParticipantFactory(guest_token="token"), now)

    def test_removes_the_words_of_reports_but_not_that_there_was_one(self, ida, now):
        flags.raise_by_person(
            content=NoteFactory(), reporter=ida, reason=FlagReason.INSULT,
            text="My name is Quagga.", legal_ground="It libels me, Quagga.", now=now,
        )  # fmt: skip
        erase(ida, now)
        flag = Flag.objects.get()
        assert flag.text == flag.legal_ground == ""

    def test_takes_the_address_out_of_the_logs_of_the_admin(self, ida, now):
        for known in (ida, ida.account):
            log(instance=known, action="wagtail.edit")
        email = ida.account.email
        erase(ida, now)
        labels = set(ModelLogEntry.objects.values_list("label", flat=True))
        assert not labels & {email, "Ida Quagga"}

    def test_keeps_the_register_whole(self, ida, now):
        hide(NoteFactory(author=ida), now)
        before = register.head()
        erase(ida, now)
        assert register.head() == before
        assert register.verify().is_whole

    def test_takes_votes_out_of_results_computed_later(
        self, ida, now, django_capture_on_commit_callbacks
    ):
        statement = StatementFactory()
        for voter in (ida, ParticipantFactory()):
            for stance in (-1, 1):
                votes.cast(
                    statement=statement, participant=voter, stance=stance,
                    now=timezone.now(),
                )  # fmt: skip
        poll = statement.poll
        assert results.refresh(poll=poll, now=now).votes == 2
        assert PackedVotes.objects.exists()
        with django_capture_on_commit_callbacks(execute=True):
            erase(ida, now)
        assert Vote.objects.count() == EarlierVote.objects.count() == 1
        assert poll.snapshots.order_by("-pk").first().votes == 1
