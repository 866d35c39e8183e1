import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from deliberation.models import EarlierVote, PackedVotes, Vote
from deliberation.services import results, votes
from moderation.choices import Act, ContentStatus, Erasure, FlagReason
from moderation.models import Flag, Notice, Participant
from moderation.queries import personal_data, register
from moderation.services import appeals, erasure, flags, retention, review
from tests.factories.deliberation import StatementFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HIDE = {
    "act": Act.HIDE,
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
    "facts": "It calls the mayor a name.",
}


@pytest.fixture
def ida():
    return ParticipantFactory(with_account=True, pseudonym="Ida Quagga")


def erase(person, now):
    erasure.ask(participant=person, now=now)
    assert erasure.carry_out_due(now=now + DAY) == 1
    person.refresh_from_db()


def hide(note, now):
    return review.decide(content=note, decided_by=ModeratorFactory(), now=now, **HIDE)


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


class TestOnesOwnData:
    def test_is_all_there(self, ida, now):
        note = NoteFactory(author=ida, text="A bench for the narwhal")
        hide(note, now)
        votes.cast(
            statement=StatementFactory(text="More axolotls."), participant=ida,
            stance=1, now=timezone.now(),
        )  # fmt: skip
        data = json.dumps(personal_data.collect(ida), default=str)
        for part in ("narwhal", "axolotl", ida.account.email, "calls the mayor"):
            assert part in data

    def test_has_what_a_report_says_and_is_about(self, ida, now):
        note = NoteFactory()
        flags.raise_by_person(
            content=note, reporter=ida, reason=FlagReason.ILLEGAL, text="It is theft.",
            legal_ground="Penal Code, section 242", good_faith=True, now=now,
        )  # fmt: skip
        (report,) = personal_data.collect(ida)["reports"]
        assert report["legal_ground"] == "Penal Code, section 242"
        assert report["about"]

    def test_names_the_contribution_that_each_decision_is_about(self, ida, now):
        note = NoteFactory(author=ida)
        decision = hide(note, now)
        data = personal_data.collect(ida)
        assert data["decisions"][0]["about"] == data["contributions"][0]["url"]
        assert data["decisions"][0]["receipt"] == decision.receipt

    def test_says_how_the_account_stands(self, ida, now):
        Participant.objects.filter(pk=ida.pk).update(
            suspended_until=now, slowed_until=now, reports_warned_at=now, agreed_at=now
        )
        ida.refresh_from_db()
        erasure.ask(participant=ida, now=now)
        person = personal_data.collect(ida)["participant"]
        assert person["suspended_until"] == person["slowed_until"] == now
        assert person["warned_about_reports"] == person["agreed_to_rules"] == now
        assert person["erasure_due"] == now + DAY

    def test_is_in_words_on_the_page(self, client, ida, now):
        hide(NoteFactory(author=ida), now)
        client.force_login(ida.account)
        page = client.get(reverse("moderation:my_data")).content.decode()
        assert "Against the house rules" in page or "against the house rules" in page
        for code in ("DECISION_GROUND", "AUTOMATED_", "created_at", "is_guest"):
            assert code not in page

    def test_is_a_page_and_a_file_for_its_owner_only(self, client, ida):
        """Known holes, row 4."""
        NoteFactory(author=ida, text="A bench for the <b>narwhal</b>")
        names = ("my_data", "my_data_json", "erase")
        paths = [reverse(f"moderation:{name}") for name in names]
        for path in paths:
            assert client.get(path).status_code == 404
        client.force_login(ida.account)
        for path in paths:
            response = client.get(path)
            assert response.status_code == 200
            assert "no-store" in response["Cache-Control"]
        page = client.get(paths[0]).content.decode()
        assert "&lt;b&gt;narwhal" in page
        found = client.get(paths[1]).json()
        assert found["contributions"][0]["text"] == "A bench for the <b>narwhal</b>"
        client.force_login(ParticipantFactory(with_account=True).account)
        assert "narwhal" not in client.get(paths[0]).content.decode()

    def test_costs_the_same_for_one_and_for_thirty(
        self, ida, django_assert_max_num_queries
    ):
        NoteFactory.create_batch(30, author=ida)
        with django_assert_max_num_queries(24):
            personal_data.collect(ida)

    def test_is_erased_and_kept_by_its_owners_buttons(self, client, ida):
        path = reverse("moderation:erase")
        client.force_login(ida.account)
        client.post(path, {"erase": "1"})
        ida.refresh_from_db()
        assert ida.erasure_due_at
        assert "will be erased" in client.get(reverse("moderation:me")).content.decode()
        client.post(path, {"keep": "1"})
        ida.refresh_from_db()
        assert ida.erasure_due_at is None

    def test_is_read_and_erased_by_the_api(self, client, ida):
        NoteFactory(author=ida, text="A bench for the narwhal")
        for method, path in (("get", "data"), ("post", "erasure")):
            assert getattr(client, method)(f"/api/v1/me/{path}").status_code == 401
        client.force_login(ida.account)
        answer = client.get("/api/v1/me/data")
        assert answer["Cache-Control"] == "no-store"
        assert answer.json()["contributions"][0]["text"] == "A bench for the narwhal"
        assert client.post("/api/v1/me/erasure").json()["due_at"]
        assert client.delete("/api/v1/me/erasure").json() == {"due_at": None}
        client.force_login(ModeratorFactory())
        assert client.post("/api/v1/me/erasure").status_code == 404
