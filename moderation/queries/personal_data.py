"""All that the forum holds of one participant, for their own eyes."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q

from moderation import contents
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
        "notices": list(
            Notice.objects.filter(participant=participant)
            .order_by("created_at", "pk")
            .values("kind", "title", "body", "path", "created_at", "read_at")
        ),
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
    }


def _contributions(participant: Participant) -> list[dict[str, Any]]:
    return [
        {
            "kind": port.kind,
            "place": port.context(content).place,
            "url": port.url(content),
            "text": content.text,
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
    names = ("act", "ground", "rule_id", "rule_text", "legal_ground", "facts")
    return list(
        found.order_by("created_at", "pk").values(*names, "automation", "created_at")
    )


def _removed(participant: Participant) -> list[dict[str, Any]]:
    """Return texts as they were before a passage was removed."""
    decisions = Decision.objects.filter(_about_own(participant))
    kept = Change.objects.filter(decision__in=decisions).exclude(text="")
    rows = kept.order_by("pk").values_list("text", "decision__created_at")
    return [{"text": text, "removed": removed} for text, removed in rows]


def _reports(participant: Participant) -> list[dict[str, Any]]:
    found = Flag.objects.filter(reporter=participant).order_by("created_at", "pk")
    names = ("reason", "text", "created_at", "receipt")
    return list(found.values(*names, outcome=F("answered_by__act")))


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
