"""What a word is, and one form for all the ways to write it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

Phrase = tuple[str, ...]

# What stands between words. `\w` will not do for finding words: it leaves out the
# vowel signs of many scripts.
_BETWEEN = (
    r"\s!-/:-@\[-`{-~\xa0-\xa9\xab\xac\xae-\xb4\xb6-\xb9\xbb-\xbf\u2000-\u200b\u200e-\u206f"
    r"\u20a0-\u20cf\u2190-\u2bff\u3000-\u303f\ufe0f\uff00-\uff0f\U0001f000-\U0001faff"
)
WORD = re.compile(f"[^{_BETWEEN}]+")

# A word in which signs stand for letters: sh!t, a$$hole.
_DISGUISED = re.compile(f"(?:[!$+@|€]|[^{_BETWEEN}])+")
_READINGS = (
    str.maketrans("0134578@$!|€+", "oieastbasiiet"),
    str.maketrans("0134578@$!|€+", "oleastbasllet"),
)
_LETTER = re.compile(r"[^\W\d_]")
_STRETCHED = re.compile(r"(.)\1{2,}")
_DISGUISE = re.compile(r"[0134578@$!|€+]|(.)\1{2,}")

# Letters of other scripts that pass for an ASCII letter in one case or the other.
# Styled letters (mathematical, full width) are left to Unicode's form KC; a stroke or
# an accent makes another letter (ø is not o).
_LOOK_ALIKES = {
    "a": "ɑαаᎪᗅꓮ𐊠",
    "b": "ƅвβᏏᏼᑲᗷꓐ",
    "c": "ϲсᏟᴄⲥꓚ",
    "d": "ԁᎠᏧᑯᗞꓒ",
    "e": "εеҽᎬ℮ⴹꓰє",
    "f": "ϝքꓝ",
    "g": "ɡցԍᏀᏳɢꓖ",
    "h": "нһհηᎻᏂᕼⲏꓧ",
    "i": "ıɩɪιіӏᎥɨ",
    "j": "ϳјᎫᒍꓙ",
    "k": "κкᏦᛕⲕꓗ",
    "l": "ǀᏞᒪⳑꓡⵏ",
    "m": "μмϻᎷᗰᛖⲙꓟ",
    "n": "νոռпɴⲛꓠ",
    "o": "οоσօⲟⵔ๐໐ဝჿꓳ",
    "p": "ρрϸᏢᑭⲣꓑ",
    "q": "ԛգզⵕ",
    "r": "гᎡᏒᖇᴦꓣꭇ",
    "s": "ѕƽՏᏕᏚꓢꜱ",
    "t": "τтᎢⲧꓔ",
    "u": "υʋսᑌᴜꓴцմ",
    "v": "ѵᏙᐯᴠⴸꓦ",
    "w": "ѡԝաωшᎳᏔᴡꓪ",
    "x": "хχᕁⲭⵝꓫ",
    "y": "уγүұʏᎩᎽⲩꓬ",
    "z": "ζᏃᴢꓜ",
}
_TO_LATIN = {
    ord(twin.casefold()): letter
    for letter, twins in _LOOK_ALIKES.items()
    for twin in twins
}


def fold(text: str) -> str:
    """Return the text without differences of case, width, style or hidden signs."""
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        character for character in text if unicodedata.category(character) != "Cf"
    )


def to_latin(folded: str) -> str:
    """Return folded text with each look-alike replaced by the letter it passes for."""
    return folded if folded.isascii() else folded.translate(_TO_LATIN)


def places(
    text: str, language: str, words: Mapping[str, tuple[str, ...]]
) -> list[tuple[int, int]]:
    """Return where words or phrases of a language's list stand, in their order."""
    base = language.partition("-")[0].lower()
    phrases = _phrases(words.get(base, ()) + words.get("*", ()))
    if not phrases:
        return []
    plain = list(_plain(text, phrases))
    known = {start for start, _end in plain}
    hidden = [span for span in _hidden(text, phrases) if span[0] not in known]
    return sorted(plain + hidden)


def _plain(text: str, phrases: Mapping[str, list[Phrase]]) -> Iterator[tuple[int, int]]:
    words = _words(text)
    for place, (form, start, _end) in enumerate(words):
        for phrase in phrases.get(form, ()):
            following = words[place : place + len(phrase)]
            if tuple(each[0] for each in following) == phrase:
                yield start, following[-1][2]
                break


@lru_cache(maxsize=1)
def _words(text: str) -> list[tuple[str, int, int]]:
    """Return the folded words and where they stand: the next list looks at the same."""
    if text.isascii():
        # Folded as a whole it is as long as before.
        return [(word[0], *word.span()) for word in WORD.finditer(_form(text))]
    return [(_form(word[0]), *word.span()) for word in WORD.finditer(text)]


def _hidden(
    text: str, phrases: Mapping[str, list[Phrase]]
) -> Iterator[tuple[int, int]]:
    for token, start in _disguises(text):
        if any((form,) in phrases.get(form, ()) for form in _readings(token)):
            yield start, start + len(token)


@lru_cache(maxsize=1)
def _disguises(text: str) -> list[tuple[str, int]]:
    """Return what might hide a word, and where it begins; for the next list as well."""
    found: list[tuple[str, int]] = []
    if not _DISGUISE.search(text):
        return found
    for each in _DISGUISED.finditer(text):
        token = each[0].strip("!|+")
        if not (_DISGUISE.search(token) and _LETTER.search(token)):
            continue
        # “A55” is a road and “U2” a line: a disguise keeps more than one letter, or
        # takes signs that are no digits.
        if sum(not character.isdecimal() for character in token) > 1:
            found.append((token, each.start() + each[0].index(token)))
    return found


def _readings(token: str) -> Iterator[str]:
    for reading in _READINGS:
        bare = _form(token).translate(reading)
        yield bare
        yield _STRETCHED.sub(r"\1", bare)


def _form(word: str) -> str:
    return to_latin(fold(word))


@lru_cache(maxsize=64)
def _phrases(listed: Phrase) -> dict[str, list[Phrase]]:
    """Return the folded phrases by their first word, the longest first."""
    phrases: dict[str, list[Phrase]] = {}
    for entry in listed:
        phrase = tuple(_form(word) for word in WORD.findall(entry))
        if phrase:
            phrases.setdefault(phrase[0], []).append(phrase)
    for same_start in phrases.values():
        same_start.sort(key=len, reverse=True)
    return phrases
