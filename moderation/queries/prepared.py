"""Queries whose SQL is built once: for what every request or every vote asks.

Building the SQL of a QuerySet takes Django several times as long as the database needs
to answer by a key.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

# Of the numbers that a database keeps in eight bytes.
LARGEST = 2**63 - 1


class Given(RawSQL):
    """The place in a prepared query of a value that is given when it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__("%s", (_Name(name),))


class PreparedQuery:
    """A query of plain rows; what differs each time stands in it as `Given("name")`.

    FIND = PreparedQuery(lambda: A.objects.filter(b=Given("b")).values_list("c"))
    FIND.rows(b=3)
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._built: dict[str, _Built] = {}

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """Return all rows for these values; none for a number that no id can be."""
        if any(isinstance(one, int) and abs(one) > LARGEST for one in given.values()):
            return []
        built = self._built.get(connection.vendor) or self._compile()
        values = [
            _adapted(given[p.name]) if isinstance(p, _Name) else p for p in built.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(built.sql, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        if built.converters:
            rows = [tuple(row) for row in built.convert(rows, built.converters)]
        return rows

    def first(self, **given: Any) -> tuple[Any, ...] | None:
        """Return the only row for these values, or the first of several, or None."""
        rows = self.rows(**given)
        return rows[0] if rows else None

    def _compile(self) -> "_Built":
        compiler = self._build().query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        # These know the connection of this thread, of which they ask its settings only.
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        built = _Built(sql, params, compiler.apply_converters, converters)
        self._built[connection.vendor] = built
        return built


class _Name(NamedTuple):
    name: str


class _Built(NamedTuple):
    sql: str
    params: tuple[Any, ...]
    convert: Callable[..., Any]
    converters: Any


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
