"""SQL that is the same each time but for its values.

It goes to the driver as directly as may be: Django's cursors write it anew each time,
which takes SQLite longer than to find a row by its key. They are used where somebody
looks on: tests that count queries, a debugger, instruments.

PostgreSQL plans it once, for as long as a connection lasts and from as many times on as
its option `prepare_threshold` says; nothing is kept where that is 0 or missing. To plan
a join takes it several times as long as to find its rows by their keys.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import SQLiteCursorWrapper

Values = Sequence[Any] | Mapping[str, Any]


def rows(sql: str, values: Values) -> list[tuple[Any, ...]]:
    """Return all rows that the database answers."""
    db = connections[DEFAULT_DB_ALIAS]
    names = tuple(values) if isinstance(values, Mapping) else None
    with db.wrap_database_errors:
        cursor, sql = _cursor(db, sql, names)
        found: list[tuple[Any, ...]] = cursor.execute(sql, values).fetchall()
    return found


def change(sql: str, values: Values) -> int:
    """Change rows, and return how many."""
    db = connections[DEFAULT_DB_ALIAS]
    names = tuple(values) if isinstance(values, Mapping) else None
    with db.wrap_database_errors:
        cursor, sql = _cursor(db, sql, names)
        cursor.execute(sql, values)
    return int(cursor.rowcount)


def change_each(sql: str, lists: Iterable[Sequence[Any]]) -> None:
    """Do the same once with each of these lists of values."""
    db = connections[DEFAULT_DB_ALIAS]
    with db.wrap_database_errors:
        cursor, sql = _cursor(db, sql, None)
        cursor.executemany(sql, lists)


def _cursor(db: Any, sql: str, names: tuple[str, ...] | None) -> tuple[Any, str]:
    """Return what to ask, and the SQL as it takes it."""
    db.ensure_connection()
    if db.execute_wrappers or db.queries_logged:
        watched = db.cursor()
        if _keeps_plans(db):
            watched.cursor = _keeping(db)
        return watched, sql
    db.validate_no_broken_transaction()
    if db.vendor == "sqlite":
        return db.connection.cursor(), _for_sqlite(sql, names)
    return (_keeping(db) if _keeps_plans(db) else db.connection.cursor()), sql


def _keeps_plans(db: Any) -> bool:
    return db.vendor == "postgresql" and bool(db.connection.prepare_threshold)


def _keeping(db: Any) -> Any:
    from psycopg import Cursor

    # Django's own writes the values into the SQL, which is then another each time.
    return Cursor(db.connection)


@cache
def _for_sqlite(sql: str, names: tuple[str, ...] | None) -> str:
    """Return the SQL with its places as SQLite marks them."""
    convert: Any = SQLiteCursorWrapper.convert_query
    return str(convert(None, sql, param_names=names))
