"""The opinion map, drawn on the server: what a template needs to write the SVG.

Lengths are strings with a decimal point, so that no language writes them otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from deliberation.queries.results import Bubble, Group, Results, You

WIDTH, HEIGHT, MARGIN = 800, 480, 48
SMALLEST, LARGEST = 4.5, 16.0
# The room of a name on a phone, where its letters are largest.
NAME_WIDTH, NAME_HEIGHT, NAME_TOP = 120.0, 32.0, 26.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Mark:
    """One bubble: a circle has `r`, every other shape a `path`."""

    x: str
    y: str
    r: str
    path: str


@dataclass(frozen=True)
class Cluster:
    """A group's marks, the line around them, and where its name stands."""

    group: Group
    marks: tuple[Mark, ...]
    hull: str
    name_x: str
    name_y: str


@dataclass(frozen=True)
class Drawing:
    """The whole map. `you` is None for who is not on it, or not in this part."""

    clusters: tuple[Cluster, ...]
    axes: str
    you: Mark | None
    you_name_y: str
    zoomed: Group | None


def draw(results: Results, you: You | None, *, zoom: str = "") -> Drawing:
    """Return the map of all groups, or of one group by its letter."""
    zoomed = results.group(zoom)
    groups = [g for g in results.groups if g.shown and zoomed in (None, g)]
    bubbles = [b for b in results.map.bubbles if b.letter in {g.letter for g in groups}]
    view = _View.around([(b.x, b.y) for b in bubbles] + _centre_of(you, zoomed))
    most = max((b.people for b in bubbles), default=1)
    spot = view.at((you.x, you.y)) if you and _is_seen(you, zoomed) else None
    # The reader's own mark is in the way as well.
    names = [(spot[0], spot[1] + below) for below in (8, 26)] if spot else []
    return Drawing(
        clusters=tuple(_cluster(g, bubbles, view, most, names) for g in groups),
        axes=_axes(view),
        you=_mark("circle", spot, 8.0) if spot else None,
        you_name_y=_number(spot[1] + 26) if spot else "",
        zoomed=zoomed,
    )


@dataclass(frozen=True)
class _View:
    """How the plane is fitted into the picture; both axes by the same measure."""

    left: float
    top: float
    scale: float

    @classmethod
    def around(cls, points: list[Point]) -> "_View":
        xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        room = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
        scale = min(room[0] / max(width, 1e-6), room[1] / max(height, 1e-6), 1e4)
        left = (max(xs) + min(xs)) / 2 - WIDTH / 2 / scale
        top = (max(ys) + min(ys)) / 2 + HEIGHT / 2 / scale
        return cls(left, top, scale)

    def at(self, point: Point) -> Point:
        x, y = point
        return (x - self.left) * self.scale, (self.top - y) * self.scale


def _centre_of(you: You | None, zoomed: Group | None) -> list[Point]:
    return [(you.x, you.y)] if you and _is_seen(you, zoomed) else []


def _is_seen(you: You, zoomed: Group | None) -> bool:
    return zoomed is None or you.letter == zoomed.letter


def _cluster(
    group: Group, bubbles: list[Bubble], view: _View, most: int, names: list[Point]
) -> Cluster:
    own = [b for b in bubbles if b.letter == group.letter]
    spots = [view.at((b.x, b.y)) for b in own]
    sizes = [_radius(b.people, most) for b in own]
    top = min((y for _, y in spots), default=HEIGHT / 2)
    middle = sum(x for x, _ in spots) / len(spots) if spots else WIDTH / 2
    name = _free((min(max(middle, 60), WIDTH - 60), max(top - 26, NAME_TOP)), names)
    names.append(name)
    return Cluster(
        group=group,
        marks=tuple(
            _mark(group.shape, spot, size)
            for spot, size in zip(spots, sizes, strict=True)
        ),
        hull=_path(_hull(_ringed(spots, sizes))),
        name_x=_number(name[0]),
        name_y=_number(name[1]),
    )


def _free(wanted: Point, names: list[Point]) -> Point:
    """Return the nearest place above or below at which a name covers no other."""
    x, y = wanted
    beside = [at_y for at_x, at_y in names if abs(at_x - x) < NAME_WIDTH]
    lines = [y] + [at + side * NAME_HEIGHT for at in beside for side in (-1, 1)]
    free = [
        line
        for line in sorted(lines, key=lambda line: abs(line - y))
        if NAME_TOP <= line <= HEIGHT - 8
        and all(abs(line - at) >= NAME_HEIGHT for at in beside)
    ]
    return x, free[0] if free else y


def _radius(people: int, most: int) -> float:
    return max(SMALLEST, LARGEST * sqrt(people / most)) if most > 1 else SMALLEST


def _mark(shape: str, spot: Point, r: float) -> Mark:
    x, y = spot
    return Mark(_number(x), _number(y), _number(r), _SHAPES[shape](x, y, r))


def _circle(x: float, y: float, r: float) -> str:
    return ""


def _square(x: float, y: float, r: float) -> str:
    d = r * 0.89
    return _path([(x - d, y - d), (x + d, y - d), (x + d, y + d), (x - d, y + d)])


def _triangle(x: float, y: float, r: float) -> str:
    return _path(
        [(x, y - r * 1.2), (x + r * 1.1, y + r * 0.75), (x - r * 1.1, y + r * 0.75)]
    )


def _diamond(x: float, y: float, r: float) -> str:
    d = r * 1.25
    return _path([(x, y - d), (x + d, y), (x, y + d), (x - d, y)])


def _cross(x: float, y: float, r: float) -> str:
    a, b = r * 1.1, r * 0.4
    corners = [(-b, -a), (b, -a), (b, -b), (a, -b), (a, b), (b, b)]
    corners += [(b, a), (-b, a), (-b, b), (-a, b), (-a, -b), (-b, -b)]
    return _path([(x + dx, y + dy) for dx, dy in corners])


_SHAPES = {
    "circle": _circle,
    "square": _square,
    "triangle": _triangle,
    "diamond": _diamond,
    "cross": _cross,
}


def _axes(view: _View) -> str:
    x, y = view.at((0.0, 0.0))
    x, y = min(max(x, 0.0), WIDTH), min(max(y, 0.0), HEIGHT)
    return f"M{_number(x)} 10V{HEIGHT - 10}M10 {_number(y)}H{WIDTH - 10}"


def _ringed(spots: list[Point], sizes: list[float]) -> list[Point]:
    """Return points around each spot, so that the line keeps a distance."""
    ring = [(1, 0), (0.7, 0.7), (0, 1), (-0.7, 0.7), (-1, 0), (-0.7, -0.7), (0, -1)]
    return [
        (x + dx * (r + 8), y + dy * (r + 8))
        for (x, y), r in zip(spots, sizes, strict=True)
        for dx, dy in [*ring, (0.7, -0.7)]
    ]


def _hull(points: Iterable[Point]) -> list[Point]:
    """Return the convex hull, by Andrew's monotone chain."""
    ordered = sorted(set(points))
    halves: list[Point] = []
    for run in (ordered, ordered[::-1]):
        half: list[Point] = []
        for point in run:
            while len(half) > 1 and _turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves += half[:-1]
    return halves


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _path(points: list[Point]) -> str:
    if not points:
        return ""
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points) + "Z"


def _number(value: float) -> str:
    return f"{value:.1f}"
