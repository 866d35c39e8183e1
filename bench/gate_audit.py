"""Run the rules for HTML over public test pages, and say what they find and miss.

    python bench/gate_audit.py                 axe-core's fixtures, and the speed
    python bench/gate_audit.py --act DIR       W3C ACT test cases, too
    python bench/gate_audit.py --list          every element missed or wrongly found

axe-core's fixtures (a folder for each rule: HTML, and JSON that says which elements
violate and pass) are looked for in $FOLKMOOT_DATA/a11y-axe-rules, else in
../shared/data beside the repository. An ACT folder has testcases.json as the W3C
publishes it, and the pages below it.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django  # noqa: E402

django.setup()

from bench.gate_cases import AXE, WAGTAIL  # noqa: E402
from forum.models import ConsultationPage  # noqa: E402
from forum.queries.page_view import streams  # noqa: E402
from moderation.rules import pages  # noqa: E402
from moderation.rules.pages import html_audit, registry  # noqa: E402


@dataclass
class Score:
    """How one check did on one set of pages."""

    found: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)
    quiet: int = 0


def data() -> Path:
    """Return the folder with public data sets."""
    return Path(os.environ.get("FOLKMOOT_DATA") or ROOT.parent / "shared" / "data")


def checks_found(html: str) -> dict[str, set[str]]:
    """Return the anchors that each check points at in a page."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in html_audit.audit_html(html).findings:
        found[f"{each.rule}.{each.check}"].add(each.location.anchor)
    return found


def score_axe(folder: Path) -> dict[str, Score]:
    """Return the score of each claimed rule of axe-core on its own fixtures."""
    scores: dict[str, Score] = {}
    for rule, check in AXE.items():
        score = scores[rule] = Score()
        for expected in sorted((folder / rule).glob("*.json")):
            said = json.loads(expected.read_text("utf-8"))
            page = expected.with_suffix(".html").read_text("utf-8")
            found = checks_found(page)
            anchors = set().union(*(found[each] for each in check.split()))
            bad, good = _anchors(said, "violations"), _anchors(said, "passes")
            score.found += sorted(bad & anchors)
            score.missed += sorted(bad - anchors)
            score.alarms += sorted(good & anchors)
            score.quiet += len(good - anchors)
    return scores


def score_act(folder: Path) -> dict[str, Score]:
    """Return the score of each ACT rule that a check claims, case by case."""
    cases = json.loads((folder / "testcases.json").read_text("utf-8"))
    claimed = acts()
    scores = {act: Score() for act in claimed}
    for case in cases["testcases"] if isinstance(cases, dict) else cases:
        act, page = case["ruleId"], _page(folder, case)
        if act not in claimed or page is None:
            continue
        anchors = checks_found(page.read_text("utf-8", "replace"))
        raised = any(check in anchors for check in claimed[act])
        score = scores[act]
        if case["expected"] == "failed":
            (score.found if raised else score.missed).append(page.name)
        elif raised:
            score.alarms.append(page.name)
        else:
            score.quiet += 1
    return scores


def score_wagtail() -> dict[str, Score]:
    """Return how the rules did on what Wagtail's editor writes."""
    rules = [registry.get(name)() for name in (*html_audit.NAMES, "A11Y-08")]
    score = Score()
    for html, expected in WAGTAIL:
        view = pages.PageView(
            title="Market square",
            language="en",
            now=html_audit.view_of("").now,
            blocks=(pages.Block(type="paragraph", path="body.0.value", html=html),),
        )
        found = {f"{f.rule}.{f.check}" for f in pages.audit(view, rules).findings}
        score.found += sorted(found & expected)
        score.missed += sorted(expected - found)
        score.alarms += sorted(found - expected)
        score.quiet += not (found or expected)
    return {"14 pieces": score}


def acts() -> dict[str, list[str]]:
    """Return every ACT rule claimed, with the checks that claim it."""
    claimed: dict[str, list[str]] = defaultdict(list)
    for name in registry.names():
        for check, ids in registry.get(name).checks.items():
            for act in ids:
                claimed[act].append(f"{name}.{check}")
    return dict(claimed)


def time_a_large_page() -> tuple[float, int]:
    """Return the CPU milliseconds for 300 blocks, the best of five, and their size."""
    parts = (
        "<h2>Part {n} of the plan</h2>",
        '<p>The council plans <a href="/plan/{n}/">part {n} of the plan</a> for the '
        "market square. It costs about 3 million euros, and the work takes two years. "
        "You can say until June what should stand there. We read every answer. The "
        "council decides in September, and says here what changed and why.</p>",
        "<ul><li>More trees in the east</li><li>Fewer cars in the north</li></ul>",
        "<table><caption>Costs of part {n}</caption><tr><th>What</th><th>Euros</th>"
        "</tr><tr><td>Trees</td><td>40,000</td></tr></table>",
    )
    rules = [registry.get(name)() for name in registry.names()]
    best = float("inf")
    for _round in range(5):
        blocks = tuple(
            pages.Block(
                type="paragraph", path=f"body.{n}.value", html=parts[n % 4].format(n=n)
            )
            for n in range(300)
        )
        view = pages.PageView(
            title="Market square",
            language="en",
            kind=pages.Kind.CONSULTATION,
            now=html_audit.view_of("").now,
            blocks=blocks,
        )
        begin = time.process_time()
        pages.audit(view, rules)
        best = min(best, time.process_time() - begin)
    return best * 1000, sum(len(block.html) for block in view.blocks)


