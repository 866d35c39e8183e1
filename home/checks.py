"""What a site on the open internet still lacks, each in one sentence."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning  # noqa: A004
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

TAG = "folkmoot"
PATIENCE = timedelta(minutes=15)


def check_production(**_options: Any) -> list[CheckMessage]:
    """Return a warning for everything `check --deploy` should not let pass."""
    return [*_cache(), *_mail(), *_tasks(), *_files()]


def _cache() -> Iterator[CheckMessage]:
    cache = settings.CACHES["default"]
    kind = cache["BACKEND"].rpartition(".")[2]
    if kind in ("LocMemCache", "DummyCache"):
        yield Warning(
            "Every process has a cache of its own: set CACHE_URL to one they share.",
            id="folkmoot.W001",
        )
    if kind == "DatabaseCache" and cache["LOCATION"] not in _tables():
        yield Warning(
            "The cache has no table yet: run manage.py createcachetable.",
            id="folkmoot.W002",
        )


def _mail() -> Iterator[CheckMessage]:
    mailers = getattr(settings, "MAILERS", None)
    backend = mailers["default"]["BACKEND"] if mailers else settings.EMAIL_BACKEND
    if backend.split(".")[-2] in ("console", "dummy", "locmem"):
        yield Warning(
            "No e-mail leaves this site, so nobody can confirm an account: set "
            "EMAIL_URL, such as smtp+tls://user:password@mail.example.org:587.",
            id="folkmoot.W003",
        )


def _tasks() -> Iterator[CheckMessage]:
    if settings.TASKS["default"]["BACKEND"] != "django_tasks_db.DatabaseBackend":
        return
    if "django_tasks_db_dbtaskresult" not in _tables():
        return
    results = import_string("django_tasks_db.models.DBTaskResult").objects
    if results.ready().filter(enqueued_at__lt=timezone.now() - PATIENCE).exists():
        yield Warning(
            "Tasks have waited for more than 15 minutes: keep a worker running, "
            "manage.py db_worker.",
            id="folkmoot.W004",
        )


def _files() -> Iterator[CheckMessage]:
    folder = Path(settings.MEDIA_ROOT)
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(existing, os.W_OK):
        yield Warning(
            f"Editors cannot store files: make {folder} writable, or set MEDIA_ROOT.",
            id="folkmoot.W005",
        )


def _tables() -> list[str]:
    try:
        return connection.introspection.table_names()
    except DatabaseError:
        return []
