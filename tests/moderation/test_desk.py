from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from deliberation.services import comments
from moderation.choices import Act, ContentStatus, FlagReason
from moderation.models import Assignment, Decision
from moderation.queries import desk as desks
from moderation.queries import queue
from moderation.services import desk, flags, review
from tests.factories.deliberation import DiscussionFactory
from tests.factories.moderation import ParticipantFactory
from tests.factories.notes import ModeratorFactory, NoteFactory, lead

pytestmark = pytest.mark.django_db

HIDE = {
    "act": Act.HIDE,
    "ground": "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    "rule_id": "insult",
    "facts": "It calls the mayor a name.",
}


def report(content, now):
    flags.raise_by_person(
        content=content, reporter=ParticipantFactory(), reason=FlagReason.INSULT,
        now=now,
    )  # fmt: skip
    return content


def reported_comment(now):
    comment = comments.post(
        discussion=DiscussionFactory(), author=ParticipantFactory(), language="en",
        raw="The quagga is a fool.", now=now,
    )  # fmt: skip
    return report(comment, now)


def assigned_to(comment):
    moderator = ModeratorFactory()
    Assignment.objects.create(account=moderator, page=comment.discussion.page)
    return moderator


def address(content, name="item"):
    return reverse(f"moderation_admin:{name}", args=["comment", content.pk])


class TestAssignedModerators:
    """Known holes, row 28."""

    @pytest.fixture
    def both(self):
        now = timezone.now()
        return reported_comment(now), reported_comment(now)

    def test_see_their_consultations_only(self, client, both):
        here, there = both
        moderator = assigned_to(here)
        client.force_login(moderator)
        page = client.get(reverse("moderation_admin:queue")).content.decode()
        assert address(here) in page
        assert address(there) not in page
        assert queue.count(desk=desks.of(moderator)) == 1
        assert client.get(address(here)).status_code == 200
        assert client.get(address(there)).status_code == 404
        assert client.post(address(there, "note"), {"text": "x"}).status_code == 404

    def test_see_the_same_in_the_api(self, client, both):
        here, there = both
        client.force_login(assigned_to(here))
        found = client.get("/api/v1/moderation/queue").json()["items"]
        assert [each["content"]["id"] for each in found] == [here.pk]
        body = {
            "content": {"kind": "comment", "id": there.pk}, "act": "keep", "seen": 0,
        }  # fmt: skip
        answer = client.post(
            "/api/v1/moderation/decisions", body, content_type="application/json"
        )
        assert answer.status_code == 404

    def test_decide_on_nothing_else(self, both, now):
        here, there = both
        with pytest.raises(review.MayNotDecide, match="Others are assigned"):
            review.decide(
                content=there, act=Act.KEEP, decided_by=assigned_to(here), now=now
            )

    def test_leave_everything_to_the_lead(self, both):
        assigned_to(both[0])
        assert queue.count(desk=desks.of(lead())) == 2
        assert queue.count(desk=desks.of(ModeratorFactory())) == 0

    def test_are_not_needed_in_a_small_town(self, both):
        assert queue.count(desk=desks.of(ModeratorFactory())) == 2

    def test_have_what_stands_below_their_page(self, both):
        here, _there = both
        moderator = ModeratorFactory()
        above = here.discussion.page.get_parent()
        Assignment.objects.create(account=moderator, page=above)
        assert desks.of(moderator).may_see(here)


class TestAClaim:
    def test_tells_the_others_for_half_an_hour(self, now):
        note, first, second = NoteFactory(), ModeratorFactory(), ModeratorFactory()
        desk.claim(content=note, by=first, now=now)
        with pytest.raises(desk.Claimed, match="is reading this already"):
            desk.claim(content=note, by=second, now=now)
        desk.claim(content=note, by=second, now=now + timedelta(minutes=31))
        assert desks.claim_on(note, now=now + timedelta(minutes=32)).account == second

    def test_ends_by_release_and_by_decision(self, now):
        note, moderator = NoteFactory(), ModeratorFactory()
        desk.claim(content=note, by=moderator, now=now)
        desk.release(content=note, by=ModeratorFactory())
        assert desks.claim_on(note, now=now)
        desk.release(content=note, by=moderator)
        assert desks.claim_on(note, now=now) is None
        desk.claim(content=note, by=moderator, now=now)
        review.decide(content=note, decided_by=moderator, now=now, **HIDE)
        assert desks.claim_on(note, now=now) is None

    def test_is_made_and_left_on_the_page(self, client):
        moderator, note = ModeratorFactory(), NoteFactory()
        client.force_login(moderator)
        item = reverse("moderation_admin:item", args=["note", note.pk])
        client.post(f"{item}note/", {"claim": "1"})
        assert "Leave it to others" in client.get(item).content.decode()
        client.post(f"{item}note/", {"release": "1"})
        assert "I am reading this" in client.get(item).content.decode()


