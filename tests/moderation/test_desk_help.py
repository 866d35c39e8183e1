"""What helps at the desk: saved replies, review modes, who answers what."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from moderation.choices import Act, Besides, ContentStatus, Review
from moderation.models import HouseRule, Policy, SavedReply
from moderation.queries import people, register
from moderation.rules import Kind, Post
from moderation.services import admission, appeals, flags, letters, review
from tests.factories.deliberation import CommentFactory
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db

REASONS = {
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
    "facts": "It calls the mayor a name.",
}


def hide(content, now, by=None, **fields):
    return review.decide(
        content=content, act=Act.HIDE, decided_by=by or ModeratorFactory(), now=now,
        **REASONS | fields,
    )  # fmt: skip


def item_page(note):
    return reverse("moderation_admin:item", args=["note", note.pk])


class TestSavedReplies:
    @pytest.fixture
    def replies(self):
        return [
            SavedReply.objects.create(
                rule_id="insult", language=language, title="Name", text=text
            )
            for language, text in (("en", "It calls names."), ("de", "Es beschimpft."))
        ]

    def test_are_offered_in_the_authors_language(self, client, replies):
        client.force_login(ModeratorFactory())
        page = client.get(item_page(NoteFactory(author__language="de")))
        assert "Es beschimpft." in page.content.decode()
        assert "It calls names." not in page.content.decode()
        page = client.get(item_page(NoteFactory(author__language="fr")))
        assert "It calls names." in page.content.decode()

    def test_are_the_reasons_where_none_are_written(self, client, replies):
        client.force_login(ModeratorFactory())
        note = NoteFactory()
        typed = {**REASONS, "act": "hide", "reply": str(replies[0].pk), "facts": ""}
        client.post(item_page(note), typed)
        assert note.decisions.get().facts == "It calls names."

    def test_give_way_to_words_of_ones_own(self, client, replies):
        client.force_login(ModeratorFactory())
        note = NoteFactory()
        client.post(
            item_page(note), {**REASONS, "act": "hide", "reply": str(replies[0].pk)}
        )
        assert note.decisions.get().facts == REASONS["facts"]


class TestTheForm:
    def test_redacts(self, client):
        client.force_login(ModeratorFactory())
        note = NoteFactory(text="Ring 0123 please")
        answer = client.post(
            item_page(note), {**REASONS, "act": "redact", "passage": "0123"}
        )
        assert answer.status_code == 302
        note.refresh_from_db()
        assert "0123" not in note.text

    def test_keeps_what_was_typed_when_the_passage_is_wrong(self, client):
        client.force_login(ModeratorFactory())
        answer = client.post(
            item_page(NoteFactory()), {**REASONS, "act": "redact", "passage": "0999"}
        )
        page = answer.content.decode()
        assert "exactly as it stands" in page
        assert REASONS["facts"] in page
        assert "0999" in page

    def test_shows_who_reads_what_in_the_queue(self, client, now):
        from django.utils import timezone

        from moderation.services import desk

        colleague, note = ModeratorFactory(), NoteFactory(held=True)
        desk.claim(content=note, by=colleague, now=timezone.now())
        client.force_login(ModeratorFactory())
        page = client.get(reverse("moderation_admin:queue")).content.decode()
        assert f"<bdi>{colleague}</bdi> is reading this" in page


class TestSlowingDown:
    def admit(self, author, now, ago):
        return admission.admit(
            raw="One more thought.", author=author, policy=Policy(), language="en",
            kind=Kind.COMMENT, now=now,
            recent=[Post(text="One thought.", posted_at=now - timedelta(minutes=ago))],
        )  # fmt: skip

    def test_lets_somebody_write_once_an_hour_for_a_week(self, now):
        note = NoteFactory()
        hide(note, now, besides=Besides.SLOW)
        author = type(note.author).objects.get(pk=note.author.pk)
        with pytest.raises(admission.Slowed, match="once an hour") as refusal:
            self.admit(author, now, ago=59)
        assert refusal.value.text == "One more thought."
        assert self.admit(author, now, ago=61)
        assert self.admit(author, now + timedelta(days=7), ago=1)

    def test_ends_when_its_decision_is_overturned(self, now):
        note = NoteFactory()
        decision = hide(note, now, besides=Besides.SLOW)
        review.decide(
            content=note, act=Act.RESTORE, decided_by=ModeratorFactory(), now=now,
            reverses=decision,
        )  # fmt: skip
        note.author.refresh_from_db()
        assert note.author.slowed_until is None

    def test_is_no_warning(self, now):
        from moderation.services.sanctions import WarnFirst

        author = ParticipantFactory()
        hide(NoteFactory(author=author), now, besides=Besides.SLOW)
        with pytest.raises(WarnFirst):
            hide(NoteFactory(author=author), now, besides=Besides.SUSPEND)


class TestAReviewMode:
    @pytest.mark.parametrize(
        ("mode", "standing", "text", "is_held"),
        [
            (Review.AFTER, "new", "See https://example.org", False),
            (Review.LINKS, "trusted", "See https://example.org", True),
            (Review.LINKS, "new", "See for yourself.", False),
            (Review.NEWCOMERS, "new", "See for yourself.", True),
            (Review.NEWCOMERS, "known", "See for yourself.", False),
            (Review.BEFORE, "trusted", "See for yourself.", True),
        ],
    )
    def test_says_what_is_read_first(self, now, mode, standing, text, is_held):
        admitted = admission.admit(
            raw=text, author=ParticipantFactory(standing=standing), language="en",
            policy=Policy(review=mode), kind=Kind.COMMENT, now=now,
        )  # fmt: skip
        assert (admitted.status == ContentStatus.HELD) is is_held

    def test_may_admit_nothing(self, now):
        with pytest.raises(admission.ClosedForNow) as refusal:
            admission.admit(
                raw="My text", author=ParticipantFactory(), language="en",
                policy=Policy(review=Review.CLOSED), kind=Kind.COMMENT, now=now,
            )  # fmt: skip
        assert refusal.value.text == "My text"


class TestWhoAnswersAppeals:
    def test_is_nobody_who_works_on_the_consultation(self, now):
        """MOD-06."""
        comment, boss = CommentFactory(), lead()
        decision = hide(comment, now)
        raised = appeals.raise_by_author(decision=decision, text="It is not.", now=now)
        page = comment.discussion.page
        assert appeals.hindrance(appeal=raised, by=boss) == ""
        revision = page.save_revision(user=boss)
        assert people.edits(boss, page.pk)
        with pytest.raises(appeals.MayNotAnswer, match="work on this consultation"):
            appeals.answer(
                appeal=raised, outcome="upheld", answer="No.", answered_by=boss, now=now
            )
        revision.delete()
        Page.objects.filter(pk=page.pk).update(owner=boss)
        assert "work on this" in appeals.hindrance(appeal=raised, by=boss)

    def test_is_told_by_letter_but_not_whoever_decided(
        self, now, django_capture_on_commit_callbacks
    ):
        first, second, moderator = lead(), lead(), ModeratorFactory()
        decision = hide(NoteFactory(), now, by=first)
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            appeals.raise_by_author(decision=decision, text="It is not.", now=now)
        told = {address for letter in mail.outbox for address in letter.to}
        assert second.email in told
        assert not {first.email, moderator.email} & told
        mail.outbox.clear()
        letters.summary(now=now)
        (letter,) = [each for each in mail.outbox if each.to == [second.email]]
        assert "1 appeal waits" in letter.body


class TestALetterToTheAuthor:
    def test_says_until_when_one_can_appeal_in_their_language(
        self, now, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            hide(NoteFactory(author__language="de"), now)
        (letter,) = mail.outbox
        assert "3. November 2026" in letter.body


class TestAReportOfSomethingIllegal:
    def test_may_name_the_law(self, client, now):
        note = NoteFactory()
        typed = {
            "reason": "illegal", "legal_ground": "Criminal Code, section 185",
            "text": "It insults.", "name": "Ada", "email": "ada@example.org",
            "good_faith": "on",
        }  # fmt: skip
        client.post(reverse("moderation:flag", args=["note", note.pk]), typed)
        assert note.flags.get().legal_ground == "Criminal Code, section 185"
        client.force_login(ModeratorFactory())
        page = client.get(item_page(note)).content.decode()
        assert "Criminal Code, section 185" in page


class TestTheStatement:
    def test_says_where_else_one_can_turn(self, now):
        Policy.objects.create(
            name="Town", is_default=True, redress="The ombudsman, Town Hall, room 3"
        )
        decision = hide(NoteFactory(), now)
        path = reverse("moderation:decision", args=[decision.receipt])
        assert "The ombudsman, Town Hall, room 3" in Client().get(path).content.decode()


class TestTheRegisterOfOnePage:
    def test_has_its_decisions_and_their_appeals(self, now):
        comment = CommentFactory()
        decision = hide(comment, now)
        hide(NoteFactory(), now)
        appeals.raise_by_author(decision=decision, text="It is not.", now=now)
        place = comment.discussion.page.get_url()
        found = register.page(place=place)
        assert [line.entry["event"] for line in found] == ["appeal", "decision"]
        path = reverse("moderation:register")
        shown = Client().get(path, {"place": place}).content.decode()
        assert "Only what stands on" in shown
        assert "/board/" not in shown
        assert Client().get(path, {"place": "\0'--"}).status_code == 200


class TestTheHouseRules:
    def test_can_be_read_as_they_are_and_as_they_were(self, client, now):
        from tests.factories.moderation import AccountFactory

        path = reverse("moderation:rules")
        assert "Insults and harassment" in Client().get(path).content.decode()
        client.force_login(AccountFactory(is_superuser=True, is_staff=True))
        told = {
            "code": "insult", "language": "en", "title": "Be kind", "text": "No names.",
            "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        }  # fmt: skip
        client.post(reverse("wagtailsnippets_moderation_houserule:add"), told)
        rule = HouseRule.objects.get()
        edit = reverse("wagtailsnippets_moderation_houserule:edit", args=[rule.pk])
        client.post(edit, {**told, "text": "No names, no insults."})
        page = Client().get(path).content.decode()
        assert "No names, no insults." in page
        assert "<p>No names.</p>" in page
        assert "Version 2" in page
        HouseRule.objects.create(
            code="insult", language="de", title="Freundlich", text="Keine Namen.",
            changed_at=now,
        )  # fmt: skip
        german = Client().get(path, {"language": "de"}).content.decode()
        assert "Keine Namen." in german


class TestAReportThatCannotBeMade:
    def test_is_of_what_the_reporter_cannot_see(self, now):
        """Known holes, row 33."""
        with pytest.raises(flags.CannotFlag):
            flags.raise_by_person(
                content=NoteFactory(held=True), reporter=ParticipantFactory(),
                reason="insult", now=now,
            )  # fmt: skip
