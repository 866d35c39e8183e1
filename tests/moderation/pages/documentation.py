"""The tables of docs/rules.md about editors' content, made from the code.

    python -m tests.moderation.pages.documentation

prints them, for whoever has changed a rule.
"""

import inspect
import os
from collections.abc import Mapping
from enum import StrEnum

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()

from moderation.rules.options import option_types
from moderation.rules.pages import Kind, registry
from moderation.rules.pages.presets import PRESETS

HEAD = (
    "| rule | what it does | severity | on | options and their defaults | reference |\n"
    "| --- | --- | --- | --- | --- | --- |"
)
ACT_HEAD = "| ACT rule | our check |\n| --- | --- |"
NUMBERS_HEAD = (
    "| preset | process type | option | value | source | checked |\n"
    "| --- | --- | --- | --- | --- | --- |"
)


def row(name: str) -> str:
    rule = registry.get(name)
    defaults = rule()
    summary = " ".join(inspect.cleandoc(rule.__doc__).split("\n\n")[0].split())
    options = "<br>".join(
        f"`{option}`: {shown(getattr(defaults, option))}"
        for option in option_types(rule)
        if option != "severity"
    )
    kinds = [kind.value for kind in Kind if kind in rule.applies_to]
    on = "all pages" if len(kinds) == len(Kind) else ", ".join(kinds)
    cells = (
        f"`{name}`",
        summary,
        defaults.severity.value,
        on,
        options,
        rule.references(),
    )
    return f"| {' | '.join(cells)} |"


def shown(value) -> str:
    if isinstance(value, StrEnum):
        return f"`{value.value}`"
    if isinstance(value, Mapping):
        numbers = [each for each in value.values() if isinstance(each, int)]
        if numbers:
            return ", ".join(f"{key} {each}" for key, each in value.items())
        return "short lists for " + ", ".join(value)
    if isinstance(value, tuple) and len(value) > 8:
        return f"a short list of {len(value)}"
    return ", ".join(value) or "none" if isinstance(value, tuple) else str(value)


def table() -> str:
    return "\n".join([HEAD, *map(row, registry.names())])


def acts() -> str:
    rows = [
        f"| [{act}](https://www.w3.org/WAI/standards-guidelines/act/rules/{act}/) "
        f"| `{name}` {check} |"
        for name in registry.names()
        for check, ids in registry.get(name).checks.items()
        for act in ids
    ]
    return "\n".join([ACT_HEAD, *rows])


def numbers() -> str:
    rows = [
        f"| {policy.title} | {source.process_type or 'all'} "
        f"| `{source.rule}.{source.option}` | {_value(source.value)} | {source.text} "
        f"| {'yes' if source.checked else '**no**'} |"
        for policy in PRESETS.values()
        for source in policy.sources
    ]
    return "\n".join([NUMBERS_HEAD, *rows])


def _value(value) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


if __name__ == "__main__":
    print("\n\n".join([table(), acts(), numbers()]))  # noqa: T201
