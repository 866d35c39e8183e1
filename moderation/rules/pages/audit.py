"""From rules to a report: what was checked, what is good, what must change."""

from collections.abc import Iterable
from dataclasses import dataclass

from moderation.rules.pages.base import PageFinding, PageRule, Severity
from moderation.rules.pages.view import PageView


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that the rules say of a page, the worst first; the same page, the same."""

    checked: tuple[str, ...]
    findings: tuple[PageFinding, ...]

    def of(self, *severities: Severity) -> tuple[PageFinding, ...]:
        """Return the findings that have one of these severities."""
        return tuple(each for each in self.findings if each.severity in severities)

    def by(self, rule: str) -> tuple[PageFinding, ...]:
        """Return the findings of one rule."""
        return tuple(each for each in self.findings if each.rule == rule)

    @property
    def blocking(self) -> tuple[PageFinding, ...]:
        """Return what refuses publishing."""
        return self.of(Severity.BLOCK)

    @property
    def passed(self) -> tuple[str, ...]:
        """Return the rules that were checked and found nothing to mend or sign for."""
        wrong = {each.rule for each in self.findings if each.severity.needs_waiver}
        return tuple(rule for rule in self.checked if rule not in wrong)


def audit(view: PageView, rules: Iterable[PageRule]) -> Report:
    """Return what the rules say that apply to this kind of page."""
    order = list(Severity)
    applied = [rule for rule in rules if view.kind in rule.applies_to]
    findings = [finding for rule in applied for finding in rule.check(view)]
    return Report(
        checked=tuple(rule.id for rule in applied),
        findings=tuple(sorted(findings, key=lambda each: order.index(each.severity))),
    )
