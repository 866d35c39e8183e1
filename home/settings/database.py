"""Translate DATABASE_URL into Django's settings."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

# Writers queue instead of failing, readers never wait for a writer.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"
        "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;"
    ),
}
# Pages ask small questions; compiling them takes longer than answering them, and so
# does planning anew, at each of its times, what is asked the sixth time and on.
POSTGRESQL_OPTIONS = {"options": "-c jit=off", "prepare_threshold": 5}
POSTGRESQL_POOL = {"min_size": 2, "max_size": 8, "timeout": 10}


def from_url(url: str, var_dir: Path) -> dict[str, Any]:
    """Return Django's settings for a database URL, for SQLite in var_dir if empty.

    Raises ImproperlyConfigured for engines that nobody has tried.
    """
    if not url:
        var_dir.mkdir(exist_ok=True)
        url = f"sqlite:///{(var_dir / 'folkmoot.sqlite3').as_posix()}"
    config = dict(environ.Env.db_url_config(url))
    options = dict(config.get("OPTIONS", {}))
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS | options
    elif config["ENGINE"].endswith("postgresql"):
        config["OPTIONS"] = {"pool": POSTGRESQL_POOL} | POSTGRESQL_OPTIONS | options
        config["CONN_MAX_AGE"] = 0
    else:
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with sqlite:/// or postgres://."
        )
    return config
