"""The real conversations, where they are at hand."""

import pytest

from bench.exports import shared_data


@pytest.fixture(autouse=True)
def _empty_cache():
    """Do without the cache, and so without Django: the maths needs neither."""


def folders(name: str) -> list:
    """Return the sets in a folder as parameters, or one that skips and says why."""
    found = sorted(p for p in shared_data(name).glob("*") if p.is_dir())
    if found:
        return [pytest.param(path, id=path.name) for path in found]
    why = f"no {name} under FOLKMOOT_DATA ({shared_data(name)})"
    return [pytest.param(None, id="absent", marks=pytest.mark.skip(reason=why))]
