import re
from pathlib import Path

import pytest

from forum.api.site import api
from moderation.rules.registry import names

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = "\n".join(
    path.read_text(encoding="utf-8")
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
)


def settings_read_from_the_environment():
    sources = sorted((ROOT / "home" / "settings").glob("*.py"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    return sorted(set(re.findall(r"""env(?:\.\w+)?\(\s*"([A-Z_]+)\"""", text)))


def endpoints():
    return [
        f"{method.upper()} {path}"
        for path, operations in api.get_openapi_schema()["paths"].items()
        for method in operations
    ]


class TestDocumentation:
    @pytest.mark.parametrize("name", names())
    def test_names_every_rule(self, name):
        assert f"`{name}`" in WRITTEN

    def test_names_every_setting(self):
        found = settings_read_from_the_environment()
        assert len(found) > 10
        assert [name for name in found if f"`{name}`" not in WRITTEN] == []

    def test_names_every_endpoint(self):
        assert [each for each in endpoints() if f"`{each}`" not in WRITTEN] == []

    def test_leads_nowhere_that_is_not_there(self):
        for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
            text = page.read_text(encoding="utf-8")
            for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
                assert (page.parent / target).exists() or target.startswith(
                    "docs/images/"
                ), f"{page.name} leads to {target}"
