"""One form for all the ways to write the same word."""

import unicodedata

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
