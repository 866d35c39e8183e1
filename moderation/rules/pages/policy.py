"""How a city sets the rules for its pages, and what it cannot set.

policy = presets.PRESETS["de"]
report = audit(view, policy.rules_for(view.process_type))
[each for each in report.findings if policy.may_waive(each)]
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from moderation.rules.options import BadOption, configure
from moderation.rules.pages import registry
from moderation.rules.pages.base import PageFinding, PageRule, Severity

Options = Mapping[str, Mapping[str, Any]]


class BelowFloor(BadOption):
    """A policy asks for less than the law of a process type."""


@dataclass(frozen=True, kw_only=True)
class Floor:
    """A number that a statutory type cannot go below (or, `at_most`, above)."""

    rule: str
    option: str
    number: int
    source: str
    checked: bool = False
    at_most: bool = False

    def holds(self, value: int) -> bool:
        """Say whether an option's value keeps to the floor."""
        return value <= self.number if self.at_most else value >= self.number


@dataclass(frozen=True, kw_only=True)
class ProcessType:
    """A kind of process, with the options that differ and the floors of its law."""

    name: str
    title: str | Promise
    options: Options = field(default_factory=dict)
    floors: tuple[Floor, ...] = ()

    @property
    def is_statutory(self) -> bool:
        """Say whether a law sets floors for it."""
        return bool(self.floors)


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a number of a policy is from; `checked` if somebody has looked it up."""

    rule: str
    option: str
    value: Any
    text: str
    checked: bool
    process_type: str = ""


@dataclass(frozen=True, kw_only=True)
class PagePolicy:
    """One city's settings: options and severities per rule, what may be waived.

    `off` are rules that do not run; no rule that a floor names can be among them.
    """

    name: str
    title: str | Promise
    options: Options = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    waivable: frozenset[str] = frozenset()
    types: tuple[ProcessType, ...] = ()
    sources: tuple[Source, ...] = ()

    def type_of(self, name: str) -> ProcessType | None:
        """Return the process type of this name, None for one the policy has not."""
        return next((each for each in self.types if each.name == name), None)

    def rules_for(self, process_type: str = "") -> tuple[PageRule, ...]:
        """Return the rules as they run for a process type, in their order.

        Raise `UnknownRule`, `BadOption`, or `BelowFloor` for what no policy may say.
        """
        kind = self.type_of(process_type)
        merged = _merged(self.options, kind.options if kind else {})
        for name in (*merged, *self.off, *self.waivable):
            registry.get(name)
        floors = kind.floors if kind else ()
        rules = tuple(
            configure(registry.get(name), merged.get(name, {}))
            for name in registry.names()
            if name not in self.off
        )
        _keep(floors, {rule.id: rule for rule in rules})
        return rules

    def validate(self) -> None:
        """Raise what `rules_for` raises, for any of the policy's process types."""
        for name in ("", *(each.name for each in self.types)):
            self.rules_for(name)

    def may_waive(self, finding: PageFinding) -> bool:
        """Say whether somebody may sign for publishing against this finding.

        A warning always may be signed for; what blocks only if the policy says so.
        What is below a floor of the law says itself that it is not waivable.
        """
        if not (finding.is_waivable and finding.severity.needs_waiver):
            return False
        return finding.severity is Severity.WARN or finding.rule in self.waivable


def _merged(*layers: Options) -> dict[str, dict[str, Any]]:
    merged: dict[str, dict[str, Any]] = {}
    for layer in layers:
        for rule, options in layer.items():
            if not isinstance(options, Mapping):
                raise BadOption(_("The options of “%s” must be a mapping.") % rule)
            merged.setdefault(rule, {}).update(options)
    return merged


def _keep(floors: tuple[Floor, ...], rules: Mapping[str, PageRule]) -> None:
    for floor in floors:
        rule = rules.get(floor.rule)
        if rule is None or rule.severity is not Severity.BLOCK:
            raise BelowFloor(
                _("%(rule)s must block here: %(source)s.")
                % {"rule": floor.rule, "source": floor.source}
            )
        value = getattr(rule, floor.option)
        if not floor.holds(value):
            raise BelowFloor(
                _(
                    "%(rule)s.%(option)s is %(value)d; the law asks for %(number)d: "
                    "%(source)s."
                )
                % {
                    "rule": floor.rule,
                    "option": floor.option,
                    "value": value,
                    "number": floor.number,
                    "source": floor.source,
                }
            )
