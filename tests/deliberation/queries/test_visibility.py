import json

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction, Site
from wagtail_factories import SiteFactory

from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    PageFactory,
)
from tests.factories.moderation import AccountFactory, PolicyFactory

pytestmark = pytest.mark.django_db


def restrict(page, **how):
    how = how or {"restriction_type": PageViewRestriction.LOGIN}
    return PageViewRestriction.objects.create(page=page, **how)


def draft(page):
    page.live = False
    page.save()


def behind_a_sign_in(page):
    restrict(page)


def below_a_private_page(page):
    restrict(page.get_parent())


def behind_a_password(page):
    restrict(
        page, restriction_type=PageViewRestriction.PASSWORD, password="open sesame"
    )


def for_a_group(page):
    restrict(page, restriction_type=PageViewRestriction.GROUPS).groups.add(
        Group.objects.create(name="Council")
    )


def of_another_site(page):
    root = PageFactory(parent=Site.objects.get().root_page.get_parent())
    page.move(root, pos="last-child")
    SiteFactory(hostname="other.example", root_page=root)


HIDDEN = [
    draft,
    behind_a_sign_in,
    below_a_private_page,
    behind_a_password,
    for_a_group,
    of_another_site,
]


@pytest.fixture
def comment():
    policy = PolicyFactory(for_guests=True)
    comment = CommentFactory(discussion=DiscussionFactory(policy=policy))
    CommentFactory(parent=comment)
    return comment


def addresses(comment):
    """Return every way to read, as (method, path, body)."""
    place, one = f"/discussions/{comment.discussion_id}", f"/comments/{comment.pk}"
    api, text = "/api/v1", {"text": "Let me in."}
    return [
        ("GET", f"{api}{place}", None),
        ("GET", f"{api}{place}/comments", None),
        ("GET", f"{api}{place}/comments?parent={comment.pk}", None),
        ("POST", f"{api}{place}/comments", text),
        ("POST", f"{api}{place}/comments", text | {"parent": comment.pk}),
        ("GET", f"{api}{one}", None),
        ("GET", f"{api}{one}/history", None),
        ("PUT", f"{api}{one}/reaction", {"kind": "agree"}),
        ("GET", f"{place}/", None),
        ("GET", f"{place}/feed/", None),
        ("GET", f"{place}/comment/", None),
        ("GET", f"{one}/", None),
        ("GET", f"{one}/reply/", None),
        ("GET", f"{one}/history/", None),
        ("GET", f"/moderation/flag/comment/{comment.pk}/", None),
    ]


class TestWhatIsNotPublic:
    # Known holes, rows 1 and 8: every object of a draft, private or foreign page.
    @pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
    def test_is_found_on_no_way(self, client, comment, hide):
        hide(comment.discussion.page)
        for method, path, body in addresses(comment):
            response = client.generic(
                method, path, json.dumps(body), "application/json"
            )
            assert response.status_code == 404, (method, path)
            assert comment.text not in response.content.decode()

    @pytest.mark.parametrize("hide", [behind_a_sign_in, below_a_private_page])
    def test_is_open_to_whoever_may_see_the_page(self, client, comment, hide):
        hide(comment.discussion.page)
        client.force_login(AccountFactory())
        for path in (
            f"/discussions/{comment.discussion_id}/",
            f"/api/v1/comments/{comment.pk}",
        ):
            response = client.get(path)
            assert comment.text in response.content.decode()

    def test_stays_with_its_group(self, client, comment):
        for_a_group(comment.discussion.page)
        outsider = AccountFactory()
        client.force_login(outsider)
        path = f"/discussions/{comment.discussion_id}/"
        assert client.get(path).status_code == 404
        outsider.groups.add(Group.objects.get(name="Council"))
        assert client.get(path).status_code == 200

    def test_of_one_site_is_found_on_that_site(self, client, comment):
        of_another_site(comment.discussion.page)
        path = f"/discussions/{comment.discussion_id}/"
        assert client.get(path, headers={"host": "other.example"}).status_code == 200
