"""Putting an item aside without a person: by a rule, or on readers' reports."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from moderation.choices import (
    ON_REPORTS,
    Act,
    Automation,
    Category,
    ContentStatus,
    Ground,
)
from moderation.models import Decision, Interim, ModeratedContent
from moderation.rules import Finding
from moderation.rules.registry import get
from moderation.services import acts, notices
from moderation.services.reasons import Reasons


@transaction.atomic
def by_rule(*, content: ModeratedContent, finding: Finding, now: datetime) -> Decision:
    """Hold an item until a moderator has read it, and say which rule did so."""
    return acts.carry_out(
        content=content,
        previous=acts.lock(content),
        act=Act.HOLD,
        now=now,
        matched=finding.matched[:500],
        automation=Automation.FULLY,
        stated=Reasons(
            ground=Ground.RULES,
            rule_id=finding.rule[:40],
            rule_version=finding.version,
            rule_text=str(get(finding.rule).title),
            category=Category.HOUSE_RULES,
            facts=str(finding.message),
        ),
    )


@transaction.atomic
def on_reports(*, content: ModeratedContent, reports: int, now: datetime) -> Decision:
    """Put an item aside because trusted readers reported it; see `interim`."""
    present = acts.lock(content)
    with notices.language_of(content.author, content.language):
        stated = Reasons(
            ground=Ground.RULES,
            rule_id=ON_REPORTS,
            rule_version="1",
            rule_text=_(
                "What several trusted readers report is put aside until a moderator "
                "has read it, for 48 hours at most."
            ),
            category=Category.HOUSE_RULES,
            facts=_("%(number)d trusted readers reported it.") % {"number": reports},
        )
    return acts.carry_out(
        content=content,
        previous=present,
        act=Act.HOLD,
        now=now,
        automation=Automation.FULLY,
        stated=stated,
    )


@transaction.atomic
def end(*, interim: Interim, now: datetime) -> bool:
    """Show an item again that nobody has decided on; say whether it was so."""
    content: ModeratedContent = interim.decision.content  # type: ignore[assignment]
    present = acts.lock(content)
    if not Interim.objects.open().filter(pk=interim.pk).exists():
        return False
    if present != ContentStatus.HELD:
        Interim.objects.filter(pk=interim.pk).update(ended_at=now)
        return False
    with notices.language_of(content.author, content.language):
        facts = _("Nobody decided within 48 hours, so it is shown again.")
    acts.carry_out(
        content=content,
        previous=present,
        act=Act.PUBLISH,
        now=now,
        automation=Automation.FULLY,
        stated=Reasons(facts=facts),
        answers=False,
    )
    return True
