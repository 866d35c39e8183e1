from moderation.rules import Action, Effect, Thread
from tests.moderation.rules.submissions import findings

OTHERS = (2, 3, 4, 5, 6, 7)


def dominance(*authors: int, **thread):
    return findings("dominance", thread=Thread(authors=authors, **thread))


class TestRoomForOthers:
    def test_is_asked_for_with_the_comment_that_reaches_the_share(self):
        (finding,) = dominance(*OTHERS, 1, 1, 1)
        assert finding.effect == Effect.HINT
        assert "40 % of the comments" in finding.message

    def test_is_not_asked_for_twice(self):
        assert dominance(*OTHERS, 1, 1, 1, 1) == ()

    def test_is_not_asked_for_in_short_threads(self):
        assert dominance(2, 3, 1, 1, 1) == ()

    def test_is_not_asked_for_below_the_share(self):
        assert dominance(*OTHERS, 8, 9, 1, 1) == ()

    def test_is_asked_for_with_the_third_answer_to_one_person(self):
        assert dominance(2, 1, 2, answered=2, answers=1) == ()
        (finding,) = dominance(2, 1, 2, 1, 2, answered=2, answers=2)
        assert "answer number 3" in finding.message
        assert dominance(2, 1, 2, 1, 2, answered=2, answers=3) == ()

    def test_leaves_people_alone_who_answer_themselves(self):
        assert dominance(1, 1, answered=1, answers=2) == ()

    def test_leaves_edits_and_new_threads_alone(self):
        thread = Thread(authors=(*OTHERS, 1, 1, 1))
        assert findings("dominance", thread=thread, action=Action.EDIT) == ()
        assert findings("dominance") == ()
