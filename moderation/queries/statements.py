"""Statements of reasons as data: the fields of the DSA Transparency Database."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from moderation import contents
from moderation.choices import (
    APPEAL_DAYS,
    ON_REPORTS,
    Act,
    Automation,
    Besides,
    FlagReason,
    Ground,
)
from moderation.models import Decision, Flag, Interim, ModeratedContent, Sanction


def by_receipt(receipt: str) -> Decision | None:
    """Return the decision that a receipt stands for, with its item and author."""
    decisions = Decision.objects.prefetch_related("content__author")
    return decisions.filter(receipt=receipt).first()


def number_of(decision: Decision) -> int | None:
    """Return the number under which the register has the decision."""
    first = decision.register_entries.order_by("number").first()
    return first.number if first else None


def appeal_until(decision: Decision) -> datetime:
    """Return until when one may appeal."""
    return decision.created_at + timedelta(days=APPEAL_DAYS)


def sanction_of(decision: Decision) -> Sanction | None:
    """Return the warning or suspension that was given with a decision."""
    return Sanction.objects.filter(decision=decision).first()


def interim_of(decision: Decision) -> Interim | None:
    """Return what says for how long readers' reports alone have hidden an item."""
    return Interim.objects.filter(decision=decision).first()


def as_dsa(decision: Decision, content: ModeratedContent) -> dict[str, Any] | None:
    """Return a restriction in the field list of July 2025; None for other acts.

    `puid` is the public number in the register, never the receipt, which opens the
    author's page.
    """
    if not Act(decision.act).restricts:
        return None
    return {
        **_visibility(decision),
        "decision_ground": decision.ground,
        **_ground(decision),
        "content_type": _content_type(content),
        "category": decision.category,
        **_territory(),
        "content_language": content.language[:2].upper(),
        "content_date": _day(content.created_at),
        "application_date": _day(decision.created_at),
        **_end(decision),
        **_account(decision),
        "decision_facts": decision.facts,
        "source_type": _source(decision),
        "automated_detection": _detection(decision),
        "automated_decision": decision.automation,
        "puid": f"decision-{number_of(decision)}",
    }


def _visibility(decision: Decision) -> dict[str, Any]:
    """Return what the decision does to the contribution."""
    other = {
        Act.REDACT: "A passage was removed; the rest stays public.",
        Act.MOVE: "The contribution was moved to another discussion.",
    }.get(Act(decision.act))
    if other is None:
        return {"decision_visibility": ["DECISION_VISIBILITY_CONTENT_DISABLED"]}
    return {
        "decision_visibility": ["DECISION_VISIBILITY_OTHER"],
        "decision_visibility_other": other,
    }


def _ground(decision: Decision) -> dict[str, str]:
    if decision.ground == Ground.ILLEGAL:
        return {
            "illegal_content_legal_ground": decision.legal_ground,
            "illegal_content_explanation": decision.facts[:2000],
        }
    return {
        "incompatible_content_ground": decision.rule_text[:500],
        "incompatible_content_explanation": decision.facts[:2000],
    }


def _end(decision: Decision) -> dict[str, str]:
    """Return when the restriction ends by itself, if it does."""
    interim = interim_of(decision)
    if interim is None:
        return {}
    return {"end_date_visibility_restriction": _day(interim.ends_at)}


def _account(decision: Decision) -> dict[str, str]:
    """Return what the decision does to the account, if it does anything.

    Who is slowed down can still take part, only less often.
    """
    sanction = sanction_of(decision)
    if sanction is None or sanction.ends_at is None:
        return {}
    if sanction.kind == Besides.SLOW:
        return {
            "decision_provision": "DECISION_PROVISION_PARTIAL_SUSPENSION",
            "end_date_service_restriction": _day(sanction.ends_at),
        }
    return {
        "decision_account": "DECISION_ACCOUNT_SUSPENDED",
        "end_date_account_restriction": _day(sanction.ends_at),
    }


def _territory() -> dict[str, list[str]]:
    """Return in which countries the decision holds, if the site says so."""
    named = sorted(getattr(settings, "FOLKMOOT_TERRITORY", ()))
    return {"territorial_scope": named} if named else {}


def _content_type(content: ModeratedContent) -> list[str]:
    files = contents.of(content).pictures(content)
    # What has pages is read, as a text is.
    pictures = [each for each in files if not each.pages]
    return ["CONTENT_TYPE_TEXT", *(["CONTENT_TYPE_IMAGE"] if pictures else [])]


def _source(decision: Decision) -> str:
    """Say whether somebody's notice led to the decision, and which kind of one."""
    reasons = set(_notices(decision).values_list("reason", flat=True))
    if FlagReason.ILLEGAL in reasons:
        return "SOURCE_ARTICLE_16"
    return "SOURCE_TYPE_OTHER_NOTIFICATION" if reasons else "SOURCE_VOLUNTARY"


def _notices(decision: Decision) -> QuerySet[Flag, Flag]:
    by_people = Flag.objects.filter(rule_id="")
    led = Q(answered_by=decision) | Q(appeal__new_decision=decision)
    if decision.rule_id == ON_REPORTS:
        # They go on waiting, and other decisions answer them.
        led |= Q(
            content_type=decision.content_type_id,
            object_id=decision.object_id,
            created_at__lte=decision.created_at,
        )
    return by_people.filter(led)


def _detection(decision: Decision) -> str:
    """Return the database's own word, which is no name of a constant as others are."""
    by_people = decision.automation == Automation.NOT or decision.rule_id == ON_REPORTS
    return "No" if by_people else "Yes"


def _day(moment: datetime) -> str:
    return timezone.localdate(moment).isoformat()
