import pytest

from deliberation.choices import ReactionKind
from deliberation.models import Reaction
from deliberation.services import checks, discussions, reactions
from moderation.services.admission import Suspended
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment():
    return CommentFactory()


@pytest.fixture
def reader():
    return ParticipantFactory()


class TestReacting:
    def test_again_replaces_the_first_reaction(self, comment, reader, now):
        for kind in (ReactionKind.AGREE, ReactionKind.WELL_ARGUED):
            reactions.react(comment=comment, participant=reader, kind=kind, now=now)
        assert Reaction.objects.get().kind == ReactionKind.WELL_ARGUED

    def test_to_ones_own_comment_is_refused(self, comment, now):
        with pytest.raises(reactions.OwnComment):
            reactions.react(
                comment=comment, participant=comment.author, kind="agree", now=now
            )

    @pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
    def test_to_what_is_not_public_is_refused(self, reader, now, state):
        comment = CommentFactory(**{state: True})
        with pytest.raises(reactions.NotAnswerable):
            reactions.react(comment=comment, participant=reader, kind="agree", now=now)

    def test_after_the_close_is_refused(self, reader, now):
        comment = CommentFactory(discussion=DiscussionFactory(closed=True))
        with pytest.raises(discussions.Closed):
            reactions.react(comment=comment, participant=reader, kind="agree", now=now)

    @pytest.mark.parametrize("kind", ["", "love", "AGREE", "\x00", "x" * 100_000])
    def test_of_an_unknown_kind_is_refused(self, comment, reader, now, kind):
        with pytest.raises(reactions.UnknownKind):
            reactions.react(comment=comment, participant=reader, kind=kind, now=now)

    def test_is_refused_to_the_suspended(self, comment, now):
        reader = ParticipantFactory(suspended=True)
        with pytest.raises(Suspended):
            reactions.react(comment=comment, participant=reader, kind="agree", now=now)

    def test_follows_the_policy_for_guests(self, comment, now):
        guest = ParticipantFactory(guest_token="token")
        with pytest.raises(checks.NotForGuests):
            reactions.react(comment=comment, participant=guest, kind="agree", now=now)
        open_to_guests = DiscussionFactory(policy=PolicyFactory(for_guests=True))
        reactions.react(
            comment=CommentFactory(discussion=open_to_guests),
            participant=guest,
            kind="agree",
            now=now,
        )

    def test_can_be_taken_back(self, comment, reader, now):
        reactions.react(comment=comment, participant=reader, kind="agree", now=now)
        reactions.take_back(comment=comment, participant=reader, now=now)
        reactions.take_back(comment=comment, participant=reader, now=now)
        assert not Reaction.objects.exists()
