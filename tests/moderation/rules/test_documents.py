from moderation.choices import Standing
from moderation.rules import Effect, Picture
from tests.moderation.rules.submissions import findings

PLAN = Picture(description="A plan for the square", is_document=True)
NAMELESS = Picture(is_document=True)


def effects(*files, rule="documents", **facts):
    return [finding.effect for finding in findings(rule, pictures=files, **facts)]


class TestDocuments:
    def test_have_nothing_said_of_them_if_they_have_a_name(self):
        assert effects(PLAN, PLAN) == []

    def test_are_no_pictures(self):
        assert effects(*[PLAN] * 9, rule="images") == []
        assert effects(*[Picture()] * 9) == []

    def test_are_asked_for_a_name(self):
        assert effects(PLAN, NAMELESS) == [Effect.HINT]

    def test_are_two_at_most(self):
        assert effects(*[PLAN] * 3) == [Effect.REFUSE]
        assert effects(PLAN, PLAN, options={"maximum": 1}) == [Effect.REFUSE]

    def test_of_newcomers_are_looked_at_first(self):
        assert effects(PLAN, standing=Standing.NEW) == [Effect.HOLD]
        lenient = {"newcomers": "flag"}
        assert effects(PLAN, standing=Standing.NEW, options=lenient) == [Effect.FLAG]
        assert effects(PLAN, standing=Standing.NEW, action="edit") == []
