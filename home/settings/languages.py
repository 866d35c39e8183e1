"""The languages people may write in, and those the site itself speaks."""

from pathlib import Path

from django.conf.locale import LANG_INFO

LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ru", "Русский"),
    ("ar", "العربية"),
    ("fa", "فارسی"),
    ("he", "עברית"),
    ("zh-hans", "简体中文"),
    ("tl", "Tagalog"),
    ("sw", "Kiswahili"),
]

# Languages that Django has no entry for.
LANG_INFO.setdefault(
    "tl", {"bidi": False, "code": "tl", "name": "Tagalog", "name_local": "Tagalog"}
)

# What the code and the templates are written in.
SOURCE = "en"


def spoken(root: Path) -> list[tuple[str, str]]:
    """Return the languages whose catalogue lies in the house, and that of the source.

    Django and its packages know a hundred languages. A page with their few words in
    one of them and all others in English would be in neither.
    """
    found = {
        path.parent.parent.name
        for pattern in ("locale/*/LC_MESSAGES/*.mo", "*/locale/*/LC_MESSAGES/*.mo")
        for path in root.glob(pattern)
    }
    codes = {SOURCE} | {name.replace("_", "-").lower() for name in found}
    return [(code, name) for code, name in LANGUAGES if code in codes]
