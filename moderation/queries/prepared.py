"""Queries whose SQL is built once: for what every request or every vote asks.

Building the SQL of a QuerySet takes Django several times as long as the database needs
to answer by a key. Where it can, the database keeps its plan for it, too.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Generic, NamedTuple, Self, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from moderation.queries import planned

Found = TypeVar("Found", bound=Model)

# Of the numbers that a database keeps in eight bytes.
LARGEST = 2**63 - 1


class Given(RawSQL):
    """The place in a prepared query of a value that is given when it is asked."""

    def __init__(self, name: str) -> None:
        super().__init__("%s", (_Name(name),))


class GivenList(RawSQL):
    """The same for so many values after an `__in`, which are given as a sequence."""

    def __init__(self, name: str, many: int) -> None:
        names = tuple(_Name(name, place) for place in range(many))
        super().__init__(", ".join(["%s"] * many), names)


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
        return list(self._rows(self._ready(), given))

    def first(self, **given: Any) -> tuple[Any, ...] | None:
        """Return the only row for these values, or the first of several, or None."""
        rows = self.rows(**given)
        return rows[0] if rows else None

    def _rows(
        self, built: "_Built", given: dict[str, Any]
    ) -> Iterable[tuple[Any, ...]]:
        try:
            values = [p.among(given) if type(p) is _Name else p for p in built.params]
        except OverflowError:
            return []
        rows = planned.rows(built.sql, values)
        if not built.converters:
            return rows
        return map(tuple, built.convert(rows, built.converters))

    def _ready(self) -> "_Built":
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        return self._built.get(vendor) or self._compile(vendor)

    def _compile(self, vendor: str) -> "_Built":
        compiler = self._build().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        # These know the connection of this thread, of which they ask its settings only.
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        built = _Built(
            sql, params, compiler.apply_converters, converters, self._shape(compiler)
        )
        self._built[vendor] = built
        return built

    def _shape(self, compiler: Any) -> "_Shape | None":
        """Return what becomes of a row that does not stay one."""
        return None


class PreparedObjects(PreparedQuery, Generic[Found]):
    """The same for the objects of a model, with what `select_related` brings along.

    FIND = PreparedObjects[A](lambda: A.objects.filter(b=Given("b")))
    FIND.all(b=3)
    """

    def all(self, **given: Any) -> list[Found]:
        """Return all objects for these values."""
        built = self._ready()
        return [built.shape.filled(row) for row in self._rows(built, given)]

    def _shape(self, compiler: Any) -> "_Shape":
        return _Shape.of(
            compiler.klass_info, compiler.select, compiler.annotation_col_map
        )


class _Shape(NamedTuple):
    """Where in a row an object stands, and those that come along with it.

    It does what Django's own `ModelIterable` does, which builds the SQL each time; for
    models of one table.
    """

    model: type[Model]
    names: list[str]
    columns: slice
    key: int
    annotations: list[tuple[str, int]]
    related: list[tuple["_Shape", Callable[..., None], Callable[..., None]]]

    @classmethod
    def of(cls, info: Any, select: Any, annotations: Any) -> Self:
        model, places = info["model"], info["select_fields"]
        names = [select[place][0].target.attname for place in places]
        return cls(
            model,
            names,
            slice(places[0], places[-1] + 1),
            places[names.index(model._meta.pk.attname)],
            list(annotations.items()),
            [
                (cls.of(each, select, {}), each["local_setter"], each["remote_setter"])
                for each in info.get("related_klass_infos", ())
            ],
        )

    def filled(self, row: tuple[Any, ...]) -> Any:
        made = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.columns])
        for name, place in self.annotations:
            setattr(made, name, row[place])
        for shape, hang, hang_back in self.related:
            # An outer join that found nothing has no key.
            other = None if row[shape.key] is None else shape.filled(row)
            hang(made, other)
            if other is not None:
                hang_back(other, made)
        return made


class _Name(NamedTuple):
    name: str
    place: int | None = None

    def among(self, given: dict[str, Any]) -> Any:
        """Return the value of this name as the database takes it.

        Raises OverflowError for a number that none of its columns can hold.
        """
        value = given[self.name]
        return _adapted(value if self.place is None else value[self.place])


class _Built(NamedTuple):
    sql: str
    params: tuple[Any, ...]
    convert: Callable[..., Any]
    converters: Any
    shape: Any


def _adapted(value: Any) -> Any:
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        raise OverflowError
    if isinstance(value, datetime):
        return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value)
    return value
