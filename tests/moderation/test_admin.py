import pytest
from django.forms import model_to_dict
from django.urls import reverse
from django.utils import timezone

from moderation.choices import Act, ContentStatus, FlagReason
from moderation.models import Decision, HouseRule, Participant, Policy
from moderation.queries import queue
from moderation.rules import Effect, Finding
from moderation.services import appeals, flags, review
from tests.factories.moderation import AccountFactory, ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db

HIDE = {
    "act": "hide",
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
    "facts": "It calls the mayor a name.",
}


@pytest.fixture
def desk(client):
    """Return a client that a moderator works with."""
    client.moderator = ModeratorFactory()
    client.force_login(client.moderator)
    return client


def item_page(note):
    return reverse("moderation_admin:item", args=["note", note.pk])


def flag(note, now, reason=FlagReason.INSULT):
    return flags.raise_by_person(
        content=note, reporter=ParticipantFactory(), reason=reason, text="x", now=now,
        good_faith=True,
    )  # fmt: skip


class TestTheQueuePage:
    def test_shows_what_waits_with_its_clock(self, desk, now):
        note = NoteFactory(text="You fool")
        flag(note, now)
        NoteFactory(held=True, text="A first post")
        NoteFactory(text="Nobody minds this")
        page = desk.get(reverse("moderation_admin:queue")).content.decode()
        assert "You fool" in page
        assert "A first post" in page
        assert "Nobody minds" not in page
        assert "overdue" in page

    def test_shows_the_text_as_text(self, desk, now):
        """Known holes, rows 9 and 12."""
        nasty = "<script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
        note = NoteFactory(text=nasty, author__pseudonym="<b>Ida</b>")
        flags.raise_by_person(
            content=note, reporter=ParticipantFactory(pseudonym="<i>Eve</i>"),
            reason="other", text="<script>alert(3)</script>", now=now,
        )  # fmt: skip
        for path in (reverse("moderation_admin:queue"), item_page(note)):
            page = desk.get(path).content.decode()
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert "<b>Ida" not in page
            assert "<i>Eve" not in page

    @pytest.mark.parametrize("name", ["queue", "appeals"])
    def test_is_for_moderators_only(self, client, name):
        """Known holes, row 7."""
        path = reverse(f"moderation_admin:{name}")
        assert client.get(path).status_code == 302
        client.force_login(AccountFactory())
        assert client.get(path).status_code == 302

    def test_of_appeals_is_for_leads_only(self, desk):
        assert desk.get(reverse("moderation_admin:appeals")).status_code == 302

    def test_can_be_narrowed_down(self, desk, now):
        flag(NoteFactory(text="Insulting words"), now)
        flag(NoteFactory(text="Buy my shoes", language="de"), now, FlagReason.SPAM)
        path = reverse("moderation_admin:queue")
        page = desk.get(path, {"reason": "spam"}).content.decode()
        assert "Buy my shoes" in page
        assert "Insulting words" not in page
        page = desk.get(path, {"language": "en", "kind": "note"}).content.decode()
        assert "Insulting words" in page
        assert "Buy my shoes" not in page

    @pytest.mark.parametrize(
        "query",
        [
            {"after": "nonsense"},
            {"after": "9-99999999999999999999-1-1"},
            {"after": "1-2-3"},
            {"kind": "<script>", "reason": "';--", "language": "xx"},
            {"after": "1-9999999999999999-999999999-999999999999999999"},
        ],
    )
    def test_bears_any_address(self, desk, query):
        """Known holes, row 11."""
        page = desk.get(reverse("moderation_admin:queue"), query)
        assert page.status_code == 200
        assert b'<script>"' not in page.content

    @pytest.mark.slow
    def test_runs_the_same_queries_for_ten_and_for_ten_thousand(
        self, desk, now, django_assert_max_num_queries
    ):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def count():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                page = desk.get(reverse("moderation_admin:queue"))
            assert page.status_code == 200
            return len(captured)

        def settled():
            # What is kept for a minute is renewed however long the flood took.
            count()
            return count()

        flood(10, now)
        few = settled()
        flood(10_000, now)
        assert queue.count() == 10_010
        assert settled() == few


