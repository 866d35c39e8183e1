"""What the pages of a discussion show to whoever reads them."""

import pytest
from django.template import engines
from django.urls import reverse
from django.utils import timezone

from deliberation.models import Comment
from deliberation.queries import arrivals
from deliberation.services import discussions
from moderation.api import pages
from tests.deliberation.browsing import said, url
from tests.factories.deliberation import CommentFactory, DiscussionFactory
from tests.factories.moderation import ParticipantFactory, PolicyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


class TestThePageOfADiscussion:
    def test_shows_each_text_in_its_own_language(self, client, discussion):
        CommentFactory(discussion=discussion, text="ساحة", language="ar")
        html = client.get(url("discussion", discussion)).content.decode()
        assert '<div class="fm-comment-body" lang="ar" dir="rtl"><p>ساحة</p>' in html

    def test_leads_on_by_a_real_link(self, client, discussion):
        for _ in range(21):
            CommentFactory(discussion=discussion)
        first = client.get(url("discussion", discussion), {"sort": "oldest"})
        assert first.content.decode().count('class="fm-comment"') == 20
        cursor = first.content.decode().split("cursor=")[1].split('"')[0]
        rest = client.get(
            url("discussion", discussion), {"sort": "oldest", "cursor": cursor}
        )
        assert rest.content.decode().count('class="fm-comment"') == 1

    def test_leads_back_from_behind_the_last_comment(self, client, discussion):
        CommentFactory(discussion=discussion)
        behind = {"sort": "newest", "cursor": pages.encode(1, 1)}
        html = client.get(url("discussion", discussion), behind).content.decode()
        assert "There are no more comments here" in html
        assert "Nobody has written" not in html
        assert f'href="{url("discussion", discussion)}?sort=newest">From' in html

    @pytest.mark.parametrize(
        "query", [{"sort": "loudest"}, {"cursor": "x"}, {"cursor": "WzFd"}]
    )
    def test_falls_back_with_a_word_from_what_it_does_not_know(
        self, client, discussion, query
    ):
        CommentFactory(discussion=discussion)
        response = client.get(url("discussion", discussion), query)
        assert response.status_code == 200
        assert "This" in said(response)

    def test_explains_the_order(self, client, discussion):
        CommentFactory(discussion=discussion)
        html = client.get(url("discussion", discussion)).content.decode()
        assert "share of readers" in html

    def test_shows_the_rules_before_the_field(self, client, discussion):
        html = client.get(url("discussion", discussion)).content.decode()
        assert 0 < html.index('class="fm-rules"') < html.index("<textarea")

    def test_is_one_step_away_from_the_top(self, client, discussion):
        link = f'href="#composer-comment-{discussion.pk}"'
        assert link not in client.get(url("discussion", discussion)).content.decode()
        CommentFactory(discussion=discussion)
        html = client.get(url("discussion", discussion)).content.decode()
        assert link in html
        assert f'id="composer-comment-{discussion.pk}"' in html

    def test_says_what_can_be_done_in_a_text(self, client, discussion):
        html = client.get(url("post_comment", discussion)).content.decode()
        for marks in ("@[name]", "[words](https://…)", "**words**", "&gt; words"):
            assert marks in html

    def test_begins_with_an_empty_field(self, client, discussion):
        html = client.get(url("discussion", discussion)).content.decode()
        assert "></textarea>" in html

    def test_offers_no_field_after_the_close(self, client, discussion):
        discussions.close(discussion=discussion, now=timezone.now())
        html = client.get(url("discussion", discussion)).content.decode()
        assert "<textarea" not in html
        assert "This discussion closed on" in html

    def test_asks_strangers_to_sign_in_where_guests_only_read(self, client):
        html = client.get(url("discussion", DiscussionFactory())).content.decode()
        assert "<textarea" not in html
        assert "Sign in to take part" in html

    def test_asks_strangers_to_sign_in_in_the_place_of_a_reply(self, client):
        parent = CommentFactory()
        html = client.get(url("reply", parent)).content.decode()
        # Scripts bring in what has this id.
        there = html.partition(f'id="composer-reply-{parent.pk}"')[2]
        assert "Sign in to take part" in there

    @pytest.mark.slow
    def test_costs_the_same_at_any_size(
        self, client, discussion, monkeypatch, django_assert_max_num_queries
    ):
        monkeypatch.setattr(arrivals, "COUNTED_SECONDS", 0)
        author = ParticipantFactory()
        for size in (10, 90, 9_900):
            Comment.objects.bulk_create(
                Comment(
                    discussion=discussion,
                    author=author,
                    text="Text",
                    html="<p>Text</p>",
                    language="en",
                    created_at=timezone.now(),
                )
                for _ in range(size)
            )
            # What is kept for a minute is there, however long the writing took.
            client.get(url("discussion", discussion))
            with django_assert_max_num_queries(6):
                client.get(url("discussion", discussion))


