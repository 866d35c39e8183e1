"""For each thing a rule looks for, a page that has it wrong."""

from moderation.rules.pages import PageView
from tests.moderation.pages.examples import accessibility, consultations, hearings

FAILING: dict[str, PageView] = {
    **accessibility.FAILING,
    **consultations.FAILING,
    **hearings.FAILING,
}

# Options without which a rule has nothing to look for.
OPTIONS = {
    "CON-01": {"statutory_days": 30},
    "CON-02": {"regions": ("DE",), "periods": ("12-22/01-06",)},
    "CON-03": {"periods": ("2026-05-10/2026-05-17",)},
    "CON-09": {"languages": ("en", "tr")},
    "HEA-01": {"statutory_days": 3},
}
# Where the page that keeps all rules is asked with other options than these.
PASSING_OPTIONS = {
    **OPTIONS,
    "CON-03": {"periods": ("2026-07-10/2026-07-17",)},
    "CON-09": {"languages": ("en",)},
}
