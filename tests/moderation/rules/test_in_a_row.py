import pytest

from moderation.rules import Action, Effect, Thread
from tests.moderation.rules.submissions import findings


def in_a_row(*authors: int, **facts):
    thread = Thread(authors=authors, answered=authors[-1] if authors else None)
    return findings("in_a_row", thread=thread, **facts)


class TestCommentsInARow:
    @pytest.mark.parametrize(
        "authors", [(), (1,), (1, 1), (2, 1, 1), (1, 1, 1, 2), (1, 1, 2, 1, 1)]
    )
    def test_are_fine_up_to_three(self, authors):
        assert in_a_row(*authors) == ()

    @pytest.mark.parametrize("authors", [(1, 1, 1), (2, 1, 1, 1), (1, 1, 1, 1, 1)])
    def test_are_refused_when_three_stand_last(self, authors):
        (finding,) = in_a_row(*authors)
        assert finding.effect == Effect.REFUSE
        assert "Let others answer first" in finding.message

    def test_may_be_edited(self):
        assert in_a_row(1, 1, 1, action=Action.EDIT) == ()

    def test_may_be_limited_otherwise(self):
        assert in_a_row(1, options={"maximum": 1})
        assert in_a_row(*[1] * 50, options={"maximum": 0}) == ()