class TestWhatScriptsAdd:
    def test_is_told_what_it_needs_without_inline_scripts(self, client, discussion):
        CommentFactory(discussion=discussion)
        html = client.get(url("discussion", discussion)).content.decode()
        api = reverse("folkmoot:discussion", args=[discussion.pk])
        assert f'data-live="{api}?since=' in html
        assert 'data-maximum="6000"' in html
        assert "At most 6,000 characters." in html
        assert "deliberation/threads.js" in html
        assert "<script>" not in html

    def test_leads_from_what_it_announces_to_new_replies_as_well(
        self, client, discussion
    ):
        root = CommentFactory(discussion=discussion, text="An old one")
        html = client.get(url("discussion", discussion)).content.decode()
        link = html.partition("data-live=")[2].split('href="')[1].split('"')[0]
        CommentFactory(parent=root, text="A new answer", created_at=timezone.now())
        html = client.get(link).content.decode()
        assert "A new answer" in html
        assert "An old one" not in html

    def test_follows_the_policy_of_the_discussion(self, client):
        policy = PolicyFactory(for_guests=True, rules=[["length", {"maximum": 300}]])
        short = DiscussionFactory(policy=policy)
        html = client.get(url("discussion", short)).content.decode()
        assert 'data-maximum="300"' in html

    def test_is_silent_after_the_close(self, client, discussion):
        discussions.close(discussion=discussion, now=timezone.now())
        html = client.get(url("discussion", discussion)).content.decode()
        assert "data-live" not in html


class TestATitle:
    def test_tells_the_pages_of_a_discussion_apart(self, client, discussion):
        comment = CommentFactory(discussion=discussion)
        titles = [
            client.get(address).content.decode().split("<title>")[1].split("</")[0]
            for address in (
                discussion.page.url,
                url("discussion", discussion),
                url("discussion", discussion) + "?q=bench",
                url("comment", comment),
                url("post_comment", discussion),
                url("reply", comment),
            )
        ]
        assert len(set(titles)) == len(titles)


class TestTheTagForPages:
    def render(self, rf, client, page):
        request = client.get("/healthz").wsgi_request
        template = engines["django"].from_string(
            "{% load deliberation_tags %}{% threads_for page %}"
        )
        return template.render({"page": page}, request)

    def test_shows_every_discussion_of_the_page(self, rf, client, discussion):
        DiscussionFactory(page=discussion.page, section="trees", title="The trees")
        html = self.render(rf, client, discussion.page)
        assert html.count("Discussion</h2>") == 1
        assert html.count("The trees</h2>") == 1
        assert "csrfmiddlewaretoken" in html

    def test_shows_nothing_of_a_page_that_is_not_public(self, rf, client, discussion):
        discussion.page.live = False
        assert self.render(rf, client, discussion.page).strip() == ""


class TestOneThread:
    def test_opens_at_the_reply_asked_for(self, client, discussion):
        root = CommentFactory(discussion=discussion)
        replies = [CommentFactory(parent=root) for _ in range(52)]
        html = client.get(url("comment", replies[-1])).content.decode()
        assert f'id="comment-{replies[-1].pk}"' in html
        assert f'id="comment-{root.pk}"' in html
        assert f'id="comment-{replies[0].pk}"' not in html
        assert "Part 2 of 2" in html

    @pytest.mark.parametrize("block", ["-1", "1", "x", "9" * 30, "²", "\x00"])
    def test_has_no_other_parts(self, client, discussion, block):
        root = CommentFactory(discussion=discussion)
        response = client.get(url("comment", root), {"block": block})
        assert response.status_code == 404
