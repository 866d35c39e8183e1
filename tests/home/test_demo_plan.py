import random
from datetime import UTC, datetime, timedelta

import pytest

from home.demo import content, plan, talk


class TestThePlan:
    @pytest.mark.parametrize("topic", talk.NUMBERS)
    @pytest.mark.parametrize("hour", range(0, 24, 3))
    def test_is_made_at_any_hour_without_saying_anything_twice(self, topic, hour):
        end = datetime(2026, 11, 21, hour, tzinfo=UTC)
        posts = plan.composed(
            content.load(topic)["points"],
            number=talk.NUMBERS[topic],
            onto=[],
            begin=end - timedelta(days=20),
            end=end,
            chance=random.Random(f"{topic}{hour}"),
        )
        texts = [post.text for post in posts]
        assert 0 < len(texts) == len(set(texts)) <= talk.NUMBERS[topic]