class TestANote:
    def test_is_for_colleagues_and_shown_as_text(self, client):
        client.force_login(ModeratorFactory())
        note = NoteFactory()
        item = reverse("moderation_admin:item", args=["note", note.pk])
        client.post(f"{item}note/", {"text": "<script>alert(1)</script>"})
        page = client.get(item).content.decode()
        assert "&lt;script&gt;alert(1)" in page

    @pytest.mark.parametrize("text", ["", " \x00 ", "x" * 2001])
    def test_of_no_use_is_refused_in_words(self, client, text):
        client.force_login(ModeratorFactory())
        item = reverse("moderation_admin:item", args=["note", NoteFactory().pk])
        answer = client.post(f"{item}note/", {"text": text}, follow=True)
        assert "1 to 2,000 characters" in answer.content.decode()


class TestHidingMany:
    def test_makes_a_decision_for_each(self, client, now):
        client.force_login(ModeratorFactory())
        notes = [report(NoteFactory(), now) for _ in range(3)]
        spared = report(NoteFactory(), now)
        client.post(
            reverse("moderation_admin:hide_many"),
            {
                "item": [f"note/{note.pk}/0" for note in notes],
                "rule_id": "spam",
                "facts": "It sells shoes.",
            },
        )
        for note in notes:
            note.refresh_from_db()
            assert note.status == ContentStatus.HIDDEN
        spared.refresh_from_db()
        assert spared.is_public
        assert Decision.objects.filter(rule_id="spam").count() == 3

    def test_tells_what_it_left_alone(self, client, now):
        """Known holes, row 21: each item is checked by itself."""
        moderator, note = ModeratorFactory(), report(NoteFactory(), now)
        own = NoteFactory(author=ParticipantFactory(account=moderator))
        review.decide(
            content=note, act=Act.KEEP, decided_by=ModeratorFactory(), now=now
        )
        client.force_login(moderator)
        answer = client.post(
            reverse("moderation_admin:hide_many"),
            {
                "item": [f"note/{note.pk}/0", f"note/{own.pk}/0", "note/999/0", "<x>"],
                "rule_id": "spam",
                "facts": "It sells shoes.",
            },
            follow=True,
        ).content.decode()
        assert "Somebody else has just decided" in answer
        assert "Nobody decides on their own" in answer
        assert "There is no such contribution" in answer
        note.refresh_from_db()
        assert note.is_public

    def test_asks_for_missing_reasons_once(self, client, now):
        client.force_login(ModeratorFactory())
        notes = [report(NoteFactory(), now) for _ in range(3)]
        answer = client.post(
            reverse("moderation_admin:hide_many"),
            {"item": [f"note/{note.pk}/0" for note in notes], "rule_id": "spam"},
            follow=True,
        ).content.decode()
        assert answer.count("Say in your own words what in the text breaks it") == 1
        assert not Decision.objects.exists()

    def test_needs_reasons(self, client, now):
        client.force_login(ModeratorFactory())
        note = report(NoteFactory(), now)
        client.post(
            reverse("moderation_admin:hide_many"),
            {"item": f"note/{note.pk}/0", "rule_id": "spam", "facts": ""},
        )
        note.refresh_from_db()
        assert note.is_public

    def test_is_for_moderators(self, client):
        path = reverse("moderation_admin:hide_many")
        assert client.post(path).status_code == 302
        assert client.get(path).status_code in {302, 405}


class TestTheSummary:
    def test_goes_to_those_for_whom_something_waits(self, now):
        moderator, other = ModeratorFactory(), ModeratorFactory(is_active=False)
        call_command("write_to_moderators")
        assert mail.outbox == []
        report(NoteFactory(), now - timedelta(days=3))
        call_command("write_to_moderators")
        (letter,) = mail.outbox
        assert letter.to == [moderator.email]
        assert other.email not in letter.to
        assert "1 contribution waits" in letter.subject
        assert "longer than it may" in letter.body

    @pytest.mark.parametrize(
        ("in_the_admin", "as_reader", "subject"),
        [("de", "fr", "1 Beitrag wartet"), ("", "de", "1 Beitrag wartet")],
    )
    def test_is_in_the_language_of_its_reader(
        self, now, in_the_admin, as_reader, subject
    ):
        account = ModeratorFactory()
        UserProfile.objects.create(user=account, preferred_language=in_the_admin)
        ParticipantFactory(account=account, language=as_reader)
        report(NoteFactory(), now)
        call_command("write_to_moderators")
        assert mail.outbox[0].subject.startswith(subject)


class TestSuspendingAtTheDesk:
    def test_is_refused_in_words_without_a_warning(self, client):
        client.force_login(ModeratorFactory())
        note = NoteFactory()
        item = reverse("moderation_admin:item", args=["note", note.pk])
        fields = HIDE | {"besides": "suspend", "seen": "0"}
        answer = client.post(item, fields).content.decode()
        assert "A warning comes before a suspension" in answer
        assert HIDE["facts"] in answer
        client.post(item, fields | {"besides": "warn"})
        note.refresh_from_db()
        assert note.status == ContentStatus.HIDDEN
        assert note.author.sanctions.get().kind == "warn"
