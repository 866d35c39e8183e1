"""Whether a page may be published: what the rules say, and what was signed for."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from forum.models import ParticipationMixin, Waiver
from forum.models.base import Page as AnyPage
from forum.queries import page_view
from forum.queries.policies import policy_for
from moderation.rules.pages import (
    PageFinding,
    PageRule,
    PageView,
    Severity,
    audit,
    registry,
)
from moderation.rules.pages.language_tags import primary
from moderation.rules.pages.lix import NOT_SPACED, measure
from moderation.rules.pages.policy import PagePolicy
from moderation.rules.pages.readability import limit_for


@dataclass(frozen=True)
class Judged:
    """One finding, with who signed for it and whether anybody may."""

    finding: PageFinding
    fingerprint: str
    waiver: Waiver | None
    may_be_waived: bool

    @property
    def title(self) -> str:
        """Return the title of the rule."""
        return str(registry.get(self.finding.rule).title)

    @property
    def stands_in_the_way(self) -> bool:
        """Say whether the page waits for this one."""
        return self.finding.severity.needs_waiver and self.waiver is None


@dataclass(frozen=True)
class Reading:
    """How hard a part of a page is to read; `limit` is 0 where there is none."""

    name: str
    lix: int
    limit: int

    @property
    def is_hard(self) -> bool:
        """Say whether it is too hard for many."""
        return bool(self.limit) and self.lix > self.limit


@dataclass(frozen=True)
class Judgement:
    """All that the rules say of a page, under its site's policy."""

    view: PageView
    policy: PagePolicy
    checked: tuple[str, ...]
    items: tuple[Judged, ...]

    @cached_property
    def in_the_way(self) -> tuple[Judged, ...]:
        """Return what must be mended, or signed for, before the page is published."""
        return tuple(each for each in self.items if each.stands_in_the_way)

    @property
    def is_ready(self) -> bool:
        """Say whether the page may be published."""
        return not self.in_the_way

    @property
    def waived(self) -> tuple[Judged, ...]:
        """Return what somebody signed for."""
        return tuple(each for each in self.items if each.waiver)

    def of(self, *severities: Severity) -> tuple[Judged, ...]:
        """Return the findings of these severities that nobody signed for."""
        return tuple(
            each
            for each in self.items
            if each.finding.severity in severities and not each.waiver
        )

    @property
    def kept(self) -> tuple[str, ...]:
        """Return the rules that found nothing to mend or to sign for."""
        wrong = {
            each.finding.rule
            for each in self.items
            if each.finding.severity.needs_waiver
        }
        return tuple(rule for rule in self.checked if rule not in wrong)

    @property
    def reading(self) -> list[Reading]:
        """Return how hard summary and text are to read; nothing for what is short."""
        view = self.view
        language = primary(view.language)
        rules = {each.id: each for each in self.policy.rules_for(view.process_type)}
        limits = getattr(rules.get("A11Y-19"), "limits", {})
        if language in NOT_SPACED:
            return []
        return [
            Reading(str(name), lix, limit_for(language, limits))
            for name, text in ((_("Summary"), view.summary), (_("Text"), view.text))
            if (lix := measure(text).lix)
        ]


def judge(
    page: Any,
    *,
    now: datetime,
    parent: Page | None = None,
    policy: PagePolicy | None = None,
) -> Judgement:
    """Return what stands between a page and its publication.

    A page that is to appear later is judged as of that moment. Aliases show the same
    words elsewhere, so they are judged with their source.
    """
    policy = policy or policy_for(page, parent=parent)
    at = max(now, page.go_live_at) if page.go_live_at else now
    view = page_view.of(page, now=at, parent=parent)
    rules = policy.rules_for(view.process_type)
    views = [view, *_aliases(page, view)]
    with translation.override(settings.LANGUAGE_CODE):
        signed = _all_findings(views, rules)
    is_common = translation.get_language() == settings.LANGUAGE_CODE
    read = signed if is_common else _all_findings(views, rules)
    waivers = _waivers(page)
    judged = {}
    for finding, in_common in zip(read, signed, strict=True):
        mark = fingerprint(in_common)
        judged[mark] = Judged(
            finding=finding,
            fingerprint=mark,
            waiver=waivers.get(mark),
            may_be_waived=policy.may_waive(finding),
        )
    return Judgement(
        view=view,
        policy=policy,
        checked=tuple(rule.id for rule in rules if view.kind in rule.applies_to),
        items=tuple(judged.values()),
    )


def fingerprint(finding: PageFinding) -> str:
    """Return what a signature holds for: place, words and numbers of a finding.

    The finding must be told in the site's own language, whoever reads it.
    """
    told = "\x1f".join((*finding.key, finding.message))
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()


def is_judged(instance: Any) -> bool:
    """Say whether the gate stands before this model."""
    return isinstance(instance, ParticipationMixin) and isinstance(instance, Page)


def judged(instance: Any) -> Any:
    """Return the page that the gate judges when this is stored; None if there is none.

    A page may be stored as what all pages are, as Wagtail does with those that expire:
    then it is judged as the consultation or hearing that it becomes.
    """
    if is_judged(instance):
        return instance
    if type(instance) is not AnyPage or not instance.pk:
        return None
    kind = instance.specific_class
    if kind is None or not issubclass(kind, ParticipationMixin):
        return None
    page = kind._default_manager.filter(pk=instance.pk).first()
    for each in instance._meta.concrete_fields if page else ():
        setattr(page, each.attname, getattr(instance, each.attname))
    return page


def _all_findings(
    views: Iterable[PageView], rules: tuple[PageRule, ...]
) -> list[PageFinding]:
    return [finding for view in views for finding in audit(view, rules).findings]


def _aliases(page: Any, view: PageView) -> Iterable[PageView]:
    if not page.pk:
        return
    for alias in type(page)._default_manager.filter(alias_of=page):
        shown = page_view.of(alias, now=view.now)
        yield replace(
            view, language=shown.language, sibling_titles=shown.sibling_titles
        )


def _waivers(page: Any) -> dict[str, Waiver]:
    """Return the signatures that hold for a page, those of its source included."""
    signed = Waiver.objects.filter(
        page__in=[key for key in (page.pk, page.alias_of_id) if key],
        withdrawn_at__isnull=True,
    )
    return {each.fingerprint: each for each in signed}
