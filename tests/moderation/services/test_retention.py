from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from moderation.choices import Act, ContentStatus, FlagReason
from moderation.models import Flag
from moderation.services import appeals, erasure, flags, retention, review
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead
from tests.moderation.acts import hide

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def ida():
    return ParticipantFactory(with_account=True, pseudonym="Ida Quagga")


class TestRetention:
    def test_removes_hidden_texts_when_their_time_is_over(self, now):
        note = NoteFactory(text="You pangolin")
        hide(note, now)
        assert retention.keep(now=now + 199 * DAY) == 0
        assert retention.keep(now=now + 201 * DAY) == 1
        assert retention.keep(now=now + 202 * DAY) == 0
        note.refresh_from_db()
        assert (note.text, note.status) == ("", ContentStatus.HIDDEN)

    def test_waits_for_the_answer_to_an_appeal(self, now):
        note = NoteFactory()
        decision = hide(note, now)
        appeals.raise_by_author(decision=decision, text="Why?", now=now + 180 * DAY)
        assert retention.keep(now=now + 300 * DAY) == 0

    def test_takes_the_words_of_an_answered_appeal_along(self, now):
        decision = hide(NoteFactory(text="You pangolin"), now)
        appeal = appeals.raise_by_author(
            decision=decision, text="“Pangolin” is praise.", now=now
        )
        appeals.answer(
            appeal=appeal, outcome="upheld", answer="It is not.", answered_by=lead(),
            now=now,
        )  # fmt: skip
        retention.keep(now=now + 201 * DAY)
        appeal.refresh_from_db()
        assert (appeal.text, appeal.answer) == ("", "It is not.")

    def test_cannot_be_undone_by_restoring(self, now):
        note = NoteFactory()
        hide(note, now)
        retention.keep(now=now + 201 * DAY)
        note.refresh_from_db()
        with pytest.raises(review.NotApplicable, match="removed"):
            review.decide(
                content=note, act=Act.RESTORE, decided_by=ModeratorFactory(), now=now
            )

    def test_forgets_who_reported_without_an_account(self, now):
        note = NoteFactory()
        flags.raise_by_person(
            content=note, name="Eve Narwhal", email="eve@example.org",
            reason=FlagReason.INSULT, text="Rude.", legal_ground="Narwhal Act", now=now,
        )  # fmt: skip
        hide(note, now)
        retention.keep(now=now + 184 * DAY)
        flag = Flag.objects.get()
        assert flag.legal_ground == ""
        assert "narwhal" not in flag.reporter_name.lower()
        assert flag.reporter_email.endswith("@erased.invalid")
        assert flag.text == ""

    def test_is_carried_out_by_a_command(self, ida, capsys):
        erasure.ask(participant=ida, now=timezone.now() - 2 * DAY)
        call_command("tidy")
        assert "erased: 1" in capsys.readouterr().out
