import pytest

from moderation.choices import Standing
from moderation.rules import Effect, Picture, from_policy, judge
from tests.moderation.rules.submissions import findings, submission

BENCH = Picture(description="A bench without a back, in the rain")


def effects(*pictures, **facts):
    found = findings("images", pictures=pictures, **facts)
    return [finding.effect for finding in found]


class TestImages:
    def test_has_nothing_to_say_of_a_described_picture(self):
        assert effects(BENCH) == []

    def test_has_nothing_to_say_where_there_is_none(self):
        assert effects(standing=Standing.NEW) == []

    def test_asks_for_a_description_and_lets_the_post_pass(self):
        assert effects(Picture()) == [Effect.HINT, Effect.FLAG]

    def test_puts_on_the_list_what_somebody_else_shall_describe(self):
        assert effects(Picture(needs_description=True)) == [Effect.FLAG]

    def test_puts_it_there_once(self):
        assert effects(Picture(needs_description=True), action="edit") == []

    @pytest.mark.parametrize(
        "name", ["IMG_2031.jpg", "img 0042", "DSC00017.JPG", "bench.webp"]
    )
    def test_takes_no_file_name_for_a_description(self, name):
        assert effects(Picture(description=name)) == [Effect.HINT]

    def test_refuses_the_fourth(self):
        assert effects(*[BENCH] * 3) == []
        assert effects(*[BENCH] * 4) == [Effect.REFUSE]
        assert effects(*[BENCH] * 2, options={"maximum": 1}) == [Effect.REFUSE]

    def test_lets_a_moderator_look_at_those_of_newcomers(self):
        newcomer = {"standing": Standing.NEW}
        assert effects(BENCH, **newcomer) == [Effect.HOLD]
        lenient = {"newcomers": "flag"}
        assert effects(BENCH, options=lenient, **newcomer) == [Effect.FLAG]


class TestADescription:
    def test_is_judged_like_a_text(self):
        rules = from_policy([["blocked_words", {"words": {"en": ["quagga"]}}]])
        rude = submission(pictures=(Picture(description="What a quagga"),))
        (found,) = judge(rude, rules).findings
        assert (found.rule, found.start, found.matched) == (
            "blocked_words",
            None,
            "quagga",
        )

    def test_is_no_way_around_the_limit_of_links(self):
        rules = from_policy([["links", {"maximum": 0}]])
        advertising = submission(pictures=(Picture(description="https://x.org"),))
        assert judge(advertising, rules).findings[0].effect == Effect.REFUSE
