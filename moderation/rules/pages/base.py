"""What a rule for pages says, and how.

Rules are pure: everything they need is in the `PageView` the caller fills.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise

from moderation.rules.pages.view import Kind, PageView


class Severity(StrEnum):
    """What a finding does to publishing, the strongest first."""

    BLOCK = "block"  # the page is not published; a policy may allow a waiver
    WARN = "warn"  # the editor ticks it and gives a reason, which becomes public
    HINT = "hint"  # said to the editor only, never recorded
    AUTO = "auto"  # the software sees to it; said so that nobody wonders

    @property
    def needs_waiver(self) -> bool:
        """Say whether the page waits until it is mended, or somebody signs for why."""
        return self in {Severity.BLOCK, Severity.WARN}


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where on the page: the field, or the block by its path in it.

    `path` is such as “summary” or “body.3.value”; `quote` is what is written there,
    cut short; `anchor` is the id of the HTML element, if it has one.
    """

    path: str = ""
    quote: str = ""
    anchor: str = ""


NOWHERE = Location()


@dataclass(frozen=True, kw_only=True)
class PageFinding:
    """What a rule says of a page or of one place on it.

    `message` says what is wrong, `why` whom it shuts out, `mend` what to do. `check`
    is which of the rule's checks found it. Where `is_waivable` is false, nobody can
    sign for it, whatever the policy says.
    """

    rule: str
    check: str
    severity: Severity
    message: str
    why: str
    mend: str
    location: Location = NOWHERE
    is_waivable: bool = True

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what makes this the same finding after an edit elsewhere."""
        where = self.location
        return (self.rule, self.check, where.path, where.quote or where.anchor)


@dataclass(frozen=True, kw_only=True)
class PageRule(ABC):
    """One rule. A subclass names itself and its options, and answers `check`.

    `checks` maps the name of each thing it looks for to the ids of the W3C's ACT
    rules that this check meets; only those, for they are tested.
    """

    id: ClassVar[str]
    title: ClassVar[str | Promise]
    why: ClassVar[str | Promise]
    reference: ClassVar[str]
    checks: ClassVar[Mapping[str, tuple[str, ...]]]
    applies_to: ClassVar[frozenset[Kind]] = frozenset(Kind)

    severity: Severity = field(default=Severity.BLOCK)

    @classmethod
    def references(cls) -> str:
        """Return where the rule is from, with the ACT rules that it meets."""
        acts = [act for ids in cls.checks.values() for act in ids]
        return "; ".join([cls.reference, *([f"ACT {', '.join(acts)}"] if acts else [])])

    @abstractmethod
    def check(self, view: PageView) -> Iterable[PageFinding]:
        """Return what there is to say of the page; nothing if all is well."""

    def finding(
        self,
        check: str,
        message: str,
        mend: str,
        *,
        at: Location = NOWHERE,
        severity: Severity | None = None,
        why: str | Promise = "",
        is_waivable: bool = True,
    ) -> PageFinding:
        """Return a finding of this rule."""
        if check not in self.checks:
            raise LookupError(f"{self.id} does not say that it checks “{check}”.")
        return PageFinding(
            rule=self.id,
            check=check,
            severity=severity or self.severity,
            message=message,
            why=str(why or self.why),
            mend=mend,
            location=at,
            is_waivable=is_waivable,
        )
