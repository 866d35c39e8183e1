"""What could be used to reach or to harm a person, before all can read it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from phonenumbers import SUPPORTED_REGIONS

from moderation.rules import identifiers
from moderation.rules.base import Effect, Finding, Rule, Submission
from moderation.rules.options import BadOption
from moderation.rules.registry import register

_MESSAGES: dict[str, Promise] = {
    "email": gettext_lazy(
        "This looks like an e-mail address. Everybody could read it: leave it out "
        "unless it is meant for all."
    ),
    "phone": gettext_lazy(
        "This looks like a telephone number. Everybody could read it: leave it out "
        "unless it is meant for all."
    ),
    "iban": gettext_lazy(
        "This is a bank account number. Please leave it out: everybody could read it."
    ),
    "card": gettext_lazy(
        "This is a card number. Please leave it out: everybody could read it."
    ),
}

# More than any policy lets through; the length rule speaks of the rest.
_LOOKED_AT = 20_000

# Where a number without a country code is most likely meant to be from.
_REGIONS = {
    "ar": ("EG", "MA"),
    "de": ("DE", "AT", "CH"),
    "en": ("GB", "US", "IE"),
    "es": ("ES", "MX"),
    "fa": ("IR",),
    "fr": ("FR", "BE", "CH"),
    "he": ("IL",),
    "it": ("IT", "CH"),
    "nl": ("NL", "BE"),
    "pl": ("PL",),
    "pt": ("PT", "BR"),
    "ro": ("RO",),
    "ru": ("RU",),
    "sw": ("KE", "TZ"),
    "tl": ("PH",),
    "tr": ("TR",),
    "uk": ("UA",),
    "zh": ("CN",),
}


@register
@dataclass(frozen=True, kw_only=True)
class PersonalData(Rule):
    """Point out e-mail addresses, telephone, bank account and card numbers.

    Whose they are cannot be known, so this is a hint to the author by default; a
    city may hold such texts instead. `regions` are the countries in which telephone
    numbers without a country code are looked for (default: by the text's language);
    `own_domains` are those whose addresses are public (the city's own).
    What is reported as matched is masked.
    """

    id = "personal_data"
    title = gettext_lazy("Personal data")
    reference = "DIS-05; ISO 13616 (IBAN), ISO 7812 (cards), ITU E.164"
    judges_words = True

    regions: tuple[str, ...] = ()
    own_domains: tuple[str, ...] = ()
    effect: Effect = Effect.HINT

    def __post_init__(self) -> None:
        for region in self.regions:
            if region not in SUPPORTED_REGIONS:
                raise BadOption(_("“%s” is not the code of a country.") % region)

    def check(self, submission: Submission) -> Iterable[Finding]:
        reached = 0
        for start, end, name in sorted(self._places(submission)):
            if start >= reached:
                reached = end
                yield self.finding(
                    self.effect,
                    str(_MESSAGES[name]),
                    start=start,
                    end=end,
                    matched=identifiers.masked(submission.text[start:end]),
                )

    def _places(self, submission: Submission) -> Iterator[tuple[int, int, str]]:
        text = submission.text[:_LOOKED_AT]
        language = submission.language.partition("-")[0].lower()
        regions = self.regions or _REGIONS.get(language, ())
        for name, spans in {
            "email": identifiers.emails(text, except_domains=self.own_domains),
            "phone": identifiers.phone_numbers(text, regions=regions),
            "iban": identifiers.ibans(text),
            "card": identifiers.cards(text),
        }.items():
            for start, end in spans:
                yield start, end, name
