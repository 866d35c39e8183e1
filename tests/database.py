"""Hands every test run a copy of a database that was migrated once.

Migrating takes half a minute, copying a blink. The migrated template is named after
everything that shaped it, so a new migration, Django or language makes a new one.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

CACHE = Path(settings.BASE_DIR) / ".cache" / "test-databases"
STALE_AFTER_SECONDS = 24 * 60 * 60
# Longer than a slow machine needs to migrate.
LOCK_TIMEOUT_SECONDS = 10 * 60
# Any number will do, as long as all runs against one server take the same lock.
POSTGRESQL_LOCK = 5_711_042


@contextmanager
def fresh_copy() -> Iterator[None]:
    """Let the default connection use a database of this run's own, then remove it."""
    if connection.vendor not in ("sqlite", "postgresql"):
        raise RuntimeError("The tests run on SQLite and PostgreSQL only.")
    copy = _sqlite_copy if connection.vendor == "sqlite" else _postgresql_copy
    own_name = connection.settings_dict["NAME"]
    try:
        with copy(_fingerprint()):
            # Tests with serialized_rollback put the migrated rows back from this.
            connection._test_serialized_contents = (
                connection.creation.serialize_db_to_string()
            )
            yield
    finally:
        _point_at(own_name)


def _fingerprint() -> str:
    """Return a hash of all that decides what a migrated database looks like."""
    digest = hashlib.sha256(f"{django.VERSION} {settings.LANGUAGE_CODE}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        migrations = sorted(Path(app.path, "migrations").glob("*.py"))
        models = [] if migrations else sorted(Path(app.path).glob("models*.py"))
        for path in [*migrations, *models]:
            digest.update(f"{app.name}/{path.name}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _point_at(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _migrate(name: str) -> None:
    _point_at(name)
    call_command("migrate", verbosity=0, interactive=False)
    # Apps without migrations come second: they point at tables of the others.
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    call_command("createcachetable", verbosity=0)
    connection.close()


@contextmanager
def _sqlite_copy(fingerprint: str) -> Iterator[None]:
    CACHE.mkdir(parents=True, exist_ok=True)
    template = CACHE / f"{fingerprint}.sqlite3"
    with tempfile.TemporaryDirectory(
        dir=CACHE, prefix="run-", ignore_cleanup_errors=True
    ) as folder:
        with _alone():
            if not template.exists():
                _build_sqlite(template, Path(folder, "template.sqlite3"))
        copy = Path(folder, "test.sqlite3")
        shutil.copyfile(template, copy)
        os.utime(template)
        _point_at(str(copy))
        try:
            yield
        finally:
            connection.close()


@contextmanager
def _alone() -> Iterator[None]:
    """Let the other processes of a run wait for the template instead of building it."""
    # A database as the lock, because every system can lock one.
    lock = sqlite3.connect(
        CACHE / "lock", timeout=LOCK_TIMEOUT_SECONDS, isolation_level=None
    )
    try:
        lock.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        lock.close()


def _build_sqlite(template: Path, draft: Path) -> None:
    _migrate(str(draft))
    for old in CACHE.glob("*.sqlite3"):
        if time.time() - old.stat().st_mtime > STALE_AFTER_SECONDS:
            old.unlink(missing_ok=True)
    # A run that is cut off leaves no half a template.
    draft.replace(template)


@contextmanager
def _postgresql_copy(fingerprint: str) -> Iterator[None]:
    template = f"folkmoot_template_{fingerprint}"
    copy = f"test_folkmoot_{os.getpid()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [POSTGRESQL_LOCK])
        cursor.execute("SELECT datname FROM pg_database")
        names = {name for (name,) in cursor.fetchall()}
        if template not in names:
            _build_postgresql(cursor, template, names)
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{template}"')
    _point_at(copy)
    try:
        yield
    finally:
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def _build_postgresql(cursor, template: str, names: set[str]) -> None:
    for old in names:
        if old.startswith("folkmoot_template_"):
            cursor.execute(f'DROP DATABASE "{old}"')
    draft = "folkmoot_template_draft"
    cursor.execute(f'CREATE DATABASE "{draft}"')
    _migrate(draft)
    cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{template}"')
