"""Reads catalogues without the tools of gettext."""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$')


@dataclass
class Text:
    """One text of a catalogue: what it says, where it stands, its translations."""

    said: dict[str, str] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    flags: str = ""

    @property
    def original(self) -> str:
        return self.said["msgid"]

    @property
    def plural(self) -> str:
        return self.said.get("msgid_plural", "")

    @property
    def key(self) -> str:
        context = self.said.get("msgctxt")
        return f"{context}\x04{self.original}" if context else self.original

    @property
    def forms(self) -> list[str]:
        return [words for key, words in self.said.items() if key.startswith("msgstr")]

    @property
    def is_translated(self) -> bool:
        return all(self.forms)


def read(path: Path) -> list[Text]:
    """Return the texts of a .po file, its header first."""
    texts = []
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        text, key = Text(), ""
        for line in paragraph.splitlines():
            if line.startswith("#:"):
                text.places += line[2:].split()
            elif line.startswith("#,"):
                text.flags += line
            elif found := KEYWORD.match(line):
                key = found[1]
                text.said[key] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                text.said[key] += ast.literal_eval(line)
        if text.said:
            texts.append(text)
    return texts
