from itertools import combinations
from types import SimpleNamespace

import pytest

from deliberation.views import opinion_map


def drawn(you, centres):
    """Return the drawing of groups of two people each around these points."""
    groups = [
        SimpleNamespace(letter=letter, shape="circle", shown=True)
        for letter, _centre in zip("ABCDE", centres, strict=False)
    ]
    bubbles = [
        SimpleNamespace(x=x + dx, y=y, people=1, letter=group.letter)
        for group, (x, y) in zip(groups, centres, strict=True)
        for dx in (-0.1, 0.1)
    ]
    results = SimpleNamespace(
        groups=groups,
        map=SimpleNamespace(bubbles=bubbles),
        group=lambda letter: None,
    )
    place = SimpleNamespace(x=you[0], y=you[1], letter="A") if you else None
    return opinion_map.draw(results, place)


@pytest.mark.parametrize(
    ("you", "centres"),
    [
        (None, [(0, 0), (0.1, 0.02), (5, 5)]),
        ((0, 0.5), [(0, 0), (0.2, 0.1), (5, 5)]),
        ((0, 5), [(0, 4.9), (0.3, 4.8), (0.1, 5), (5, 0)]),
        ((2, 0), [(2, 0), (2, 0), (2, 0), (2, 0), (2, 0)]),
    ],
)
def test_no_name_on_the_map_covers_another(you, centres):
    drawing = drawn(you, centres)
    names = [(float(one.name_x), float(one.name_y)) for one in drawing.clusters]
    if drawing.you:
        x, y = float(drawing.you.x), float(drawing.you.y)
        assert all(
            abs(x - at) >= 120 or abs(y + 8 - line) >= 31.9 for at, line in names
        )
        names.append((x, float(drawing.you_name_y)))
    assert len(names) == len(centres) + bool(you)
    for (x, y), (other_x, other_y) in combinations(names, 2):
        assert abs(x - other_x) >= 120 or abs(y - other_y) >= 31.9
    assert all(20 <= y <= opinion_map.HEIGHT for _x, y in names)


def test_a_name_that_is_in_nobodys_way_stands_above_its_group():
    (one, other) = drawn(None, [(0, 0), (5, 0)]).clusters
    assert one.name_y == other.name_y
    assert float(one.name_y) < float(one.marks[0].y)
