from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from wagtail.models import Site

from tests import database


class TestDatabaseOfTheTests:
    def test_is_not_the_one_of_the_site(self, db):
        name = str(connection.settings_dict["NAME"])
        assert "test" in Path(name).name
        assert not name.startswith(str(settings.VAR_DIR))

    @pytest.mark.django_db(transaction=True, serialized_rollback=True)
    @pytest.mark.parametrize("_turn", [1, 2])
    def test_has_its_migrated_rows_again_after_a_flush(self, _turn):
        assert Site.objects.get().root_page.depth == 2
        Site.objects.all().delete()

    def test_comes_from_another_template_after_a_new_migration(self, monkeypatch):
        before = database._fingerprint()
        monkeypatch.setattr(Path, "read_bytes", lambda path: b"new")
        assert database._fingerprint() != before


@pytest.mark.skipif(connection.vendor != "sqlite", reason="looks at SQLite's files")
class TestTemplate:
    def test_that_is_stale_goes_when_a_new_one_comes(self, db, tmp_path, monkeypatch):
        monkeypatch.setattr(database, "CACHE", tmp_path)
        monkeypatch.setattr(database, "_migrate", lambda name: Path(name).touch())
        monkeypatch.setattr(database, "STALE_AFTER_SECONDS", -1)
        (tmp_path / "old.sqlite3").touch()
        database._build_sqlite(tmp_path / "new.sqlite3", tmp_path / "draft")
        assert [path.name for path in tmp_path.iterdir()] == ["new.sqlite3"]
