"""What a page weighs on a slow line: the bound of the design, 30 KB compressed."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.forum import ConsultationFactory

pytestmark = pytest.mark.django_db

MOST = 30 * 1024
LINKED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')
THOUGHT = (
    "On the {0}th I waited {1} minutes at stop {2}, and {1} of us talked about benches, "
    "shade and the way to the market. Whoever carries {0} bags needs line {2} after {1}."
)


def weigh(html):
    """Return the compressed size of a page with its style sheets and scripts."""
    files = {Path(finders.find(name)) for name in LINKED.findall(html)}
    assert len(files) >= 4
    parts = [html.encode(), *(file.read_bytes() for file in files)]
    return sum(len(gzip.compress(part)) for part in parts)


def test_a_consultation_with_fifty_comments_fits_a_slow_line(client):
    now = timezone.now()
    page = ConsultationFactory(opens_at=now, closes_at=now + timedelta(days=30))
    discussion = DiscussionFactory(page=page)
    threads = []
    for number in range(50):
        text = THOUGHT.format(number, number * 7 % 31, number * 13 % 47)
        # Twenty threads stand in a page; ten of them have three replies each.
        parent = threads[number % 10] if number >= 20 else None
        threads.append(CommentFactory(discussion=discussion, text=text, parent=parent))
    html = client.get(page.url).text
    assert html.count("<article") == 50
    assert "http" not in re.findall(r'src="([^"]+)"', html)
    assert weigh(html) <= MOST
