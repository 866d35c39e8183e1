"""Plain language, measured where it can be."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.rules.pages.base import Location, PageFinding, PageRule, Severity
from moderation.rules.pages.language_tags import primary
from moderation.rules.pages.lix import NOT_SPACED, WORD, measure, sentences
from moderation.rules.pages.places import cut, lines
from moderation.rules.pages.registry import register
from moderation.rules.pages.view import ASKING, PageView

# Above this a text is hard for many. Languages with long words start from higher: the
# same sentences (this software's own, in its catalogues) score 9 more in German than in
# English, 12 in French, 7 in Spanish, 24 in Turkish and 14 in Ukrainian.
LIMITS = {
    "*": 55,
    "de": 55,
    "en": 48,
    "es": 54,
    "fi": 65,
    "fr": 58,
    "hu": 60,
    "nl": 52,
    "sw": 60,
    "tl": 60,
    "tr": 70,
    "uk": 60,
}


@register
@dataclass(frozen=True, kw_only=True)
class TextsAreEasyToRead(PageRule):
    """Warn of texts with a high LIX for their language, and of long sentences.

    `limits` maps a language to its highest LIX, `*` to that of all others. Of long
    sentences the first `most` are shown.
    """

    id = "A11Y-19"
    title = gettext_lazy("Texts are easy to read")
    why = gettext_lazy(
        "Many adults read slowly, and many in a second language: they give up, and "
        "only the practised answer."
    )
    reference = "WCAG 3.1.5; LIX (Björnsson 1968); GOV.UK sentence length"
    checks = {"lix": (), "sentence": ()}

    severity: Severity = Severity.WARN
    limits: Mapping[str, int] = field(default_factory=LIMITS.copy)
    words_in_a_sentence: int = 25
    most: int = 20

    def check(self, view: PageView) -> Iterable[PageFinding]:
        language = primary(view.language)
        if language in NOT_SPACED:
            return
        for path, text in (("summary", view.summary), ("body", view.text)):
            score = measure(text).lix
            limit = limit_for(language, self.limits)
            if limit and score > limit:
                yield self.finding(
                    "lix",
                    _(
                        "This text has the reading score (LIX) %(score)d; up to "
                        "%(limit)d is easy enough."
                    )
                    % {"score": score, "limit": limit},
                    _(
                        "Write shorter sentences, and shorter words where there are any."
                    ),
                    at=Location(path=path),
                )
        yield from list(self._long_sentences(view))[: self.most]

    def _long_sentences(self, view: PageView) -> Iterator[PageFinding]:
        for block, line in lines(view):
            # Most lines are shorter than the longest sentence that is allowed.
            few = line.text.count(" ") < self.words_in_a_sentence
            for sentence in () if few else sentences(line.text):
                yield from self._judge(sentence, block.path)

    def _judge(self, sentence: str, path: str) -> Iterator[PageFinding]:
        length = len(WORD.findall(sentence))
        if length > self.words_in_a_sentence:
            yield self.finding(
                "sentence",
                _("This sentence has %(length)d words, %(most)d are enough.")
                % {"length": length, "most": self.words_in_a_sentence},
                _("Make two of it."),
                at=Location(path=path, quote=cut(sentence)),
            )


def limit_for(language: str, limits: Mapping[str, int]) -> int:
    """Return the highest LIX that a policy allows in a language; 0 for any."""
    return limits.get(primary(language), limits.get("*", 0))


@register
@dataclass(frozen=True, kw_only=True)
class SummaryIsPlain(PageRule):
    """Block consultations and hearings without a short summary easier than the rest.

    A summary up to the LIX `easy` is easy enough, however easy the rest is.
    """

    id = "A11Y-20"
    title = gettext_lazy("A summary in plain language comes first")
    why = gettext_lazy(
        "The summary is all that most people read: by it they decide whether this is "
        "for them."
    )
    reference = "UK Consultation Principles 2018, A"
    checks = {"missing": (), "short": (), "long": (), "harder": ()}
    applies_to = ASKING

    fewest: int = 30
    most: int = 150
    easy: int = 35

    def check(self, view: PageView) -> Iterable[PageFinding]:
        own = measure(view.summary)
        where = Location(path="summary", quote=cut(view.summary))
        words = {"words": own.words, "fewest": self.fewest, "most": self.most}
        mend = _("Say in %(fewest)d to %(most)d words what it is about.") % words
        if not view.summary.strip():
            yield self.finding("missing", _("There is no summary."), mend, at=where)
            return
        if primary(view.language) in NOT_SPACED:
            return
        if own.words < self.fewest:
            message = _("The summary has only %(words)d words.") % words
            yield self.finding("short", message, mend, at=where)
        if own.words > self.most:
            message = _("The summary has %(words)d words.") % words
            yield self.finding("long", message, mend, at=where)
        body = measure(view.text).lix
        if body and own.lix > max(body, self.easy):
            yield self.finding(
                "harder",
                _(
                    "The summary (LIX %(own)d) is harder to read than the text "
                    "(LIX %(body)d)."
                )
                % {"own": own.lix, "body": body},
                _("Use shorter sentences and everyday words in the summary."),
                at=where,
            )
