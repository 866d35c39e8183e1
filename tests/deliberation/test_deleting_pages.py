import pytest
import swapper
from django.urls import reverse

from deliberation.models import Discussion
from deliberation.models.window import PeopleSpoke
from tests.factories.deliberation import (
    CommentFactory,
    DiscussionFactory,
    StatementFactory,
    VoteFactory,
)

pytestmark = pytest.mark.django_db
Page = swapper.load_model("wagtailcore", "Page")


@pytest.fixture
def comment():
    return CommentFactory()


class TestDeletingAPage:
    def test_takes_a_discussion_along_in_which_nobody_spoke(self):
        discussion = DiscussionFactory()
        discussion.page.delete()
        assert not Discussion.objects.filter(pk=discussion.pk).exists()

    @pytest.mark.parametrize("write", [CommentFactory, VoteFactory])
    def test_is_refused_in_words_once_people_took_part(self, write):
        made = write()
        page = (made.discussion if write is CommentFactory else made.poll).page
        with pytest.raises(PeopleSpoke, match="Unpublish it instead"):
            page.delete()
        assert type(made).objects.filter(pk=made.pk).exists()

    def test_is_refused_for_a_page_above_them_too(self, comment):
        with pytest.raises(PeopleSpoke):
            comment.discussion.page.get_parent().delete()

    def test_takes_seed_statements_along(self):
        statement = StatementFactory(is_seed=True)
        statement.poll.page.delete()
        assert not Page.objects.filter(pk=statement.poll.page_id).exists()

    def test_takes_a_seed_along_that_another_replaced(self):
        old = StatementFactory(seed=True)
        StatementFactory(seed=True, poll=old.poll, replaces=old)
        old.poll.page.delete()
        assert not Page.objects.filter(pk=old.poll.page_id).exists()

    def test_is_refused_in_the_admin_without_a_crash(self, admin_client, comment):
        page = comment.discussion.page
        url = reverse("wagtailadmin_pages:delete", args=[page.pk])
        answer = admin_client.post(url, follow=True)
        assert answer.status_code == 200
        assert "Unpublish it instead" in answer.content.decode()
        assert Page.objects.filter(pk=page.pk).exists()

    def test_is_refused_in_bulk_without_a_crash(self, admin_client, comment):
        page = comment.discussion.page
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        answer = admin_client.post(f"{url}?id={page.pk}", follow=True)
        assert "Unpublish it instead" in answer.content.decode()
        assert Page.objects.filter(pk=page.pk).exists()
