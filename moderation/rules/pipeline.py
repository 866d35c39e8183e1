"""From a policy to a verdict: every rule in its order, every finding at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from moderation.rules import registry
from moderation.rules.base import (
    Effect,
    Finding,
    Outcome,
    Picture,
    Rule,
    Submission,
)
from moderation.rules.options import BadOption, configure


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """All that the rules say of a submission, in the order of the policy."""

    findings: tuple[Finding, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Return what becomes of the submission: the strongest finding decides."""
        outcomes = {finding.effect.outcome for finding in self.findings}
        return next((each for each in Outcome if each in outcomes), Outcome.PUBLISH)

    def of(self, *effects: Effect) -> tuple[Finding, ...]:
        """Return the findings that have one of these effects."""
        return tuple(each for each in self.findings if each.effect in effects)

    @property
    def deciding(self) -> tuple[Finding, ...]:
        """Return the findings that the outcome rests on; none for what is published."""
        if self.outcome == Outcome.PUBLISH:
            return ()
        return self.of(Effect(self.outcome.value))

    @property
    def recorded(self) -> tuple[Finding, ...]:
        """Return the findings that moderators get to see."""
        return tuple(each for each in self.findings if each.effect.is_recorded)

    @property
    def asks_for_room(self) -> bool:
        """Say whether the author is told that much of the thread is theirs."""
        return any(each.asks_for_room for each in self.findings)

    @property
    def hints(self) -> tuple[Finding, ...]:
        """Return what is said to the author alone."""
        return self.of(Effect.HINT)


def judge(submission: Submission, rules: Iterable[Rule]) -> Verdict:
    """Return what all the rules say, so that the author learns everything at once."""
    rules = tuple(rules)
    findings = [finding for rule in rules for finding in rule.check(submission)]
    for picture in submission.pictures:
        findings += _of_description(picture, submission, rules)
    return Verdict(findings=tuple(findings))


def _of_description(
    picture: Picture, submission: Submission, rules: Iterable[Rule]
) -> Iterator[Finding]:
    """Judge the words that describe a picture; they have no place in the text."""
    described = replace(submission, text=picture.description, pictures=())
    for rule in rules:
        if rule.judges_words:
            for finding in rule.check(described):
                yield replace(finding, start=None, end=None)


def from_policy(policy: Iterable[Sequence[Any]]) -> tuple[Rule, ...]:
    """Return the rules that a policy lists as (name, options), in its order.

    Raise `UnknownRule` or `BadOption` for what no rule could mean.
    """
    rules = tuple(_rule(entry) for entry in policy)
    listed = [rule.id for rule in rules]
    for name in listed:
        if listed.count(name) > 1:
            raise BadOption(_("The policy lists the rule “%s” twice.") % name)
    return rules


def _rule(entry: Sequence[Any]) -> Rule:
    if isinstance(entry, str) or not isinstance(entry, Sequence) or len(entry) != 2:
        raise BadOption(
            _("A policy lists each rule with its options, as [name, {…}], not as %r.")
            % (entry,)
        )
    name, options = entry
    return configure(registry.get(name), options)
