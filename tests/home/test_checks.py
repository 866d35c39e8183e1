import django
import pytest
from django.core.management import call_command

from home import checks

pytestmark = pytest.mark.django_db


def mail(backend):
    path = f"django.core.mail.backends.{backend}.EmailBackend"
    if django.VERSION < (6, 1):
        return {"EMAIL_BACKEND": path}
    return {"MAILERS": {"default": {"BACKEND": path}}}


READY = {
    "CACHES": {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}
        | {"LOCATION": "folkmoot_test_cache"}
    },
    **mail("smtp"),
}


def ids(settings, tmp_path, **changed):
    for name, value in (READY | {"MEDIA_ROOT": tmp_path} | changed).items():
        setattr(settings, name, value)
    return [found.id for found in checks.check_production()]


@pytest.fixture
def cache_table(settings):
    settings.CACHES = READY["CACHES"]
    call_command("createcachetable")


class TestProduction:
    @pytest.mark.usefixtures("cache_table")
    def test_has_nothing_to_say_when_all_is_there(self, settings, tmp_path):
        assert ids(settings, tmp_path) == []

    def test_asks_for_the_table_of_the_cache(self, settings, tmp_path):
        assert ids(settings, tmp_path) == ["folkmoot.W002"]

    def test_asks_for_a_cache_that_processes_share(self, settings, tmp_path):
        local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        assert ids(settings, tmp_path, CACHES={"default": local}) == ["folkmoot.W001"]

    @pytest.mark.usefixtures("cache_table")
    def test_asks_for_a_way_to_send_e_mail(self, settings, tmp_path):
        assert ids(settings, tmp_path, **mail("console")) == ["folkmoot.W003"]

    @pytest.mark.usefixtures("cache_table")
    def test_asks_for_a_folder_it_may_write_to(self, settings, monkeypatch, tmp_path):
        monkeypatch.setattr(checks.os, "access", lambda *_: False)
        assert ids(settings, tmp_path) == ["folkmoot.W005"]

    @pytest.mark.usefixtures("cache_table")
    def test_does_not_mind_a_queue_that_nobody_has_used(self, settings, tmp_path):
        queue = {"BACKEND": "django_tasks_db.DatabaseBackend"}
        assert ids(settings, tmp_path, TASKS={"default": queue}) == []
