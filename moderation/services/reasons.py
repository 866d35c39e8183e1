"""Statements of reasons: complete, or the decision does not happen (MOD-01)."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from moderation import sanitize
from moderation.choices import Act, Category, Ground
from moderation.queries import house_rules
from moderation.refusals import Refusal

LONGEST = {"rule_text": 2000, "legal_ground": 500, "facts": 5000}


class IncompleteReasons(Refusal):
    """The decision lacks a part of its reasons; the message says which."""


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """Why something was decided, in the fields of a decision."""

    ground: str = ""
    rule_id: str = ""
    rule_version: str = ""
    rule_text: str = ""
    category: str = ""
    legal_ground: str = ""
    facts: str = ""


def state(
    *,
    act: Act,
    language: str,
    ground: str = "",
    rule_id: str = "",
    rule_text: str = "",
    legal_ground: str = "",
    facts: str = "",
) -> Reasons:
    """Return the reasons for an act, quoting the house rule that is in force.

    The words of the rule are looked up by `rule_id` in the author's language;
    `rule_text` is for rules that are not in the catalogue. Acts that take nothing
    from the author need no rule. Raises IncompleteReasons saying all that is missing.
    """
    legal_ground = sanitize.clean_text(legal_ground)
    facts = sanitize.clean_text(facts)
    if not act.restricts:
        _require([], facts=facts)
        return Reasons(facts=facts)
    quoted = house_rules.quote(rule_id, language)
    rule_text = sanitize.clean_text(rule_text) or (quoted.text if quoted else "")
    is_illegal = ground == Ground.ILLEGAL
    _require(
        _missing(ground, rule_text, legal_ground, facts),
        rule_text=rule_text, legal_ground=legal_ground, facts=facts,
    )  # fmt: skip
    if is_illegal:
        category = quoted.category if quoted else Category.UNSPECIFIED
    else:
        category = quoted.category if quoted else Category.HOUSE_RULES
    return Reasons(
        ground=ground,
        rule_id=quoted.code if quoted else sanitize.clean_text(rule_id)[:40],
        rule_version=quoted.version if quoted else "",
        # For what is illegal, the law is the rule.
        rule_text=rule_text or legal_ground,
        category=category,
        legal_ground=legal_ground if is_illegal else "",
        facts=facts,
    )


def _missing(ground: str, rule_text: str, legal_ground: str, facts: str) -> list[str]:
    missing = []
    if ground not in Ground.values:
        missing.append(_("Say whether it is illegal or against the house rules."))
    if ground == Ground.RULES and not rule_text:
        missing.append(_("Choose the rule that it breaks."))
    if ground == Ground.ILLEGAL and not legal_ground:
        missing.append(_("Name the law that it breaks."))
    if not facts:
        missing.append(_("Say in your own words what in the text breaks it."))
    return missing


def _require(missing: list[str], **texts: str) -> None:
    for name, text in texts.items():
        if len(text) > LONGEST[name]:
            missing.append(
                _("The text “%(start)s…” is longer than %(most)s characters.")
                % {
                    "start": text[:30],
                    "most": number_format(LONGEST[name], force_grouping=True),
                }
            )
    if missing:
        raise IncompleteReasons(" ".join(missing), text=texts["facts"])