def flood(number, now):
    """Let many items wait: half held, half reported by somebody."""
    from django.contrib.contenttypes.models import ContentType

    from moderation.models import Flag
    from tests.testapp.models import Note

    author = ParticipantFactory()
    notes = Note.objects.bulk_create(
        Note(
            author=author, text=f"Words {n}", html="", language="en", created_at=now,
            status=ContentStatus.HELD if n % 2 else ContentStatus.PUBLISHED,
        )
        for n in range(number)
    )  # fmt: skip
    kind = ContentType.objects.get_for_model(Note)
    Flag.objects.bulk_create(
        Flag(
            content_type=kind, object_id=note.pk, reason=FlagReason.SPAM,
            created_at=now, receipt=f"{number}-{note.pk}", rule_id="links",
        )
        for note in notes
        if note.status == ContentStatus.PUBLISHED
    )  # fmt: skip


class TestTheItemPage:
    def test_shows_the_item_in_its_context_without_any_address(self, desk, now):
        note = NoteFactory(text="The word fool stands here")
        flags.raise_by_rule(
            content=note,
            finding=Finding(
                rule="blocked_words", version="1", effect=Effect.FLAG,
                message="A word to look at.", start=9, end=13, matched="fool",
            ),
            now=now,
        )  # fmt: skip
        page = desk.get(item_page(note)).content.decode()
        assert '<mark title="blocked_words">fool</mark>' in page
        assert "The board" in page
        assert note.author.pseudonym in page
        assert note.author.account.email not in page

    def test_hides_with_reasons(self, desk, now):
        note = NoteFactory()
        flag(note, now)
        answer = desk.post(item_page(note), {**HIDE, "seen": "0"})
        assert answer.status_code == 302
        decision = Decision.objects.get()
        assert decision.decided_by == desk.moderator
        assert decision.rule_text.startswith("Insults")
        note.refresh_from_db()
        assert note.status == ContentStatus.HIDDEN

    def test_goes_on_to_the_next_item(self, desk, now):
        note, other = NoteFactory(), NoteFactory()
        flag(note, now)
        flag(other, now)
        answer = desk.post(item_page(note), {"act": "keep", "next": "1"})
        assert answer.url == item_page(other)

    def test_keeps_what_was_typed_when_reasons_are_missing(self, desk):
        note = NoteFactory()
        answer = desk.post(
            item_page(note), {**HIDE, "rule_id": "", "facts": "My words"}
        )
        page = answer.content.decode()
        assert "Choose the rule" in page
        assert "My words" in page

    def test_tells_the_second_moderator_of_the_first(self, desk, now):
        note = NoteFactory()
        review.decide(
            content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now,
            facts="It is fair.",
        )  # fmt: skip
        answer = desk.post(item_page(note), {**HIDE, "seen": "0"})
        assert answer.status_code == 409
        assert "It is fair." in answer.content.decode()
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED

    @pytest.mark.parametrize("act", ["hide", "keep", "redact", "move"])
    def test_tells_the_second_moderator_whatever_the_first_made_impossible(
        self, desk, now, act
    ):
        note = NoteFactory()
        review.decide(
            content=note, decided_by=ModeratorFactory(), now=now,
            **{**HIDE, "facts": "It calls names."},
        )  # fmt: skip
        mine = {**HIDE, "act": act, "facts": "My own words", "seen": "0"}
        answer = desk.post(item_page(note), mine)
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "It calls names." in page
        assert "My own words" in page
        assert "valid choice" not in page

    def test_refuses_the_author_themself(self, desk):
        note = NoteFactory(author__account=desk.moderator)
        answer = desk.post(item_page(note), HIDE)
        assert "Nobody decides on their own" in answer.content.decode()
        assert not Decision.objects.exists()

    def test_is_shut_to_who_is_no_longer_a_moderator(self, desk):
        """Known holes, row 28."""
        note = NoteFactory()
        assert desk.get(item_page(note)).status_code == 200
        desk.moderator.user_permissions.clear()
        desk.post(item_page(note), HIDE)
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED

    @pytest.mark.parametrize("pk", [0, 999_999, 10**30])
    def test_of_nothing_is_not_found(self, desk, pk):
        path = reverse("moderation_admin:item", args=["note", pk])
        assert desk.get(path).status_code == 404
        assert desk.get(path.replace("note", "nonsense")).status_code == 404

    @pytest.mark.parametrize(
        "fields",
        [
            {},
            {"act": "nonsense"},
            {"act": "hold"},
            {**HIDE, "facts": "a\x00b"},
            {**HIDE, "facts": "x" * 100_000},
            {**HIDE, "rule_id": "x" * 1000},
            {**HIDE, "seen": "x" * 1000},
            {**HIDE, "ground": "x"},
        ],
    )
    def test_bears_bad_input(self, desk, fields):
        note = NoteFactory()
        assert desk.post(item_page(note), fields).status_code == 200
        note.refresh_from_db()
        assert note.status == ContentStatus.PUBLISHED


