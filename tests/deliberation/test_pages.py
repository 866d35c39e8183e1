from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.contrib.messages import get_messages
from django.template import engines
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deliberation import fragments
from deliberation.models import Comment, Reaction
from deliberation.queries import arrivals
from deliberation.services import discussions
from moderation.api import pages
from moderation.choices import ContentStatus
from moderation.identity import GUEST_COOKIE
from moderation.models import Participant
from moderation.services import participants
from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    ReactionFactory,
)
from tests.factories.moderation import (
    AccountFactory,
    ParticipantFactory,
    PolicyFactory,
    agreed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussion():
    return DiscussionFactory(policy=PolicyFactory(for_guests=True))


@pytest.fixture
def resident(client):
    """Somebody signed in, who has taken part; the client is theirs."""
    account = AccountFactory()
    client.force_login(account)
    person = participants.for_account(account=account, now=timezone.now())
    return agreed(person)


@pytest.fixture
def own(discussion, resident):
    return CommentFactory(
        discussion=discussion, author=resident, created_at=timezone.now()
    )


def url(name, *args):
    return reverse(f"deliberation:{name}", args=[getattr(a, "pk", a) for a in args])


def typed(text="The benches should stand in the shade.", **other):
    return {
        "text": text,
        "language": "en",
        "token": "one-showing",
        "agreed": "1",
    } | other


def said(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


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


class TestPosting:
    def test_leads_to_the_comment_in_its_place(self, client, discussion, resident):
        response = client.post(url("post_comment", discussion), typed())
        comment = Comment.objects.get()
        assert response.url == f"/comments/{comment.pk}/#comment-{comment.pk}"
        assert comment.author == resident
        assert "published" in said(response)
        assert client.get(response.url).status_code == 200

    def test_makes_a_guest_who_may_edit_afterwards(self, client, discussion):
        client.post(url("post_comment", discussion), typed())
        comment = Comment.objects.get()
        assert comment.author.is_guest
        assert client.get(url("edit_comment", comment)).status_code == 200
        client.cookies.pop(GUEST_COOKIE)
        assert client.get(url("edit_comment", comment)).status_code == 404

    def test_that_is_refused_makes_no_guest_and_leaves_no_cookie(
        self, client, discussion
    ):
        long = typed("long " * 2_000, advised="1")
        refused = client.post(url("post_comment", discussion), long)
        assert refused.status_code == 400
        assert GUEST_COOKIE not in refused.cookies
        assert not Participant.objects.exists()

    @pytest.mark.parametrize("advised", ["", "1"])
    def test_twice_by_a_newcomer_makes_one_guest_and_gives_each_answer_their_cookie(
        self, client, discussion, advised
    ):
        form = typed(advised=advised)
        first = client.post(url("post_comment", discussion), form)
        # Sent before the answer to the first came back, so without its cookie.
        client.cookies.clear()
        again = client.post(url("post_comment", discussion), form)
        assert again.url == first.url
        assert Participant.objects.get() == Comment.objects.get().author
        edit = url("edit_comment", Comment.objects.get())
        assert client.get(edit).status_code == 200

    def test_later_from_a_browser_that_others_use_makes_nobody_of_them_the_guest(
        self, client, discussion, now
    ):
        form = typed(advised="1")
        client.post(url("post_comment", discussion), form)
        client.cookies.clear()
        Participant.objects.update(created_at=timezone.now() - timedelta(hours=1))
        again = client.post(url("post_comment", discussion), form)
        assert again.status_code == 302
        assert GUEST_COOKIE not in again.cookies
        assert Participant.objects.count() == 1

    def test_twice_from_one_showing_of_the_form_acts_once(
        self, client, discussion, resident
    ):
        for _ in range(2):
            response = client.post(url("post_comment", discussion), typed())
            assert response.status_code == 302
        assert Comment.objects.count() == 1

    def test_again_with_another_text_is_another_comment(
        self, client, discussion, resident
    ):
        client.post(url("post_comment", discussion), typed())
        client.post(url("post_comment", discussion), typed("And a fountain."))
        assert Comment.objects.count() == 2

    def test_can_be_repaired_after_a_refusal(self, client, discussion, resident):
        refused = client.post(url("post_comment", discussion), typed(" "))
        assert refused.status_code == 400
        client.post(url("post_comment", discussion), typed())
        assert Comment.objects.count() == 1

    def test_keeps_a_refused_text_and_says_what_to_change(
        self, client, discussion, resident
    ):
        text = "<b>too</b> long " * 500
        response = client.post(url("post_comment", discussion), typed(text))
        html = response.content.decode()
        assert "&lt;b&gt;too&lt;/b&gt; long" in html
        assert "too long: at most" in html
        assert f'href="#discussion-{discussion.pk}-text"' in html
        assert "Nothing is lost" in html

    def test_keeps_the_text_of_whoever_was_signed_out(self, client):
        response = client.post(url("post_comment", DiscussionFactory()), typed())
        html = response.content.decode()
        assert response.status_code == 400
        assert "The benches should stand in the shade." in html
        assert "Sign in to take part" in html
        assert not Participant.objects.exists()

    def test_keeps_the_text_of_whoever_is_too_late(self, client, discussion, resident):
        discussions.close(discussion=discussion, now=timezone.now())
        response = client.post(url("post_comment", discussion), typed())
        html = response.content.decode()
        assert "The benches should stand in the shade." in html
        assert "takes nothing new" in html

    def test_says_that_a_moderator_reads_first(self, client, resident):
        careful = DiscussionFactory(policy=PolicyFactory(reviewing_first=True))
        response = client.post(url("post_comment", careful), typed())
        assert "moderator" in said(response)
        html = client.get(response.url).content.decode()
        assert "Waiting for review" in html

    def test_needs_a_token_against_forgery(self, discussion):
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(AccountFactory())
        response = careful.post(url("post_comment", discussion), typed())
        assert response.status_code == 403
        assert not Comment.objects.exists()


class TestReplying:
    def test_stands_below_what_it_answers(self, client, own, discussion):
        root = CommentFactory(discussion=discussion)
        client.post(url("reply", root), typed("Good idea."))
        assert Comment.objects.get(text="Good idea.").parent == root

    def test_says_once_what_is_wrong_twice(self, client, discussion, resident):
        text = "[one](javascript:alert) and [two](javascript:alert)"
        html = client.post(
            url("post_comment", discussion), typed(text)
        ).content.decode()
        assert html.count("Links may only lead to web pages") == 1

    @pytest.mark.parametrize("state", ["hidden", "withdrawn"])
    def test_shows_nothing_of_what_is_no_longer_there(
        self, client, discussion, resident, state
    ):
        root = CommentFactory(discussion=discussion)
        CommentFactory(parent=root)
        Comment.objects.filter(pk=root.pk).update(status=state)
        assert client.get(url("reply", root)).status_code == 404
        html = client.post(url("reply", root), typed("Good idea.")).content.decode()
        assert "Good idea." in html
        assert root.text not in html
        assert root.author.pseudonym not in html

    def test_can_be_posted_by_itself_where_what_it_answers_is_gone(
        self, client, discussion, resident
    ):
        root = CommentFactory(discussion=discussion)
        instead = f'formaction="{url("post_comment", discussion)}"'
        assert instead not in client.get(url("reply", root)).content.decode()
        Comment.objects.filter(pk=root.pk).update(status="hidden")
        html = client.post(url("reply", root), typed("Good idea.")).content.decode()
        assert instead in html


class TestEditing:
    def test_changes_the_text_and_links_the_history(self, client, own):
        before = own.text
        form = typed("Two benches.", version=own.version)
        response = client.post(url("edit_comment", own), form)
        assert response.status_code == 302
        assert "edited" in client.get(response.url).content.decode()
        assert before in client.get(url("comment_history", own)).content.decode()

    def test_in_two_tabs_shows_both_texts(self, client, own):
        first = typed("First tab.", version=own.version)
        second = typed("Second tab.", version=own.version)
        client.post(url("edit_comment", own), first)
        answer = client.post(url("edit_comment", own), second)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "This is not saved yet." in html
        assert "First tab." in html
        assert "Second tab." in html
        again = Comment.objects.get(pk=own.pk).version
        assert again in html
        client.post(url("edit_comment", own), second | {"version": again})
        assert Comment.objects.get(pk=own.pk).text == "Second tab."

    def test_says_until_when_it_is_possible(self, client, own):
        html = client.get(url("edit_comment", own)).content.decode()
        ends = fragments.moment(own.created_at + timedelta(minutes=30))
        assert f"You can change it until {ends}." in html

    def test_shows_the_rules_before_the_field(self, client, own):
        html = client.get(url("edit_comment", own)).content.decode()
        rules = html.split('class="fm-rules"')[1].split("</ul>")[0]
        assert "<li>" in rules

    def test_can_be_looked_at_first(self, client, own):
        form = typed("Now **louder**.", version=own.version) | {"preview": "1"}
        html = client.post(url("edit_comment", own), form).content.decode()
        assert "<strong>louder</strong>" in html
        assert "Now **louder**.</textarea>" in html
        assert Comment.objects.get(pk=own.pk).text == own.text

    def test_twice_by_one_form_is_done_once(self, client, own):
        form = typed("Oaks, not lindens.", version=own.version)
        for _ in range(2):
            answer = client.post(url("edit_comment", own), form)
            assert answer.status_code == 302
        assert own.versions.count() == 1

    def test_after_the_window_keeps_the_text(self, client, own):
        Comment.objects.update(created_at=timezone.now() - timedelta(hours=1))
        form = typed("Too late.", version=own.version)
        html = client.post(url("edit_comment", own), form).content.decode()
        assert "Too late." in html
        assert "Comments can be edited for 30 minutes" in html

    def test_of_anothers_comment_is_not_there(self, client, resident, discussion):
        other = CommentFactory(discussion=discussion)
        for name in ("edit_comment", "withdraw_comment"):
            assert client.get(url(name, other)).status_code == 404
            assert client.post(url(name, other), typed()).status_code == 404
        assert Comment.objects.get(pk=other.pk).is_public

    def test_does_not_show_the_author_what_was_hidden(self, client, own):
        Comment.objects.update(status=ContentStatus.HIDDEN)
        html = client.get(url("edit_comment", own), follow=True).content.decode()
        assert "cannot be edited any more" in html
        assert own.text not in html
        assert own.text not in client.get(url("comment", own)).content.decode()


class TestWithdrawing:
    def test_asks_first_and_leaves_no_text(self, client, own, discussion):
        CommentFactory(parent=own)
        assert "Withdraw your comment?" in (
            client.get(url("withdraw_comment", own)).content.decode()
        )
        client.post(url("withdraw_comment", own))
        html = client.get(url("discussion", discussion)).content.decode()
        assert own.text not in html
        assert "The author has withdrawn this comment." in html


class TestReacting:
    def test_counts_are_shown_after_ones_own(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        ReactionFactory(comment=comment)
        assert "<b>" not in client.get(url("discussion", discussion)).content.decode()
        client.post(url("react", comment), {"kind": "agree"})
        html = client.get(url("discussion", discussion)).content.decode()
        assert "I agree <b>2</b>" in html
        assert 'value="" aria-pressed="true"' in html

    def test_pressed_again_is_taken_back(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        client.post(url("react", comment), {"kind": "agree"})
        client.post(url("react", comment), {"kind": ""})
        assert not Reaction.objects.exists()

    def test_returns_to_where_one_was(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        back = url("discussion", discussion) + "?sort=newest"
        response = client.post(url("react", comment), {"kind": "agree", "next": back})
        assert response.url == f"{back}#comment-{comment.pk}"

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "https:evil.example",
            "\x00",
            "\r\nX: y",
        ],
    )
    def test_leads_nowhere_else(self, client, discussion, resident, elsewhere):
        # Known holes, row 14: open redirects.
        comment = CommentFactory(discussion=discussion)
        response = client.post(
            url("react", comment), {"kind": "agree", "next": elsewhere}
        )
        assert response.url == f"/comments/{comment.pk}/#comment-{comment.pk}"

    def test_by_scripts_brings_the_buttons_and_counts_no_visit(
        self, client, discussion, resident
    ):
        comment = CommentFactory(discussion=discussion)
        form = {"kind": "agree", "next": url("discussion", discussion)}
        response = client.post(
            url("react", comment), form, headers={"HX-Request": "true"}
        )
        assert response.url == f"/comments/{comment.pk}/#comment-{comment.pk}"
        html = client.get(response.url).content.decode()
        assert 'value="" aria-pressed="true"' in html

    def test_by_scripts_says_why_it_is_refused(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        discussions.close(discussion=discussion, now=timezone.now())
        response = client.post(
            url("react", comment), {"kind": "agree"}, headers={"HX-Request": "true"}
        )
        assert response["HX-Refresh"] == "true"
        html = client.get(url("discussion", discussion)).content.decode()
        assert "closed" in html.partition("<main")[2].partition("<nav")[0]

    def test_changes_nothing_by_a_mere_link(self, client, discussion, resident):
        comment = CommentFactory(discussion=discussion)
        assert client.get(url("react", comment), {"kind": "agree"}).status_code == 405
        assert not Reaction.objects.exists()


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


class TestTheFeed:
    def test_stays_a_feed_whatever_is_in_it(self, client):
        strange = "Bell \x07, escape \x1b, none \ufffe, ]]> & <b>"
        discussion = DiscussionFactory(title=strange)
        author = ParticipantFactory(pseudonym=strange)
        CommentFactory(discussion=discussion, author=author, html=f"<p>{strange}</p>")
        feed = client.get(url("discussion_feed", discussion))
        titles = [each.text for each in ElementTree.fromstring(feed.content).iter()]
        assert "Bell , escape , none , ]]> & <b> wrote" in titles

    def test_has_each_comment_in_its_language(self, client, discussion):
        CommentFactory(discussion=discussion, language="ar", html="<p>مرحبا</p>")
        feed = client.get(url("discussion_feed", discussion))
        told = [each.text for each in ElementTree.fromstring(feed.content).iter()]
        assert '<div lang="ar" dir="rtl"><p>مرحبا</p></div>' in told

    def test_leads_from_elsewhere_to_whom_a_comment_names(self, client, discussion):
        html = '<p><a href="/comments/1/">@Ada</a> wrote &lt;a href="/x/"</p>'
        CommentFactory(discussion=discussion, html=html)
        feed = client.get(url("discussion_feed", discussion))
        whole = html.replace('"/comments', '"http://testserver/comments')
        assert whole in "".join(ElementTree.fromstring(feed.content).itertext())

    def test_holds_what_is_public_and_nothing_else(self, client, discussion):
        shown = CommentFactory(discussion=discussion)
        secret = [
            CommentFactory(discussion=discussion, **{state: True})
            for state in ("held", "hidden", "withdrawn")
        ]
        feed = client.get(url("discussion_feed", discussion))
        assert feed["Content-Type"].startswith("application/atom+xml")
        assert shown.text in feed.content.decode()
        for comment in secret:
            assert comment.text not in feed.content.decode()
