"""All that the forum holds of one participant, for their own eyes."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q

from moderation import contents, news
from moderation.models import Appeal, Change, Decision, Flag, Notice, Participant


def collect(participant: Participant) -> dict[str, Any]:
    """Return everything as plain data; moments as datetimes.

    The number of queries does not grow with what there is.
    """
    return {
        "participant": _person(participant),
        "contributions": _contributions(participant),
        "decisions": _decisions(participant),
        "sanctions": list(
            participant.sanctions.order_by("created_at").values(
                "kind", "created_at", "ends_at", "lifted_at"
            )
        ),
        "removed": _removed(participant),
        "reports": _reports(participant),
        "appeals": _appeals(participant),
        "notices": _notices(participant),
        "mail": list(
            participant.mail_choices.order_by("topic").values("topic", "mail")
        ),
        "letters": list(
            participant.letters.order_by("created_at", "pk").values(
                "mail", "state", "created_at", "sent_at"
            )
        ),
        **{each.kind: each.rows(participant) for each in contents.holdings()},
    }


def _person(participant: Participant) -> dict[str, Any]:
    account = participant.account
    return {
        "pseudonym": participant.pseudonym,
        "email": getattr(account, "email", "") if account else "",
        "standing": participant.standing,
        "language": participant.language,
        "joined": participant.created_at,
        "is_guest": participant.is_guest,
        "last_sign_in": getattr(account, "last_login", None),
        "agreed_to_rules": participant.agreed_at,
        "suspended_until": participant.suspended_until,
        "slowed_until": participant.slowed_until,
        "warned_about_reports": participant.reports_warned_at,
        "erasure_due": participant.erasure_due_at,
        "imported_from": participant.origin or "",
    }


def _contributions(participant: Participant) -> list[dict[str, Any]]:
    return [
        {
            "kind": port.kind,
            "place": port.context(content).place,
            "url": port.url(content),
            "text": content.text,
            **port.details(content),
            "earlier": earlier.get(content.pk, []),
            "language": content.language,
            "status": content.status,
            "written": content.created_at,
            "edited": content.edited_at,
        }
        for port in contents.ports()
        for written in [list(_written(port, participant).order_by("created_at", "pk"))]
        for earlier in [port.earlier_texts(written)]
        for content in written
    ]


def _decisions(participant: Participant) -> list[dict[str, Any]]:
    found = Decision.objects.filter(_about_own(participant))
    names = (
        "act", "ground", "rule_id", "rule_version", "rule_text", "legal_ground",
        "facts", "matched", "automation", "created_at", "receipt",
    )  # fmt: skip
    return _with_items(found.order_by("created_at", "pk"), *names)


def _removed(participant: Participant) -> list[dict[str, Any]]:
    """Return texts as they were before a passage was removed."""
    decisions = Decision.objects.filter(_about_own(participant))
    kept = Change.objects.filter(decision__in=decisions).exclude(text="")
    rows = kept.order_by("pk").values_list("text", "decision__created_at")
    return [{"text": text, "removed": removed} for text, removed in rows]


def _reports(participant: Participant) -> list[dict[str, Any]]:
    found = Flag.objects.filter(reporter=participant).order_by("created_at", "pk")
    names = (
        "reason", "reason_title", "text", "legal_ground", "created_at", "receipt"
    )  # fmt: skip
    return _with_items(found, *names, outcome=F("answered_by__act"))


def _with_items(found: Any, *names: str, **more: F) -> list[dict[str, Any]]:
    """Return rows as plain data, each with the path of the item that it is about."""
    rows = list(found.values("content_type", "object_id", *names, **more))
    keys = [(row.pop("content_type"), row.pop("object_id")) for row in rows]
    items = contents.load(set(keys))
    return [
        {
            "about": contents.of(item).url(item) if (item := items.get(key)) else "",
            **row,
        }
        for key, row in zip(keys, rows, strict=True)
    ]


def _notices(participant: Participant) -> list[dict[str, Any]]:
    """Return what somebody was told, in the words in which they may read it now."""
    found = list(
        Notice.objects.filter(participant=participant).order_by("created_at", "pk")
    )
    told = news.tell(found)
    return [
        {
            "kind": notice.kind,
            "title": str(words.title) if words else notice.title,
            "body": notice.body,
            "path": words.path if words else notice.path,
            "created_at": notice.created_at,
            "read_at": notice.read_at,
        }
        for notice in found
        for words in [told.get(notice.pk)]
    ]


def _appeals(participant: Participant) -> list[Any]:
    own = Q(flag__reporter=participant) | Q(
        decision__in=Decision.objects.filter(_about_own(participant)),
        flag__isnull=True,
    )
    found = Appeal.objects.filter(own).order_by("created_at", "pk")
    return list(found.values("text", "created_at", "outcome", "answer", "answered_at"))


def _about_own(participant: Participant) -> Q:
    either = Q(pk__in=[])
    for port in contents.ports():
        either |= Q(
            content_type=ContentType.objects.get_for_model(port.model),
            object_id__in=_written(port, participant).values("pk"),
        )
    return either


def _written(port: contents.Port, participant: Participant) -> Any:
    return port.objects().filter(author=participant)
