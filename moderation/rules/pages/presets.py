"""Policies to begin with. Numbers have their source; unchecked ones say so.

“Checked” means: the number stands in the project's own survey of sources. It is no
legal advice, and laws change: a city looks each number up before it relies on it.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from moderation.rules.pages.policy import Floor, PagePolicy, ProcessType, Source

INFORMAL, MAJOR, PLAN, HEARING = "informal", "major", "statutory_plan", "hearing"

# What may be signed for in public, where a policy does not say otherwise: duration and
# notice above the floors of the law, and what a small town may not have at once.
WAIVABLE = frozenset(
    {
        *("A11Y-12", "A11Y-13", "A11Y-15", "A11Y-20", "A11Y-23"),
        *("CON-01", "CON-05", "CON-07", "CON-09"),
        *("HEA-01", "HEA-02", "HEA-03", "HEA-04"),
    }
)

LORDS = "House of Lords SLSC 2013: six weeks at least, two more over holidays"
PRINCIPLES = "UK Consultation Principles 2018: answer within twelve weeks"
BAUGB = "BauGB §3(2): one month, at least 30 days"
ENQUETE = "Code de l'environnement L123-9 (version to 2017): 30 days"
WEEK = "BauGB §3(2) asks for notice one week before a plan is shown; as for hearings"
FORTNIGHT = "Code de l'environnement: 15 days before an inquiry; as for hearings"
EIA = "Directive 2011/92/EU Art. 6(7) as amended: 30 days"
BROWN = "Brown Act, Cal. Gov. Code 54954.2: agenda 72 hours before"
FRANCISCO = "San Francisco Admin. Code 91.7: interpretation until 48 hours before"
NEW_YORK = "N.Y. Public Officers Law §106: minutes within 14 days"
OWN = "default of this software"


def _source(
    rule: str,
    option: str,
    value: Any,
    text: str,
    *,
    checked: bool = False,
    kind: str = "",
) -> Source:
    return Source(
        rule=rule,
        option=option,
        value=value,
        text=text,
        checked=checked,
        process_type=kind,
    )


def _informal(days: int = 42) -> ProcessType:
    return ProcessType(
        name=INFORMAL,
        title=_("Informal consultation"),
        options={"CON-01": {"days": days}, "CON-02": {"days": days}},
    )


def _major() -> ProcessType:
    return ProcessType(
        name=MAJOR,
        title=_("Major project"),
        options={"CON-01": {"days": 84}, "CON-02": {"days": 84}},
    )


def _plan(title: Any, days: int, source: str, *, checked: bool) -> ProcessType:
    numbers = {"days": days, "statutory_days": days}
    return ProcessType(
        name=PLAN,
        title=title,
        options={"CON-01": numbers, "CON-02": {"days": days}},
        floors=(
            Floor(
                rule="CON-01",
                option="statutory_days",
                number=days,
                source=source,
                checked=checked,
            ),
        ),
    )


def _hearing(days: int, statutory: int, source: str, *, checked: bool) -> ProcessType:
    floors = (
        Floor(
            rule="HEA-01",
            option="statutory_days",
            number=statutory,
            source=source,
            checked=checked,
        ),
    )
    return ProcessType(
        name=HEARING,
        title=_("Public hearing"),
        options={"HEA-01": {"days": days, "statutory_days": statutory}},
        floors=floors if statutory else (),
    )


UK = PagePolicy(
    name="uk",
    title=_("United Kingdom"),
    options={
        "CON-02": {"regions": ["GB-ENG"], "periods": ["12-22/01-02"]},
        "CON-14": {"days": 84},
        "HEA-02": {"regions": ["GB-ENG"]},
        "HEA-04": {"regions": ["GB-ENG"]},
    },
    waivable=WAIVABLE,
    types=(
        _informal(),
        _major(),
        _hearing(14, 5, "UK: five clear days", checked=False),
    ),
    sources=(
        _source("CON-01", "days", 42, LORDS, checked=True, kind=INFORMAL),
        _source("CON-02", "more_days", 14, LORDS, checked=True),
        _source("CON-01", "days", 84, "older UK code: twelve weeks", kind=MAJOR),
        _source("CON-14", "days", 84, PRINCIPLES, checked=True),
        _source("HEA-01", "statutory_days", 5, "UK: five clear days", kind=HEARING),
        _source("HEA-01", "days", 14, OWN, kind=HEARING),
    ),
)

GERMANY = PagePolicy(
    name="de",
    title=_("Germany"),
    options={
        "CON-02": {"regions": ["DE"], "periods": ["12-23/01-06"]},
        "HEA-02": {"regions": ["DE"]},
        "HEA-04": {"regions": ["DE"]},
    },
    waivable=WAIVABLE,
    types=(
        _informal(),
        _major(),
        _plan(_("Development plan (BauGB §3(2))"), 30, BAUGB, checked=True),
        _hearing(14, 7, WEEK, checked=False),
    ),
    sources=(
        _source("CON-01", "days", 42, OWN, kind=INFORMAL),
        _source("CON-01", "days", 84, OWN, kind=MAJOR),
        _source("CON-01", "statutory_days", 30, BAUGB, checked=True, kind=PLAN),
        _source("HEA-01", "statutory_days", 7, WEEK, kind=HEARING),
        _source("HEA-01", "days", 14, OWN, kind=HEARING),
    ),
)

FRANCE = PagePolicy(
    name="fr",
    title=_("France"),
    options={
        "CON-02": {"regions": ["FR"], "periods": ["08-01/08-31", "12-22/01-02"]},
        "HEA-02": {"regions": ["FR"]},
        "HEA-04": {"regions": ["FR"]},
    },
    waivable=WAIVABLE,
    types=(
        _informal(),
        _major(),
        _plan(_("Public inquiry (enquête publique)"), 30, ENQUETE, checked=True),
        _hearing(15, 15, FORTNIGHT, checked=False),
    ),
    sources=(
        _source("CON-01", "days", 42, OWN, kind=INFORMAL),
        _source("CON-01", "days", 84, OWN, kind=MAJOR),
        _source("CON-01", "statutory_days", 30, ENQUETE, checked=True, kind=PLAN),
        _source("HEA-01", "statutory_days", 15, FORTNIGHT, kind=HEARING),
        _source("CON-02", "periods", ["08-01/08-31", "12-22/01-02"], OWN),
    ),
)

US_CITY = PagePolicy(
    name="us",
    title=_("City in the United States"),
    options={
        "CON-02": {"regions": ["US"], "periods": ["12-22/01-02"]},
        "CON-09": {"languages": ["es"]},
        "HEA-02": {"regions": ["US"], "floor_hours": 72},
        "HEA-04": {"regions": ["US"], "preferred_hours": 48},
        "HEA-08": {"days": 14},
    },
    waivable=WAIVABLE,
    types=(
        _informal(),
        _major(),
        _hearing(14, 3, BROWN, checked=True),
    ),
    sources=(
        _source("CON-01", "days", 42, OWN, kind=INFORMAL),
        _source("CON-01", "days", 84, OWN, kind=MAJOR),
        _source("HEA-02", "floor_hours", 72, BROWN, checked=True),
        _source("HEA-04", "preferred_hours", 48, FRANCISCO, checked=True),
        _source("HEA-08", "days", 14, NEW_YORK, checked=True),
        _source("HEA-01", "statutory_days", 3, BROWN, checked=True, kind=HEARING),
        _source("HEA-01", "days", 14, OWN, kind=HEARING),
        _source("CON-09", "languages", ["es"], "LEP: 5 % or 1,000; ask your census"),
    ),
)

EUROPE = PagePolicy(
    name="eu",
    title=_("European Union"),
    options={"CON-02": {"periods": ["12-22/01-02"]}},
    waivable=WAIVABLE,
    types=(
        _informal(),
        _major(),
        _plan(_("Environmental impact assessment"), 30, EIA, checked=True),
        _hearing(14, 0, OWN, checked=False),
    ),
    sources=(
        _source("CON-01", "days", 42, OWN, kind=INFORMAL),
        _source("CON-01", "days", 84, OWN, kind=MAJOR),
        _source("CON-01", "statutory_days", 30, EIA, checked=True, kind=PLAN),
        _source("HEA-01", "days", 14, OWN, kind=HEARING),
    ),
)

PHILIPPINES = PagePolicy(
    name="ph",
    title=_("Philippines"),
    options={
        "CON-02": {"regions": ["PH"], "periods": ["12-16/01-02"]},
        "CON-09": {"languages": ["tl"]},
        "HEA-02": {"regions": ["PH"]},
        "HEA-04": {"regions": ["PH"]},
    },
    waivable=WAIVABLE,
    types=(_informal(30), _major(), _hearing(15, 0, OWN, checked=False)),
    sources=(
        _source("CON-01", "days", 30, OWN, kind=INFORMAL),
        _source("CON-01", "days", 84, OWN, kind=MAJOR),
        _source("HEA-01", "days", 15, OWN, kind=HEARING),
        _source("CON-09", "languages", ["tl"], OWN),
    ),
)

KENYA = PagePolicy(
    name="ke",
    title=_("Kenya"),
    options={
        "CON-02": {"regions": ["KE"], "periods": ["12-22/01-02"]},
        "CON-09": {"languages": ["sw"]},
        "HEA-02": {"regions": ["KE"]},
        "HEA-04": {"regions": ["KE"]},
    },
    waivable=WAIVABLE,
    types=(_informal(30), _major(), _hearing(14, 0, OWN, checked=False)),
    sources=(
        _source("CON-01", "days", 30, OWN, kind=INFORMAL),
        _source("CON-01", "days", 84, OWN, kind=MAJOR),
        _source("HEA-01", "days", 14, OWN, kind=HEARING),
        _source("CON-09", "languages", ["sw"], OWN),
    ),
)

PRESETS = {
    policy.name: policy
    for policy in (EUROPE, UK, GERMANY, FRANCE, US_CITY, PHILIPPINES, KENYA)
}