class TestTheAppealPage:
    def make(self, now, by):
        note = NoteFactory()
        decision = review.decide(
            content=note, decided_by=by, now=now,
            **{**HIDE, "act": Act.HIDE},
        )  # fmt: skip
        appeal = appeals.raise_by_author(
            decision=decision, text="It is a quotation.", now=now
        )
        return appeal, reverse("moderation_admin:appeal", args=[appeal.pk])

    def test_refuses_whoever_decided_first(self, client, now):
        first = lead()
        appeal, path = self.make(now, first)
        client.force_login(first)
        assert "somebody else must answer" in client.get(path).content.decode()
        client.post(path, {"outcome": "upheld", "answer": "No."})
        appeal.refresh_from_db()
        assert appeal.answered_at is None

    def test_lists_and_answers(self, client, now):
        appeal, path = self.make(now, ModeratorFactory())
        client.force_login(lead())
        listed = client.get(reverse("moderation_admin:appeals")).content.decode()
        assert "It is a quotation." in listed
        assert path in listed
        client.post(path, {"outcome": "upheld", "answer": "It is not."})
        appeal.refresh_from_db()
        assert appeal.outcome == "upheld"
        assert client.get(path).status_code == 200


class TestTheMenu:
    def test_counts_what_waits_for_moderators_only(self, client, now):
        flag(NoteFactory(), now)
        client.force_login(ModeratorFactory())
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Moderation (1)" in page
        editor = AccountFactory(is_superuser=False)
        from django.contrib.auth.models import Permission

        editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(editor)
        page = client.get(reverse("wagtailadmin_home")).content.decode()
        assert "Moderation (1)" not in page


@pytest.fixture
def keeper(client):
    """Return a client of somebody who may change everything in the admin."""
    client.force_login(AccountFactory(is_superuser=True, is_staff=True))
    return client


