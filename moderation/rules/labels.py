"""What the options of rules are called in forms, with the unit they are counted in."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# By the option, or by rule and option where one name says different things.
_LABELS: Final[Mapping[str, str | Promise]] = {
    # Rules for contributions.
    "answers_to_one": _("Answers to one and the same person (number)"),
    "effect": _("Effect"),
    "from_comments": _("Only from so many comments in a thread on"),
    "hours": _("Period (hours)"),
    "heated_wording.capitals": _("Capital letters in whole words, at most"),
    "maximum": _("At most"),
    "minimum": _("At least"),
    "length.maximum": _("Longest comment (characters)"),
    "length.minimum": _("Shortest text (characters)"),
    "links.maximum": _("Web addresses in a post, at most"),
    "minimum_length": _("Only from this length on (characters)"),
    "newcomer_hours": _("Somebody is new for (hours)"),
    "newcomer_maximum": _("Web addresses in a newcomer's post, at most"),
    "newcomer_posts": _("Posts of a newcomer in this time, at most"),
    "newcomer_threads": _("New threads of a newcomer in this time, at most"),
    "newcomers": _("What newcomers send"),
    "own_domains": _("The city's own e-mail domains"),
    "own_hosts": _("The city's own websites"),
    "per_hour": _("Posts in an hour, at most"),
    "personal_data.regions": _("Countries whose telephone numbers are recognised"),
    "refused_hosts": _("Websites that are refused"),
    "share": _("Share of the comments in a thread (per cent)"),
    "similarity": _("How much alike counts as the same (per cent)"),
    "slow_mode_seconds": _(
        "Pause between two posts in a discussion (seconds; 0: none)"
    ),
    "statement_maximum": _("Longest statement of a poll (characters)"),
    "words": _("Words"),
    # Rules for pages.
    "capitals": _("Capital letters in a row, at most"),
    "change": _("Effect of a late change of the agenda"),
    "channels": _("Ways to reach the contact person, at least"),
    "conflict": _("Effect where decoration is read out all the same"),
    "costs": _("Effect of missing costs and impacts"),
    "days": _("Days, at least"),
    "CON-14.days": _("Days from the close to the outcome, at most"),
    "HEA-08.days": _("Days from the meeting to minutes and recording, at most"),
    "doubt": _("Effect of what is only supposed"),
    "easy": _("Difficulty up to which a summary is easy enough (LIX)"),
    "fewest": _("Words, at least"),
    "fewest_words": _("Words, at least"),
    "floor_hours": _("No unannounced change within (hours before the meeting)"),
    "hosts": _("Websites that may be embedded"),
    "how": _("Effect where it is not said how to get on the list"),
    "incomplete": _("Effect of missing parts"),
    "italics": _("Characters in italics in a row, at most"),
    "known": _("Abbreviations that everybody knows"),
    "languages": _("Languages of the town"),
    "longest": _("Characters, at most"),
    "longest_heading": _("Characters of a heading, at most"),
    "lost": _("From so many lost working days on"),
    "missing": _("Effect of what is missing"),
    "more_days": _("Days on top of these"),
    "most": _("Words, at most"),
    "A11Y-19.most": _("Long sentences that are shown, at most"),
    "periods": _("Periods, such as 12-22/01-02"),
    "preferred_hours": _("Better to be asked for until (hours before the meeting)"),
    "questions": _("Questions to be answered"),
    "regions": _("Countries or parts of them, for their holidays"),
    "statutory_days": _("Days where a law asks for them (0: none does)"),
    "suspected": _("Effect of what only looks like one"),
    "words_in_a_sentence": _("Words in a sentence, at most"),
    "working_days": _("Working days before the meeting"),
}


def label_of(rule: str, option: str) -> str:
    """Return what an option of a rule is called; its name if it has no label yet."""
    found = _LABELS.get(f"{rule}.{option}") or _LABELS.get(option)
    return str(found or option.replace("_", " "))
