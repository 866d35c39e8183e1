"""How a page meets the rules, for the public."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.models import Page

from forum.models import Waiver
from forum.queries import debts, find, policies, publishing
from forum.queries.debts import Debt
from forum.queries.publishing import Judgement
from moderation.rules.pages import PageRule, registry

KEPT_FOR = 24 * 60 * 60


@dataclass(frozen=True)
class Sheet:
    """One page, as the rules see what the public sees."""

    page: Any
    judgement: Judgement
    kept: tuple[type[PageRule], ...]
    waivers: tuple[Waiver, ...]
    withdrawn: tuple[Waiver, ...]
    debts: tuple[Debt, ...]

    @property
    def badge(self) -> str:
        """Return it all in one line."""
        checked, kept = len(self.judgement.checked), len(self.kept)
        line = _("Meets %(kept)d of %(checked)d publishing rules") % {
            "kept": kept,
            "checked": checked,
        }
        if self.waivers:
            number = len(self.waivers)
            line += ", " + ngettext("%d waiver", "%d waivers", number) % number
        if any(each.is_bad for each in self.debts):
            line += ", " + _("a deadline was missed")
        return line


def of(page: Any, *, now: datetime) -> Sheet:
    """Return the sheet of a public page."""
    judgement = publishing.judge(page, now=now)
    signed = tuple(Waiver.objects.filter(page=page.pk).order_by("signed_at"))
    view = judgement.view
    rules = judgement.policy.rules_for(view.process_type)
    used = {each.waiver.pk for each in judgement.waived if each.waiver}
    return Sheet(
        page=page,
        judgement=judgement,
        kept=tuple(registry.get(rule) for rule in judgement.kept),
        waivers=tuple(each for each in signed if each.pk in used),
        withdrawn=tuple(each for each in signed if each.pk not in used),
        debts=tuple(debts.of_view(view, rules)),
    )


@dataclass(frozen=True)
class Line:
    """A sheet in one line, for the list of all pages."""

    page: Any
    badge: str
    is_clean: bool
    late: tuple[tuple[str, str], ...]
    waivers: tuple[Waiver, ...]


def lines(root: Page, *, now: datetime, limit: int) -> list[Line]:
    """Return a line for what is public below a page, in the order of lists.

    Judging takes long and anybody may ask, so each line is kept until its page, its
    waivers, the policy or the day changes. What is not public any more is not asked
    for.
    """
    found = find(below=root, now=now)[:limit]
    stored: dict[int, Any] = {}
    for model in {each.model for each in found}:
        keys = [each.pk for each in found if each.model is model]
        stored |= model.objects.select_related("locale").in_bulk(keys)
    pages = [stored[each.pk] for each in found if each.pk in stored]
    row = policies.row_for(root)
    rules = (row.preset, row.options, row.type_options, row.off, row.waivable)
    signed: dict[int, list[Waiver]] = {}
    for waiver in Waiver.objects.filter(page__in=[page.pk for page in pages]):
        signed.setdefault(waiver.page_id, []).append(waiver)
    return [_line(page, signed.get(page.pk, []), rules, now) for page in pages]


def _line(page: Any, signed: list[Waiver], rules: Any, now: datetime) -> Line:
    state = (
        page.pk,
        page.last_published_at,
        [(each.pk, each.withdrawn_at) for each in signed],
        rules,
        timezone.localdate(now),
        get_language(),
    )
    key = "forum:line:" + hashlib.sha256(repr(state).encode()).hexdigest()
    kept = cache.get(key)
    if kept is None:
        sheet = of(page, now=now)
        kept = {
            "badge": sheet.badge,
            "is_clean": sheet.judgement.is_ready and not sheet.waivers,
            "late": tuple((d.name, d.words) for d in sheet.debts if d.is_bad),
            "used": [each.pk for each in sheet.waivers],
        }
        cache.set(key, kept, KEPT_FOR)
    used = kept.pop("used")
    return Line(
        page=page, waivers=tuple(each for each in signed if each.pk in used), **kept
    )