def time_a_stored_page() -> float:
    """Return the CPU milliseconds to read 300 blocks of a page and to check them."""
    parts = (
        ("heading", {"text": "Part {n} of the plan", "level": "2"}),
        (
            "paragraph",
            '<p>The council plans <a href="/plan/{n}/">part {n} of the plan</a> for the '
            "market square. It costs about 3 million euros, and takes two years. You "
            "can say until June what should stand there. We read every answer.</p>",
        ),
        ("quote", {"text": "We need {n} more benches.", "source": "A resident"}),
        ("table", {"caption": "Costs of part {n}", "cells": "What|Euros\nTrees|{n}"}),
    )

    def filled(value: object, n: int) -> object:
        if isinstance(value, dict):
            return {name: filled(each, n) for name, each in value.items()}
        return str(value).replace("{n}", str(n))

    rules = [registry.get(name)() for name in registry.names()]
    body = [(parts[n % 4][0], filled(parts[n % 4][1], n)) for n in range(300)]
    best = float("inf")
    for _round in range(5):
        page = ConsultationPage(title="Market square", body=body)
        begin = time.process_time()
        view = pages.PageView(
            title=page.title,
            kind=pages.Kind.CONSULTATION,
            now=html_audit.view_of("").now,
            blocks=tuple(streams.read(page)),
        )
        pages.audit(view, rules)
        best = min(best, time.process_time() - begin)
    return best * 1000


def table(scores: dict[str, Score], names: dict[str, str]) -> str:
    """Return the scores as a Markdown table."""
    lines = [
        "| rule | our check | found | missed | passing, quiet | false alarms |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    total: Counter[str] = Counter()
    for rule, score in sorted(scores.items()):
        counts = {
            "found": len(score.found),
            "missed": len(score.missed),
            "quiet": score.quiet,
            "alarms": len(score.alarms),
        }
        total.update(counts)
        cells = " | ".join(str(count) for count in counts.values())
        lines.append(f"| {rule} | `{names[rule]}` | {cells} |")
    cells = " | ".join(
        str(total[each]) for each in ("found", "missed", "quiet", "alarms")
    )
    return "\n".join([*lines, f"| **all** | | {cells} |"])


def _anchors(said: dict[str, list[list[str]]], key: str) -> set[str]:
    """Return the ids of elements on the page itself; those in frames are left out."""
    chains = (chain for chain in said.get(key, []) if len(chain) == 1)
    return {chain[0][1:] for chain in chains if chain[0].startswith("#")}


def _page(folder: Path, case: dict[str, str]) -> Path | None:
    places = (
        case.get("relativePath", "").lstrip("/"),
        f"{case['ruleId']}/{case['testcaseId']}.html",
        f"testcases/{case['ruleId']}/{case['testcaseId']}.html",
    )
    found = (folder / place for place in places if place.endswith((".html", ".htm")))
    return next((path for path in found if path.is_file()), None)


def _details(scores: dict[str, Score]) -> None:
    for rule, score in sorted(scores.items()):
        for word, names in (("missed", score.missed), ("false alarm", score.alarms)):
            if names:
                print(f"{rule}: {word}: {', '.join(names)}")


def main() -> int:
    """Print the tables; exit with 1 if a claimed rule raised a false alarm."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--act", type=Path, help="folder with the W3C's test cases")
    parser.add_argument("--list", action="store_true", help="name each element")
    options = parser.parse_args()
    alarms = 0
    folder = data() / "a11y-axe-rules"
    if folder.is_dir():
        scores = score_axe(folder)
        print("axe-core's fixtures\n\n" + table(scores, AXE) + "\n")
        alarms += sum(len(score.alarms) for score in scores.values())
        if options.list:
            _details(scores)
    else:
        print(f"No fixtures of axe-core in {folder}: left out.")
    scores = score_wagtail()
    print("Wagtail's rich text\n\n" + table(scores, {"14 pieces": "all"}) + "\n")
    alarms += sum(len(score.alarms) for score in scores.values())
    if options.list:
        _details(scores)
    if options.act:
        scores = score_act(options.act)
        named = {act: ", ".join(checks) for act, checks in acts().items()}
        print("W3C ACT test cases\n\n" + table(scores, named) + "\n")
        alarms += sum(len(score.alarms) for score in scores.values())
        if options.list:
            _details(scores)
    milliseconds, size = time_a_large_page()
    print(f"HTML of 300 blocks ({size // 1000} KB): {milliseconds:.0f} ms CPU")
    print(f"A page of 300 blocks, read and checked: {time_a_stored_page():.0f} ms CPU")
    return 1 if alarms else 0


if __name__ == "__main__":
    sys.exit(main())
