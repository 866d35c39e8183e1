"""A site is found as Wagtail finds it."""

from itertools import product

import pytest
from wagtail.models import Page, Site

from moderation.queries import sites

pytestmark = pytest.mark.django_db

HOSTS = ("town.example", "town.example:8443", "other.example", "twice.example")


@pytest.fixture
def asked(rf):
    """Return a request to a host, each time a new one."""

    def _asked(host):
        return rf.get("/", headers={"host": host})

    return _asked


def store(*places):
    Site.objects.all().delete()
    root = Page.objects.get(depth=1)
    for hostname, port, is_default in places:
        Site(
            hostname=hostname, port=port, is_default_site=is_default, root_page=root
        ).save()


class TestTheSiteOfARequest:
    @pytest.mark.parametrize("default", [None, 0, 1, 3])
    def test_is_the_one_that_wagtail_finds(self, asked, default):
        places = product(("town.example", "twice.example"), (80, 8443))
        store(*((host, port, n == default) for n, (host, port) in enumerate(places)))
        for host in HOSTS:
            assert sites.of_request(asked(host)) == Site.find_for_request(asked(host))

    def test_is_the_only_one_of_a_host_at_whatever_port(self, asked):
        store(("town.example", 8000, False), ("other.example", 80, True))
        for host in HOSTS:
            assert sites.of_request(asked(host)) == Site.find_for_request(asked(host))

    def test_is_asked_for_once(self, asked, django_assert_num_queries):
        request = asked("town.example")
        with django_assert_num_queries(1):
            assert sites.of_request(request) == Site.find_for_request(request)
            assert sites.of_request(request).root_page.depth
