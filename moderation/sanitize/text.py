"""Text as it is stored: the same words, nothing hidden between them."""

import re
import unicodedata

# More marks on one letter than any living script needs: a tower over the lines.
MARKS_ON_A_LETTER = 4

_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")
_NEVER = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls other than tab and line feed
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # lone surrogates, non-characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction controls
    "\xad\u034f\u180e\u200b\u2060-\u2065\ufeff\ufff0-\ufffb"  # of no width
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # fillers
    "\U0001d173-\U0001d17a\U000e0000\U000e0001]"
)
# Joiners shape words in these scripts, and emoji; elsewhere they only hide.
_JOINED = (
    "\u0600-\u07ff\u0860-\u0fff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
)
_PICTURE = "\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(
    f"[\u200c\u200d](?!(?<=[{_JOINED}].)[{_JOINED}])"
    f"(?!(?<=[{_PICTURE}]\u200d)[{_PICTURE}])"
)
# Tags spell the flags of regions after a black flag; elsewhere they smuggle text.
_LOOSE_TAG = re.compile(
    "(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0002-\U000e007f]"
)
# Variation selectors: the two for emoji, and those of Chinese characters.
_LOOSE_VARIANT = re.compile(
    "[\ufe00-\ufe0d]|(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
    "[\U000e0100-\U000e01ef]"
)
# Marks are none of these, so only such runs need a closer look.
_MARKED = re.compile(rf"[^\w\s\x00-\x7f]{{{MARKS_ON_A_LETTER + 1},}}")
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_BLANK_LINES = re.compile("\n{4,}")


def clean_text(text: str) -> str:
    """Return the text as it will be stored: the same words, nothing hidden in them.

    Line ends become line feeds; controls, direction overrides and invisible
    characters go (joiners stay where a script or an emoji needs them); towers of
    marks are cut; the rest is put in Unicode's form C. At most two blank lines
    follow each other, no line ends in a space. Cleaning twice changes nothing.
    """
    # What is taken out can bring together what must be cleaned in its turn.
    while (cleaned := _clean_once(text)) != text:
        text = cleaned
    return cleaned


def unquoted(text: str) -> str:
    """Return a text without the lines in which it quotes."""
    return _QUOTED.sub("", text)


def _clean_once(text: str) -> str:
    text = _NEVER.sub("", _LINE_END.sub("\n", text))
    if not text.isascii():
        text = _LOOSE_VARIANT.sub("", _LOOSE_TAG.sub(r"\1", text))
        text = _LOOSE_JOINER.sub("", _cut_towers(text))
        text = _cut_towers(unicodedata.normalize("NFC", text))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n\n", text).strip()


def _cut_towers(text: str) -> str:
    return _MARKED.sub(lambda run: _cut_tower(run[0]), text)


def _cut_tower(run: str) -> str:
    kept, height = [], 0
    for character in run:
        is_mark = unicodedata.category(character)[0] == "M"
        height = height + 1 if is_mark else 0
        if height <= MARKS_ON_A_LETTER:
            kept.append(character)
    return "".join(kept)
