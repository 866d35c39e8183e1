from moderation.rules import Action, Effect, Thread
from tests.moderation.rules.submissions import findings

OTHERS = (2, 3, 4, 5, 6, 7)


def dominance(*authors: int, **thread):
    return findings("dominance", thread=Thread(authors=authors, **thread))


def shared(own: int, comments: int, **thread):
    """Return what is said to whoever wrote so many of them."""
    return dominance(*OTHERS, own=own, comments=comments, **thread)


class TestRoomForOthers:
    def test_is_asked_for_with_the_comment_that_reaches_the_share(self):
        assert shared(2, 9) == ()
        (finding,) = shared(3, 9)
        assert finding.effect == Effect.HINT
        assert finding.asks_for_room
        assert "40 % of the comments" in finding.message

    def test_is_asked_for_in_threads_of_any_length(self):
        (finding,) = shared(79, 199)
        assert "40 % of the comments" in finding.message

    def test_is_asked_for_with_the_share_that_it_is(self):
        (finding,) = shared(4, 9)
        assert "50 % of the comments" in finding.message

    def test_is_not_asked_for_twice(self):
        assert shared(4, 9, asked_for_room=True) == ()

    def test_is_not_asked_for_in_short_threads(self):
        assert shared(8, 8) == ()

    def test_is_asked_for_with_the_third_answer_to_one_person(self):
        assert dominance(2, 1, 2, answered=2, answers=1) == ()
        (finding,) = dominance(2, 1, 2, 1, 2, answered=2, answers=2)
        assert "answer number 3" in finding.message
        assert dominance(2, 1, 2, 1, 2, answered=2, answers=3) == ()

    def test_leaves_people_alone_who_answer_themselves(self):
        assert dominance(1, 1, answered=1, answers=2) == ()

    def test_leaves_edits_and_new_threads_alone(self):
        thread = Thread(authors=OTHERS, own=8, comments=9)
        assert findings("dominance", thread=thread, action=Action.EDIT) == ()
        assert findings("dominance") == ()
