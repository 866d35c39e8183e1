"""One's own data in words for people; `personal_data` has it for programs."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation import contents, news
from moderation.choices import (
    Act,
    Automation,
    Besides,
    ContentStatus,
    FlagReason,
    Ground,
    LetterState,
    Mail,
    Outcome,
    Standing,
)
from moderation.models import Notice

# What the columns of each list are called.
NAMES: dict[str, str | Promise] = {
    "pseudonym": gettext_lazy("pseudonym"),
    "email": gettext_lazy("e-mail address"),
    "standing": gettext_lazy("standing"),
    "language": gettext_lazy("language"),
    "joined": gettext_lazy("joined"),
    "is_guest": gettext_lazy("guest without an account"),
    "last_sign_in": gettext_lazy("last signed in"),
    "agreed_to_rules": gettext_lazy("ticked the house rules"),
    "suspended_until": gettext_lazy("suspended until"),
    "slowed_until": gettext_lazy("slowed down until"),
    "warned_about_reports": gettext_lazy("warned about unfounded reports"),
    "erasure_due": gettext_lazy("will be erased"),
    "imported_from": gettext_lazy("came here from"),
    "kind": gettext_lazy("kind"),
    "place": gettext_lazy("where"),
    "url": gettext_lazy("address"),
    "text": gettext_lazy("text"),
    "earlier": gettext_lazy("earlier wordings"),
    "status": gettext_lazy("status"),
    "written": gettext_lazy("written"),
    "edited": gettext_lazy("edited"),
    "about": gettext_lazy("about"),
    "act": gettext_lazy("decision"),
    "ground": gettext_lazy("ground"),
    "rule_id": gettext_lazy("rule"),
    "rule_version": gettext_lazy("version of the rule"),
    "rule_text": gettext_lazy("the rule in words"),
    "legal_ground": gettext_lazy("law"),
    "facts": gettext_lazy("reasons"),
    "matched": gettext_lazy("what a rule noticed"),
    "automation": gettext_lazy("who decided"),
    "created_at": gettext_lazy("when"),
    "receipt": gettext_lazy("receipt"),
    "ends_at": gettext_lazy("ends"),
    "lifted_at": gettext_lazy("taken back"),
    "removed": gettext_lazy("a passage was removed"),
    "reason": gettext_lazy("reason"),
    "reason_title": gettext_lazy("the rule in words"),
    "outcome": gettext_lazy("outcome"),
    "answer": gettext_lazy("answer"),
    "answered_at": gettext_lazy("answered"),
    "title": gettext_lazy("title"),
    "body": gettext_lazy("message"),
    "path": gettext_lazy("address"),
    "read_at": gettext_lazy("read"),
    "topic": gettext_lazy("topic"),
    "mail": gettext_lazy("by e-mail"),
    "state": gettext_lazy("state"),
    "sent_at": gettext_lazy("sent"),
}
WORDS: dict[str, dict[Any, Any]] = {
    "standing": dict(Standing.choices),
    "status": dict(ContentStatus.choices),
    "act": dict(Act.choices),
    "ground": dict(Ground.choices),
    "automation": dict(Automation.choices),
    "reason": dict(FlagReason.choices),
    "outcome": {**dict(Act.choices), **dict(Outcome.choices)},
    "mail": dict(Mail.choices),
    "state": dict(LetterState.choices),
}


def person(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is known of the participant."""
    return list(_pairs(data["participant"], NAMES, WORDS))


def lists(data: Mapping[str, Any]) -> list[tuple[str, list[list[tuple[str, str]]]]]:
    """Return every list with its title, each row as (name, value) pairs."""
    titles: dict[str, str | Promise] = {
        "contributions": _("What you wrote"),
        "decisions": _("Decisions on it"),
        "sanctions": _("Warnings and suspensions"),
        "removed": _("Texts before a passage was removed"),
        "reports": _("What you reported"),
        "appeals": _("Your appeals"),
        "notices": _("Notices"),
        "mail": _("What you want by e-mail"),
        "letters": _("E-mails with news to you"),
        **{each.kind: each.label for each in contents.holdings()},
    }
    names = {each.kind: each.names for each in contents.holdings()}
    return [
        (str(title), _rows(kind, data[kind], names.get(kind, {})))
        for kind, title in titles.items()
    ]


def _rows(
    kind: str, rows: list[dict[str, Any]], names: Mapping[str, Any]
) -> list[list[tuple[str, str]]]:
    if kind == "contributions":
        ports = {port.kind: port for port in contents.ports()}
        kinds = {"kind": {name: port.label for name, port in ports.items()}}
        return [
            list(_pairs(row, {**NAMES, **port.names}, {**WORDS, **port.words, **kinds}))
            for row in rows
            for port in [ports[row["kind"]]]
        ]
    words = {**WORDS, **_words_of(kind)}
    return [list(_pairs(row, {**NAMES, **names}, words)) for row in rows]


def _words_of(kind: str) -> dict[str, dict[Any, Any]]:
    if kind == "sanctions":
        return {"kind": dict(Besides.choices)}
    if kind == "notices":
        kinds = {
            each: topic.label
            for topic in news.topics()
            for each in news.kinds_of(topic.name)
        }
        return {"kind": {Notice.DECISION: _("decision"), **kinds}}
    if kind == "mail":
        return {"topic": {topic.name: topic.label for topic in news.topics()}}
    return {}


def _pairs(
    row: Mapping[str, Any], names: Mapping[str, Any], words: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        if value not in (None, "", []):
            label = names.get(name, name.replace("_", " "))
            yield str(label), _spoken(name, value, words.get(name, {}))


def _spoken(name: str, value: Any, words: Mapping[Any, Any]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, list):
        return "\n\n".join(map(str, value))
    if name == "language":
        return str(dict(settings.LANGUAGES).get(value, value))
    return str(words.get(value, value))
