"""Where a text holds an address or a number that leads to a person."""

import re
from collections.abc import Iterable, Iterator, Sequence

from phonenumbers import Leniency, PhoneNumberMatcher

Span = tuple[int, int]

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}@"
    r"(?P<domain>(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,8}[^\W\d_]{2,24})(?![\w@-])"
)
_CARD = re.compile(r"(?<![\w.,/-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\w/-])")
_IBAN = re.compile(
    r"(?<![^\W_])(?P<country>[A-Za-z]{2})\d\d(?:[ -]?[A-Za-z0-9]){11,30}"
)
_DIGIT = re.compile(r"\d")

# Fewer digits than this reach nobody from afar, and looking closer takes time.
_SHORTEST_PHONE = 6

# How many digits a card number has, by its first one (ISO 7812 issuers).
_CARD_LENGTHS = {
    2: {16},
    3: {14, 15, 16},
    4: {13, 16, 19},
    5: {16},
    6: {16, 17, 18, 19},
}

# How many letters and digits an IBAN has, by country (ISO 13616 registry).
_IBAN_LENGTH = {
    country: length
    for length, countries in {
        15: "NO",
        16: "BE",
        18: "DK FI FK FO GL NL SD",
        19: "MK SI",
        20: "AT BA EE KZ LT LU MN XK",
        21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA",
        23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG",
        25: "LY PT ST",
        26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA",
        30: "JO KW MU",
        31: "MT SC",
        32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}


def emails(text: str, *, except_domains: Sequence[str] = ()) -> Iterator[Span]:
    """Yield where e-mail addresses stand, but those of the given domains."""
    if "@" not in text:
        return
    public = {domain.casefold() for domain in except_domains}
    for found in _EMAIL.finditer(text):
        if found["domain"].casefold() not in public:
            yield found.span()


def phone_numbers(text: str, *, regions: Iterable[str]) -> Iterator[Span]:
    """Yield where telephone numbers stand that exist and are grouped like one.

    With a country code they are found from anywhere, without it in the regions.
    """
    if len(_DIGIT.findall(text)) < _SHORTEST_PHONE:
        return
    for region in (*regions, None):
        for found in PhoneNumberMatcher(
            text, region, leniency=Leniency.STRICT_GROUPING
        ):
            yield found.start, found.end


def ibans(text: str) -> Iterator[Span]:
    """Yield where bank account numbers stand whose check digits are right."""
    if not _DIGIT.search(text):
        return
    for found in _IBAN.finditer(text):
        wanted = _IBAN_LENGTH.get(found["country"].upper(), 0)
        end = _end_of(found, wanted)
        if end and _checks_as_iban(text[found.start() : end]):
            yield found.start(), end


def cards(text: str) -> Iterator[Span]:
    """Yield where payment card numbers stand whose check digit is right (Luhn)."""
    if not _DIGIT.search(text):
        return
    for found in _CARD.finditer(text):
        digits = [int(character) for character in found[0] if character.isdecimal()]
        doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
        checks = (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
        if checks and len(digits) in _CARD_LENGTHS[digits[0]]:
            yield found.span()


def masked(identifier: str) -> str:
    """Return enough to recognise an identifier, and too little to use it."""
    return f"{identifier[:2]}…{identifier[-2:]}"


def _end_of(found: re.Match[str], wanted: int) -> int | None:
    """Return where the wanted number of letters and digits is reached."""
    counted = 0
    for place, character in enumerate(found[0], start=found.start() + 1):
        counted += character.isalnum()
        if counted == wanted:
            following = found.string[place : place + 1]
            return None if following.isalnum() else place
    return None


def _checks_as_iban(written: str) -> bool:
    iban = "".join(filter(str.isalnum, written))
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1
