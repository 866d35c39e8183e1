"""A translator for tests: it asks nobody, and what it does can be seen."""

asked: list[tuple[str, str, str]] = []


def translate(text: str, *, source: str, target: str) -> str:
    """Return the text with its languages before it."""
    asked.append((text, source, target))
    if "untranslatable" in text:
        raise RuntimeError("No words for this.")
    return f"[{source} > {target}] {text} <script>alert(1)</script>"
