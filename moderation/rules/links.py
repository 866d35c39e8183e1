"""A few links help; many are advertising, and some are traps."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moderation import sanitize
from moderation.rules.base import Effect, Finding, Kind, Rule, Submission
from moderation.rules.options import BadOption
from moderation.rules.registry import register

# What runs when it is clicked, and Markdown links to anything but the web.
_RUNS = re.compile(
    r"\b(?:javascript|vbscript):(?=\S)|\bdata:\w{1,40}/[\w.+-]{1,80}[;,]"
    r"|\]\(\s{0,20}<?(?!https?:)[a-z][a-z0-9+.-]{0,30}:",
    re.IGNORECASE,
)


def within(host: str, domains: Iterable[str]) -> bool:
    """Say whether a host is one of the domains or lies below one.

    Compared label by label: attacker-example.org is not within example.org.
    """
    return any(
        host == domain or host.endswith(f".{domain}")
        for domain in map(sanitize.host, domains)
    )


@register
@dataclass(frozen=True, kw_only=True)
class Links(Rule):
    """Limit the number of web addresses, and refuse those that are traps.

    The same address counts once. `own_hosts` (with everything below them) never
    count; `refused_hosts` are refused at once, as is what would run a script.
    """

    id = "links"
    title = gettext_lazy("Links")
    reference = "DIS-02; Known holes 30"
    judges_words = True

    newcomer_maximum: int = 2
    maximum: int = 10
    own_hosts: tuple[str, ...] = ()
    refused_hosts: tuple[str, ...] = ()
    effect: Effect = Effect.REFUSE

    def __post_init__(self) -> None:
        for name in (*self.own_hosts, *self.refused_hosts):
            if not sanitize.host(name):
                raise BadOption(_("“%s” is not the name of a web site.") % name)

    def limits(self, kind: Kind, *, newcomer: bool) -> Iterable[str]:
        """Return how many links newcomers may post, if those are fewer."""
        if newcomer and self.newcomer_maximum < self.maximum:
            yield self._limit(self.newcomer_maximum, newcomer=True)

    def check(self, submission: Submission) -> Iterable[Finding]:
        for trap in _RUNS.finditer(submission.text) if ":" in submission.text else ():
            yield self._refusal(
                _("Links may only lead to web pages (https://…). Please remove this."),
                trap,
            )
        links = list(self._counted(submission.text))
        for link in links:
            if within(sanitize.host(link[0]), self.refused_hosts):
                yield self._refusal(
                    _("Links to this site are not possible here. Please remove it."),
                    link,
                )
        yield from self._too_many(submission, links)

    def _counted(self, text: str) -> Iterator[re.Match[str]]:
        seen = set()
        for link in sanitize.web_addresses(text):
            host = sanitize.host(link[0])
            address = link[0].casefold().rstrip("/")
            if address not in seen and not within(host, self.own_hosts):
                seen.add(address)
                yield link

    def _too_many(
        self, submission: Submission, links: list[re.Match[str]]
    ) -> Iterator[Finding]:
        maximum = self.maximum
        if submission.is_newcomers:
            maximum = min(maximum, self.newcomer_maximum)
        if len(links) <= maximum:
            return
        first = links[maximum]
        yield self.finding(
            self.effect,
            self._limit(maximum, newcomer=maximum < self.maximum)
            + " "
            + ngettext("There is %d.", "There are %d.", len(links)) % len(links),
            start=first.start(),
            end=first.end(),
            matched=first[0][:200],
        )

    def _limit(self, maximum: int, *, newcomer: bool) -> str:
        if not maximum:
            return _("Links are not possible here.")
        if newcomer:
            return (
                ngettext(
                    "While you are new here, a post may contain %d link.",
                    "While you are new here, a post may contain %d links.",
                    maximum,
                )
                % maximum
            )
        return (
            ngettext(
                "A post may contain %d link.",
                "A post may contain %d links.",
                maximum,
            )
            % maximum
        )

    def _refusal(self, message: str, found: re.Match[str]) -> Finding:
        return self.finding(
            Effect.REFUSE,
            message,
            start=found.start(),
            end=found.end(),
            matched=found[0][:200],
        )
