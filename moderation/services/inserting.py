"""Store a new row by SQL that is built once: for what many people post at a time.

Building the SQL of an INSERT takes Django several times as long as the database needs
to store the row.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model

from moderation.queries import planned

Stored = TypeVar("Stored", bound=Model)


class PreparedInsert(Generic[Stored]):
    """What stores new rows of a model that has one table, whose keys the database gives.

    STORE = PreparedInsert(A)
    STORE.new(A(b=3))

    No signals are sent.
    """

    def __init__(self, model: type[Stored]) -> None:
        self._meta = model._meta

    def new(self, row: Stored) -> Stored:
        """Store the row, and return it with its key; or raise IntegrityError."""
        return self._with_key(row, planned.rows(self._always, self._values(row)))

    def unless_there(self, row: Stored) -> Stored | None:
        """Do the same, or return None if a constraint allows one and there is one.

        Whoever is just storing that one is waited for.
        """
        found = planned.rows(self._if_none_is_there, self._values(row))
        return self._with_key(row, found) if found else None

    def each_unless_there(self, rows: Iterable[Stored]) -> None:
        """Do the same with many, which do not learn their keys."""
        planned.change_each(self._those_not_there, [self._values(row) for row in rows])

    def _values(self, row: Stored) -> list[Any]:
        db = connections[DEFAULT_DB_ALIAS]
        return [
            field.get_db_prep_save(field.pre_save(row, add=True), db)
            for field in self._fields
        ]

    def _with_key(self, row: Stored, found: list[tuple[Any, ...]]) -> Stored:
        ((row.pk,),) = found
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
        return row

    @cached_property
    def _fields(self) -> "list[Field[Any, Any]]":
        return [field for field in self._meta.concrete_fields if not field.primary_key]

    @cached_property
    def _always(self) -> str:
        return f"{self._insert} {self._key}"

    @cached_property
    def _if_none_is_there(self) -> str:
        return f"{self._insert} ON CONFLICT DO NOTHING {self._key}"

    @cached_property
    def _those_not_there(self) -> str:
        return f"{self._insert} ON CONFLICT DO NOTHING"

    @cached_property
    def _insert(self) -> str:
        name = connection.ops.quote_name
        columns = ", ".join(name(str(field.column)) for field in self._fields)
        places = ", ".join(["%s"] * len(self._fields))
        table = name(self._meta.db_table)
        return f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608

    @cached_property
    def _key(self) -> str:
        return f"RETURNING {connection.ops.quote_name(str(self._meta.pk.column))}"
