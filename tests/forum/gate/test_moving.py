"""A page that moves to another site must keep the rules that hold there."""

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from forum.models import ForumIndexPage, PublishingPolicy
from forum.services.publishing import NotReady
from tests.factories.forum import ask_nothing_of_pages, forum_index
from tests.factories.moderation import AccountFactory
from tests.forum.gate.pages import OTHERS, consultation, draft, is_public, mended

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    """Return a public page of a town that asks nothing."""
    ask_nothing_of_pages()
    page = draft()
    page.save_revision().publish()
    return page


@pytest.fixture
def district(page):
    """Return the list of consultations of another site, which minds."""
    root = Page.objects.get(depth=1).add_child(instance=Page(title="District"))
    site = Site.objects.create(hostname="district.example", root_page=root)
    PublishingPolicy.objects.create(site=site, off=OTHERS)
    return root.add_child(instance=ForumIndexPage(title="Have your say"))


def stands_under(page, parent):
    return Page.objects.get(pk=page.pk).get_parent().pk == parent.pk


def test_stays_where_it_is_if_it_does_not(page, district):
    with pytest.raises(NotReady):
        page.move(district, pos="last-child")
    assert stands_under(page, forum_index())


def test_stays_with_all_that_is_above_it(page, district):
    with pytest.raises(NotReady) as refusal:
        forum_index().move(district.get_parent(), pos="last-child")
    assert refusal.value.page == page
    assert stands_under(page, forum_index())


def test_tells_an_editor_why(client, page, district):
    client.force_login(AccountFactory(is_superuser=True))
    path = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, district.pk])
    told = client.post(path, follow=True).text
    assert "does not keep the rules of the other site. Nothing has moved." in told
    assert "contentpath=other_ways" in told
    assert stands_under(page, forum_index())


def test_moves_once_it_does(page, district):
    mended(page).save_revision().publish()
    page.refresh_from_db()
    page.move(district, pos="last-child")
    assert stands_under(page, district)
    assert is_public(page)


def test_moves_as_a_draft(district):
    other = consultation(live=False, slug="other", title="Other")
    forum_index().add_child(instance=other)
    other.move(district, pos="last-child")
    assert stands_under(other, district)


def test_moves_freely_within_a_site(page):
    PublishingPolicy.objects.update(off=OTHERS)
    parent = forum_index().get_parent()
    elsewhere = parent.add_child(instance=ForumIndexPage(title="Archive"))
    page.move(elsewhere, pos="last-child")
    assert stands_under(page, elsewhere)
