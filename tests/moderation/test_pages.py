import csv
import io
import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from moderation import contents
from moderation.choices import Act, ContentStatus, FlagReason
from moderation.identity import GUEST_COOKIE
from moderation.models import Appeal, Decision, Flag, Notice, RegisterEntry
from moderation.queries import register
from moderation.queries.appeals import due_at
from moderation.services import appeals, flags, review
from tests.factories.moderation import ParticipantFactory, PolicyFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead
from tests.moderation.civic import data

pytestmark = pytest.mark.django_db

REASONS = {
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
    "facts": "It calls the mayor a name.",
}


@pytest.fixture
def now():
    """Return the present: the pages look at the clock themselves."""
    return timezone.now()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Let what happens after a commit happen in this test as well."""
    with django_capture_on_commit_callbacks(execute=True):
        yield


def hide(note, now, by=None, **besides):
    return review.decide(
        content=note, act=Act.HIDE, decided_by=by or ModeratorFactory(), now=now,
        **REASONS, **besides,
    )  # fmt: skip


def flag_page(note):
    return reverse("moderation:flag", args=["note", note.pk])


def report_as_stranger(client, note, **fields):
    told = {
        "reason": "illegal",
        "text": "Libel",
        "name": "Ada",
        "email": "ada@example.org",
        "good_faith": "on",
    }
    return client.post(flag_page(note), {**told, **fields})


class TestTheReportForm:
    def test_shows_what_is_reported_and_asks_a_stranger_who_they_are(self, client):
        note = NoteFactory(text="<script>alert(1)</script>")
        page = client.get(flag_page(note)).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert 'name="email"' in page

    def test_asks_no_name_of_whoever_is_known(self, client):
        client.force_login(ParticipantFactory(with_account=True).account)
        assert (
            'name="email"' not in client.get(flag_page(NoteFactory())).content.decode()
        )

    def test_leads_somebody_known_to_their_receipt(self, client):
        note, reader = NoteFactory(), ParticipantFactory(with_account=True)
        client.force_login(reader.account)
        answer = client.post(flag_page(note), {"reason": "insult"}, follow=True)
        flag = Flag.objects.get()
        assert flag.reporter == reader
        assert flag.receipt in answer.content.decode()

    def test_knows_a_guest_by_their_token(self, client):
        guest = ParticipantFactory(guest_token="abc")
        client.cookies[GUEST_COOKIE] = "abc"
        client.post(flag_page(NoteFactory()), {"reason": "spam"})
        assert Flag.objects.get().reporter == guest

    def test_sends_a_stranger_the_receipt_by_letter_only(self, client, committed):
        answer = report_as_stranger(client, NoteFactory())
        flag = Flag.objects.get()
        assert answer.status_code == 302
        assert flag.receipt not in answer.url

    def test_is_answered_in_the_language_in_which_it_was_made(
        self, client, now, django_capture_on_commit_callbacks
    ):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
        note = NoteFactory()
        with django_capture_on_commit_callbacks(execute=True):
            report_as_stranger(client, note)
            hide(note, now)
        to_stranger = [m for m in mail.outbox if "example.org" in m.to[0]]
        received, answered = (
            m for m in to_stranger if m.to != [note.author.account.email]
        )
        assert "Meldung" in received.subject
        assert "gemeldet" in answered.body
        assert Flag.objects.get().language == "de"

    def test_does_not_tell_whether_an_address_has_reported_before(self, client):
        note = NoteFactory()
        first = report_as_stranger(client, note)
        second = report_as_stranger(client, note, name="Somebody else")
        assert (first.status_code, first.url) == (second.status_code, second.url)
        assert Flag.objects.count() == 1

    def test_gives_the_words_back_with_what_is_missing(self, client):
        answer = report_as_stranger(client, NoteFactory(), good_faith="")
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "Libel" in page
        assert "accurate and complete" in page
        assert not Flag.objects.exists()

    @pytest.mark.parametrize("trait", ["held", "hidden", "withdrawn", "secret"])
    def test_is_not_there_for_what_one_cannot_see(self, client, trait):
        note = NoteFactory(**{trait: True})
        assert client.get(flag_page(note)).status_code == 404
        assert report_as_stranger(client, note).status_code == 404

    def test_is_limited_for_guests_of_one_address(self, client):
        for number in range(12):
            ParticipantFactory(guest_token=f"guest-{number}")
            client.cookies[GUEST_COOKIE] = f"guest-{number}"
            client.post(flag_page(NoteFactory()), {"reason": "spam"})
        assert Flag.objects.count() == 10

    def test_is_limited_for_strangers_of_one_address(self, client, settings):
        for _number in range(10):
            report_as_stranger(client, NoteFactory())
        answer = report_as_stranger(
            client, NoteFactory(), headers={"X-Forwarded-For": "203.0.113.9"}
        )
        assert answer.status_code == 400
        assert Flag.objects.count() == 10


class TestTheReceipt:
    def test_says_how_the_report_stands(self, client, now):
        note, reader = NoteFactory(), ParticipantFactory()
        flag = flags.raise_by_person(
            content=note, reporter=reader, reason=FlagReason.INSULT, now=now
        )
        address = reverse("moderation:receipt", args=[flag.receipt])
        assert "Waiting" in client.get(address).content.decode()
        hide(note, now)
        page = client.get(address).content.decode()
        assert "What you reported was hidden" in page
        assert note.text not in page

    def test_gives_the_reasons_for_leaving_what_was_reported(self, client, now):
        note = NoteFactory()
        flag = flags.raise_by_person(
            content=note,
            reporter=ParticipantFactory(),
            reason=FlagReason.SPAM,
            now=now,
        )
        review.decide(
            content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now,
            facts="It asks for a market stall, it does not sell one.",
        )  # fmt: skip
        page = client.get(reverse("moderation:receipt", args=[flag.receipt]))
        assert "It asks for a market stall" in page.content.decode()

    def test_is_private(self, client, now):
        flag = flags.raise_by_person(
            content=NoteFactory(),
            reporter=ParticipantFactory(),
            reason=FlagReason.SPAM,
            now=now,
        )
        answer = client.get(reverse("moderation:receipt", args=[flag.receipt]))
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        unknown = reverse("moderation:receipt", args=["nonsense"])
        assert client.get(unknown).status_code == 404


class TestTheStatementOfReasons:
    def test_is_complete_for_whoever_holds_the_receipt(self, client, now):
        note = NoteFactory(text="You are a fool, <b>mayor</b>.")
        decision = hide(note, now)
        answer = client.get(reverse("moderation:decision", args=[decision.receipt]))
        page = answer.content.decode()
        assert "Insults and harassment have no place here" in page
        assert "It calls the mayor a name." in page
        assert "by a person" in page.lower()
        assert "You may appeal until" in page
        assert "&lt;b&gt;mayor" in page
        assert "no-store" in answer["Cache-Control"]

    def test_is_data_in_the_fields_of_the_dsa(self, client, now):
        decision = hide(NoteFactory(), now)
        address = reverse("moderation:decision_json", args=[decision.receipt])
        data = client.get(address).json()
        assert data["decision_ground"] == "DECISION_GROUND_INCOMPATIBLE_CONTENT"
        assert data["incompatible_content_explanation"] == REASONS["facts"]
        assert data["content_language"] == "EN"
        assert data["application_date"] == timezone.localdate().isoformat()
        assert data["puid"] == "decision-1"
        assert decision.receipt not in str(data)

    def test_of_nothing_is_not_found(self, client):
        for name in ("decision", "decision_json", "appeal"):
            address = reverse(f"moderation:{name}", args=["nonsense"])
            assert client.get(address).status_code == 404


class TestLetters:
    def test_tell_the_author_and_the_reporter_in_their_language(
        self, client, now, settings, django_capture_on_commit_callbacks
    ):
        note = NoteFactory()
        with django_capture_on_commit_callbacks(execute=True):
            report_as_stranger(client, note)
        (received,) = mail.outbox
        assert received.to == ["ada@example.org"]
        receipt = Flag.objects.get().receipt
        assert receipt in received.body
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            decision = hide(note, now)
        to_author, to_reporter = sorted(
            mail.outbox, key=lambda letter: letter.to != [note.author.account.email]
        )
        assert to_author.to == [note.author.account.email]
        assert "It calls the mayor a name." in to_author.body
        assert "Insults and harassment" in to_author.body
        assert decision.receipt in to_author.body
        assert f"> {note.text}" in to_author.body
        assert contents.of(note).context(note).place in to_author.body
        assert to_reporter.to == ["ada@example.org"]
        assert receipt in to_reporter.body
        assert decision.receipt not in to_reporter.body
        assert note.text not in to_reporter.body

    def test_do_not_go_to_accounts_that_were_closed(
        self, now, django_capture_on_commit_callbacks
    ):
        note = NoteFactory()
        note.author.account.is_active = False
        note.author.account.save()
        with django_capture_on_commit_callbacks(execute=True):
            hide(note, now)
        assert mail.outbox == []

    def test_cannot_flood_an_address_that_nobody_confirmed(
        self, now, django_capture_on_commit_callbacks
    ):
        notes = NoteFactory.create_batch(8)
        with django_capture_on_commit_callbacks(execute=True):
            for note in notes:
                flags.raise_by_person(
                    content=note, name="Eve", email="victim@example.org",
                    reason=FlagReason.SPAM, now=now,
                )  # fmt: skip
        assert len(mail.outbox) == 3
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            for note in notes:
                hide(note, now)
        to_victim = [each for each in mail.outbox if each.to == ["victim@example.org"]]
        assert len(to_victim) == 3


class TestMyPage:
    def test_invites_a_stranger_to_sign_in(self, client):
        page = client.get(reverse("moderation:me"))
        assert page.status_code == 200
        assert "Sign in" in page.content.decode()
        assert (
            client.post(reverse("moderation:me"), {"pseudonym": "x"}).status_code == 302
        )

    def test_shows_notices_and_what_one_wrote_even_if_hidden(self, client, now):
        note = NoteFactory(text="My own words")
        hide(note, now)
        client.force_login(note.author.account)
        answer = client.get(reverse("moderation:me"))
        page = answer.content.decode()
        assert "Your contribution was hidden" in page
        assert "My own words" in page
        assert "hidden" in page
        assert "no-store" in answer["Cache-Control"]

    def test_marks_notices_as_read(self, client, now):
        note = NoteFactory()
        hide(note, now)
        client.force_login(note.author.account)
        client.post(reverse("moderation:news"), {"read": "all"})
        assert Notice.objects.get().read_at

    def test_says_until_when_one_may_not_write_and_why(self, client, now):
        note = NoteFactory()
        decision = hide(note, now, besides="slow")
        client.force_login(note.author.account)
        page = client.get(reverse("moderation:me")).content.decode()
        assert "You can write once an hour until" in page
        assert reverse("moderation:decision", args=[decision.receipt]) in page
        review.decide(
            content=note, act=Act.RESTORE, decided_by=ModeratorFactory(), now=now
        )
        page = client.get(reverse("moderation:me")).content.decode()
        assert "How the forum knows you" in page
        told = page.split("How the forum knows you")[1].split("</section>")[0]
        assert "once an hour" not in told

    def test_changes_name_and_language(self, client):
        person = ParticipantFactory(with_account=True)
        client.force_login(person.account)
        client.post(
            reverse("moderation:me"), {"pseudonym": "Quiet Owl", "language": "de"}
        )
        person.refresh_from_db()
        assert (person.pseudonym, person.language) == ("Quiet Owl", "de")

    def test_makes_a_participant_of_an_account_that_has_none(self, client):
        account = ModeratorFactory()
        client.force_login(account)
        assert client.get(reverse("moderation:me")).status_code == 200
        client.post(
            reverse("moderation:me"), {"pseudonym": "Quiet Owl", "language": "en"}
        )
        account.refresh_from_db()
        assert account.participant.pseudonym == "Quiet Owl"

    def test_says_why_a_name_cannot_be_had(self, client):
        taken = ParticipantFactory(pseudonym="Quiet Owl", skeleton="quiet owl")
        person = ParticipantFactory(with_account=True)
        client.force_login(person.account)
        answer = client.post(
            reverse("moderation:me"), {"pseudonym": "Moderator", "language": "en"}
        )
        assert answer.status_code == 400
        person.refresh_from_db()
        assert person.pseudonym not in {"Moderator", taken.pseudonym}


class TestTheLetterToTheAuthor:
    def test_says_where_else_one_can_turn(
        self, now, django_capture_on_commit_callbacks
    ):
        PolicyFactory(is_default=True, redress="Ombudsman, 1 Town Square")
        with django_capture_on_commit_callbacks(execute=True):
            hide(NoteFactory(), now)
        body = mail.outbox[0].body
        assert "Ombudsman, 1 Town Square" in body
        assert "the courts are open to you" in body


class TestAnAppeal:
    def test_says_by_when_it_is_answered(self, client, now):
        decision = hide(NoteFactory(), now)
        appeal = appeals.raise_by_author(decision=decision, text="No.", now=now)
        page = client.get(reverse("moderation:decision", args=[decision.receipt]))
        until = date_format(timezone.localtime(due_at(appeal)), "DATE_FORMAT")
        assert f"They have until {until}" in page.content.decode()

    def test_goes_from_the_letter_to_the_return_of_the_text(
        self, client, now, django_capture_on_commit_callbacks
    ):
        note, first = NoteFactory(), ModeratorFactory()
        with django_capture_on_commit_callbacks(execute=True):
            hide(note, now, by=first)
        address = re.search(r"http\S+", mail.outbox[0].body)[0]
        path = "/" + address.split("/", 3)[3]
        page = client.get(path).content.decode()
        appeal_path = re.search(r'href="(\S+/appeal/)"', page)[1]
        assert client.get(appeal_path).status_code == 200
        answer = client.post(appeal_path, {"text": "It quotes the mayor."}, follow=True)
        assert "waits for somebody" in answer.content.decode()
        appeal = Appeal.objects.get()
        second = lead()
        client.force_login(second)
        desk = reverse("moderation_admin:appeal", args=[appeal.pk])
        client.post(desk, {"outcome": "overturned", "answer": "It is a quotation."})
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED
        client.logout()
        page = client.get(path).content.decode()
        assert "It is a quotation." in page

    def test_is_refused_the_second_time_with_the_words_given_back(self, client, now):
        decision = hide(NoteFactory(), now)
        path = reverse("moderation:appeal", args=[decision.receipt])
        client.post(path, {"text": "First"})
        answer = client.post(path, {"text": "Second"})
        assert answer.status_code == 400
        assert "Second" in answer.content.decode()
        assert Appeal.objects.count() == 1


class TestTheRegisterPage:
    def test_shows_decisions_without_text_or_person(self, client, now):
        note = NoteFactory(text="Dreadful words", author__pseudonym="Ida Heron")
        hide(note, now)
        page = client.get(reverse("moderation:register")).content.decode()
        assert "hidden" in page
        assert "Argue with the idea" in page
        assert "Dreadful" not in page
        assert "Ida Heron" not in page

    @pytest.mark.slow
    def test_pages_by_number(self, client, now):
        for note in NoteFactory.create_batch(52):
            review.decide(
                content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now
            )
        page = client.get(reverse("moderation:register")).content.decode()
        assert 'id="entry-52"' in page
        assert 'id="entry-2"' not in page
        older = re.search(
            r'href="(\?before=\d+)" *>|rel="next" href="(\?before=\d+)"', page
        )
        following = client.get(
            reverse("moderation:register") + older[2]
        ).content.decode()
        assert 'id="entry-2"' in following
        assert 'id="entry-3"' not in following

    def test_says_how_long_something_had_waited(self, client, now):
        note = NoteFactory()
        flags.raise_by_person(
            content=note, reporter=ParticipantFactory(), reason=FlagReason.INSULT,
            now=now - timedelta(hours=3),
        )  # fmt: skip
        hide(note, now)
        page = client.get(reverse("moderation:register")).content.decode()
        assert "after 3 hours" in page

    def test_names_in_words_what_was_taken_back(self, client, now):
        decision = hide(NoteFactory(), now, besides="slow")
        review.decide(
            content=decision.content, act=Act.RESTORE, decided_by=ModeratorFactory(),
            now=now,
        )  # fmt: skip
        page = client.get(reverse("moderation:register")).content.decode()
        assert "slowing down taken back" in page
        assert not re.search(r"\bslow\b", page)

    def test_checks_every_line_if_asked(self, client, now):
        for _ in range(3):
            hide(NoteFactory(), now)
        address = reverse("moderation:register")
        assert "Check all lines now" in client.get(address).content.decode()
        page = client.get(address, {"check": "all"}).content.decode()
        assert "3 lines were checked" in page
        RegisterEntry.objects.filter(number=1).update(entry={"event": "decision"})
        cache.clear()
        page = client.get(address, {"check": "all", "before": "2"}).content.decode()
        assert "The register was changed" in page
        assert "Line 1:" in page

    def test_checks_every_line_once_and_not_at_every_visit(
        self, client, now, django_assert_max_num_queries
    ):
        hide(NoteFactory(), now)
        register.verify_lately()
        with django_assert_max_num_queries(1):
            assert register.verify_lately().is_whole

    def test_says_so_when_a_line_was_changed(self, client, now):
        hide(NoteFactory(), now)
        line = RegisterEntry.objects.get()
        line.entry["act"] = "keep"
        line.save()
        page = client.get(reverse("moderation:register")).content.decode()
        assert "The chain is broken" in page

    @pytest.mark.parametrize("name", ["register_json", "register_csv", "register_feed"])
    def test_can_be_downloaded_and_followed(self, client, now, name):
        decision = hide(NoteFactory(text="Dreadful words"), now)
        answer = client.get(reverse(f"moderation:{name}"))
        body = answer.getvalue().decode()
        assert decision.register_entries.get().hash in body
        assert "Dreadful" not in body
        assert decision.receipt not in body

    @pytest.mark.parametrize("name", ["register_json", "register_csv", "register_feed"])
    def test_can_be_downloaded_while_empty(self, client, name):
        assert client.get(reverse(f"moderation:{name}")).status_code == 200


class TestStateChanges:
    @pytest.mark.parametrize("page", ["flag", "appeal", "me", "item", "desk"])
    def test_need_a_form_of_ours(self, now, page):
        """Known holes, row 18."""
        from django.test import Client

        decision = hide(NoteFactory(), now)
        appeal = Appeal.objects.create(
            decision=decision, side="author", text="x", created_at=now
        )
        client = Client(enforce_csrf_checks=True)
        client.force_login(lead())
        path = {
            "flag": flag_page(NoteFactory()),
            "appeal": reverse("moderation:appeal", args=[decision.receipt]),
            "me": reverse("moderation:me"),
            "item": reverse("moderation_admin:item", args=["note", 1]),
            "desk": reverse("moderation_admin:appeal", args=[appeal.pk]),
        }[page]
        assert client.post(path, {"text": "x"}).status_code == 403
        assert Decision.objects.count() == 1


class TestTheRegisterAsATable:
    def test_has_no_cell_that_a_spreadsheet_would_run(self, client, now):
        """Known holes, row 32."""
        review.decide(
            content=NoteFactory(), act=Act.HIDE, decided_by=ModeratorFactory(), now=now,
            ground=REASONS["ground"], rule_id='=HYPERLINK("http://example.org")',
            rule_text="A rule", facts="x",
        )  # fmt: skip
        body = client.get(reverse("moderation:register_csv")).getvalue().decode()
        cells = [cell for row in csv.reader(io.StringIO(body)) for cell in row]
        assert any("HYPERLINK" in cell for cell in cells)
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


class TestTheStatementAsData:
    def test_uses_the_words_of_the_dsa_database_only(self, client, now):
        vocabulary = json.loads(
            data("dsa-statements").joinpath("vocab.json").read_text()
        )
        law = {"ground": "DECISION_GROUND_ILLEGAL_CONTENT", "legal_ground": "Code, 1"}
        for reasons in (REASONS, {**REASONS, **law}, {**law, "facts": "x"}):
            decision = review.decide(
                content=NoteFactory(language="de"), act=Act.HIDE,
                decided_by=ModeratorFactory(), now=now, **reasons,
            )  # fmt: skip
            address = reverse("moderation:decision_json", args=[decision.receipt])
            told = client.get(address).json()
            for member, words in {
                "decision_ground": "DECISION_GROUNDS",
                "category": "STATEMENT_CATEGORIES",
                "source_type": "SOURCE_TYPES",
                "automated_decision": "AUTOMATED_DECISIONS",
            }.items():
                assert told[member] in vocabulary[words]
            assert set(told["content_type"]) <= set(vocabulary["CONTENT_TYPES"])
            visibilities = set(vocabulary["DECISION_VISIBILITIES"])
            assert set(told["decision_visibility"]) <= visibilities
            assert re.fullmatch(r"[A-Za-z0-9_-]{1,500}", told["puid"])
            is_illegal = told["decision_ground"].endswith("ILLEGAL_CONTENT")
            assert ("illegal_content_legal_ground" in told) is is_illegal
            assert ("incompatible_content_ground" in told) is not is_illegal