class TestSnippets:
    def test_a_policy_with_an_unknown_rule_is_refused_in_words(self, keeper):
        path = reverse("wagtailsnippets_moderation_policy:add")
        told = {
            **{key: str(value) for key, value in model_to_dict(Policy()).items()},
            "name": "Town", "rules": '[["lenght", {}]]',
        }  # fmt: skip
        page = keeper.post(path, told).content.decode()
        assert "lenght" in page
        assert not Policy.objects.filter(name="Town").exists()
        keeper.post(path, {**told, "rules": '[["length", {"maximum": 7000}]]'})
        assert Policy.objects.get(name="Town").rules == [["length", {"maximum": 7000}]]

    @pytest.mark.parametrize("rules", ["", "{", '"x"', "[1]", '{"a": 1}', "null"])
    def test_a_policy_bears_nonsense(self, keeper, rules):
        path = reverse("wagtailsnippets_moderation_policy:add")
        told = {"name": "Town", "review": "after", "edit_minutes": "30", "rules": rules}
        assert keeper.post(path, told).status_code == 200
        assert not Policy.objects.filter(name="Town").exists()

    def test_a_house_rule_gets_a_new_version_with_new_words(self, keeper):
        told = {
            "code": "insult", "language": "en", "title": "Be kind", "text": "No insults.",
            "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        }  # fmt: skip
        keeper.post(reverse("wagtailsnippets_moderation_houserule:add"), told)
        rule = HouseRule.objects.get()
        assert rule.version == 1
        edit = reverse("wagtailsnippets_moderation_houserule:edit", args=[rule.pk])
        keeper.post(edit, {**told, "text": "No insults, no names."})
        rule.refresh_from_db()
        assert rule.version == 2
        keeper.post(edit, {**told, "text": "No insults, no names.", "is_retired": "on"})
        rule.refresh_from_db()
        assert (rule.version, rule.is_retired) == (2, True)
        assert rule.revisions.count() == 3

    def test_a_lead_changes_a_standing_but_not_their_own(self, client):
        boss = AccountFactory(is_superuser=True)
        client.force_login(boss)
        person = ParticipantFactory(standing="new")
        own = ParticipantFactory(account=boss, standing="new")
        for each in (person, own):
            path = reverse(
                "wagtailsnippets_moderation_participant:edit", args=[each.pk]
            )
            client.post(path, {"standing": "trusted", "pseudonym": "Changed"})
        person.refresh_from_db()
        own.refresh_from_db()
        assert person.standing == "trusted"
        assert person.pseudonym != "Changed"
        assert own.standing == "new"

    def test_participants_are_neither_added_nor_deleted(self, keeper):
        person = ParticipantFactory()
        add = reverse("wagtailsnippets_moderation_participant:add")
        delete = reverse(
            "wagtailsnippets_moderation_participant:delete", args=[person.pk]
        )
        assert keeper.get(add).status_code == 302
        keeper.post(delete)
        assert Participant.objects.filter(pk=person.pk).exists()

    def test_the_list_of_participants_names_no_address(self, keeper):
        person = ParticipantFactory(with_account=True)
        path = reverse("wagtailsnippets_moderation_participant:list")
        page = keeper.get(path).content.decode()
        assert person.pseudonym in page
        assert person.account.email not in page


class TestTheQueueOrder:
    def test_puts_the_illegal_first_and_then_the_oldest(self, now):
        from datetime import timedelta

        old, young, urgent = NoteFactory.create_batch(3)
        flag(old, now - timedelta(days=3))
        flag(young, now - timedelta(days=1))
        flag(urgent, now, FlagReason.ILLEGAL)
        assert [item.content for item in queue.page()] == [urgent, old, young]

    def test_is_the_same_in_pages(self, now):
        from datetime import timedelta

        for hours in range(7):
            flag(NoteFactory(), now - timedelta(hours=hours // 2))
            NoteFactory(held=True, created_at=now - timedelta(hours=hours // 2))
        everything = [item.place for item in queue.page(limit=100)]
        assert len(everything) == 14
        walked, after = [], None
        while found := queue.page(after=after, limit=3)[:3]:
            walked += [item.place for item in found]
            after = queue.Place.from_cursor(found[-1].place.cursor)
        assert walked == everything

    def test_counts_an_item_once_however_many_flags_it_has(self, now):
        note = NoteFactory(held=True)
        flags.raise_by_rule(
            content=note,
            finding=Finding(rule="links", version="1", effect=Effect.HOLD, message="x"),
            now=now,
        )
        assert queue.count() == 1
        (item,) = queue.page()
        assert item.is_held
        assert not item.is_overdue(timezone.now()) or item.due_at < timezone.now()
