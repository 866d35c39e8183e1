"""The house rules that decisions quote."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from moderation.choices import Category, FlagReason
from moderation.language import to_address_in
from moderation.models import HouseRule

# The version of the software's own rules.
NOT_WRITTEN = "0"


@dataclass(frozen=True, kw_only=True)
class Quote:
    """One rule, in the words and the version that are in force."""

    code: str
    title: str
    text: str
    version: str
    category: Category


# What applies until a city has written rules of its own: code, title, text, category.
_OWN: tuple[tuple[str, Promise, Promise, Category], ...] = (
    (
        "threat",
        _("No threats"),
        _("Nobody is threatened here, and nobody calls for violence."),
        Category.VIOLENCE,
    ),
    (
        "hate",
        _("No contempt for people"),
        _("Nobody is degraded for who they are, where they come from, what they "
          "believe, whom they love or what they can do."),
        Category.SPEECH,
    ),
    (
        "insult",
        _("Argue with the idea, not the person"),
        _("Insults and harassment have no place here. Criticism of ideas, plans and "
          "public acts is welcome."),
        Category.SPEECH,
    ),
    (
        "personal_data",
        _("Leave out other people's data"),
        _("Nobody publishes addresses, telephone numbers or other personal data of "
          "somebody else."),
        Category.PRIVACY,
    ),
    (
        "spam",
        _("No advertising"),
        _("Advertising, repeated posts and texts made to mislead are not "
          "contributions."),
        Category.HOUSE_RULES,
    ),
    (
        "off_topic",
        _("Stay with the subject"),
        _("A contribution has to do with what is asked here."),
        Category.HOUSE_RULES,
    ),
)  # fmt: skip


def catalogue(language: str) -> tuple[Quote, ...]:
    """Return the rules in force, each in the given language where it exists in it.

    A rule without a version in that language is quoted in the site's language, or
    else in any. As long as a city has written none, those of the software apply.
    """
    preferred = {settings.LANGUAGE_CODE: 1, language: 2}
    best: dict[str, HouseRule] = {}
    for rule in HouseRule.objects.order_by("code", "pk"):
        rank = preferred.get(rule.language, 0)
        if rule.code not in best or rank > preferred.get(best[rule.code].language, 0):
            best[rule.code] = rule
    if not best:
        return _own(language)
    return tuple(
        Quote(
            code=rule.code,
            title=rule.title,
            text=rule.text,
            version=str(rule.version),
            category=Category(rule.category),
        )
        for rule in best.values()
        if not rule.is_retired
    )


def reasons(language: str) -> list[tuple[str, Any]]:
    """Return why a reader may report something: (code, words), in their order.

    The rules in force, before them that it is illegal, after them anything else.
    """
    rules = catalogue(language)
    if rules and all(rule.version == NOT_WRITTEN for rule in rules):
        return FlagReason.for_readers()
    return FlagReason.around([(rule.code, rule.title) for rule in rules])


@dataclass(frozen=True)
class Wording:
    """How a rule reads or read, and from when on."""

    version: int
    title: str
    text: str
    changed_at: datetime


def wordings(language: str) -> list[tuple[HouseRule, list[Wording]]]:
    """Return a city's rules in a language with every wording, the latest first."""
    rules = list(HouseRule.objects.filter(language=language).order_by("code"))
    kept = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(HouseRule),
        object_id__in=[str(rule.pk) for rule in rules],
    )
    told: dict[int, dict[int, Wording]] = {rule.pk: {} for rule in rules}
    for content in kept.order_by("created_at", "pk").values_list("content", flat=True):
        wording = _wording(content)
        told[content["pk"]][wording.version] = wording
    for rule in rules:
        told[rule.pk][rule.version] = Wording(
            rule.version, rule.title, rule.text, rule.changed_at
        )
    return [
        (rule, [told[rule.pk][version] for version in sorted(told[rule.pk])][::-1])
        for rule in rules
    ]


def languages() -> list[str]:
    """Return the languages in which a city has rules of its own."""
    found = HouseRule.objects.order_by("language").values_list("language", flat=True)
    return list(found.distinct())


def _wording(content: dict[str, Any]) -> Wording:
    changed_at = parse_datetime(content["changed_at"])
    if changed_at is None:
        raise ValueError(content["changed_at"])
    return Wording(content["version"], content["title"], content["text"], changed_at)


def quote(code: str, language: str) -> Quote | None:
    """Return the rule of this code as it is in force, None if there is none."""
    return next((each for each in catalogue(language) if each.code == code), None)


def _own(language: str) -> tuple[Quote, ...]:
    with translation.override(to_address_in(language)):
        return tuple(
            Quote(
                code=code,
                title=str(title),
                text=str(text),
                version=NOT_WRITTEN,
                category=category,
            )
            for code, title, text, category in _OWN
        )
