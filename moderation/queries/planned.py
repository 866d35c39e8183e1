"""Cursors for SQL that is the same each time but for its values."""

from typing import Any

from django.db import connection


def cursor() -> Any:
    """Return a cursor whose SQL the database plans once, not each time it is asked.

    On PostgreSQL, for as long as a connection lasts and from as many times on as its
    option `prepare_threshold` says; nothing is kept where that is 0 or missing. To plan
    a join takes PostgreSQL several times as long as to find its rows by their keys.
    """
    found = connection.cursor()
    if connection.vendor == "postgresql" and connection.connection.prepare_threshold:
        from psycopg import Cursor

        # Django's own writes the values into the SQL, which is then another each time.
        found.cursor = Cursor(connection.connection)
    return found
