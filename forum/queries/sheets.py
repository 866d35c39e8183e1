"""How a page meets the rules, for the public."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from forum.models import Waiver
from forum.queries import debts, find, publishing
from forum.queries.debts import Debt
from forum.queries.publishing import Judgement
from moderation.rules.pages import PageRule, registry


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


def below(root: Page, *, now: datetime, limit: int) -> list[Sheet]:
    """Return the sheets of what is public below a page, in the order of lists."""
    found = find(below=root, now=now)[:limit]
    return [of(each.model.objects.get(pk=each.pk), now=now) for each in found]
