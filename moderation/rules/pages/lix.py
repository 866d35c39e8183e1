"""How hard a text is to read, as a number: LIX (Björnsson, Läsbarhet, 1968).

LIX = words / sentences + 100 × words of more than six letters / words. About 30 is a
children's book, 40 a story, 50 a newspaper's news, 60 a law. It needs no dictionary,
so it works in any language that puts spaces between words; but languages that build
long words score higher, and need a limit of their own.
"""

import re
from dataclasses import dataclass

from moderation.rules.pages.vocabulary import names

WORD = re.compile(r"[^\W\d_]+(?:['’\-‐][^\W\d_]+)*")
LONG_WORD = 6
# Below this a number would say nothing.
FEWEST_WORDS = 10

NOT_SPACED = names("bo dz ja km lo my th yue zh")

# Sentences end at . ! ? … followed by space and no small letter, at a line's end, and
# as the scripts of other languages end them.
_END = re.compile(r"(?<=[.!?…۔؟।:])[\"”’»)\]]*\s+(?=[^\s\Wa-zß-öø-ÿ]|[\"“„«(¿¡])|\n")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[^\W\d_]|\d{1,2}|Abs|Art|bzw|ca|Dr|inkl|Kap|Mr|Mrs|Ms|Nr|Prof|Sr|"
    r"St|Str|vgl|vs|zzgl)\.$"
)


@dataclass(frozen=True)
class Readability:
    """What was counted in a text. `lix` is 0 for what is too short to be judged."""

    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> int:
        """Return the rounded LIX of the text."""
        if self.words < FEWEST_WORDS:
            return 0
        return round(self.words / self.sentences + 100 * self.long_words / self.words)


def measure(text: str) -> Readability:
    """Return what LIX counts; each line of the text is at least one sentence."""
    found = [WORD.findall(sentence) for sentence in sentences(text)]
    spoken = [words for words in found if words]
    everything = [word for words in spoken for word in words]
    return Readability(
        words=len(everything),
        sentences=max(len(spoken), 1),
        long_words=sum(len(word) > LONG_WORD for word in everything),
    )


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, in their order.

    A full stop after a number, a single letter or a title (4. Mai, z. B., Dr.) ends
    none.
    """
    found: list[str] = []
    for part in _END.split(text):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {part}"
        elif part.strip():
            found.append(part.strip())
    return found
