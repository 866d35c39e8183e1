"""The rules for what residents write.

A reader starts here: these are all there are. The pipeline runs those that a policy
lists; `docs/rules.md` explains each.
"""

from moderation.rules import (  # noqa: F401
    blocked_words,
    documents,
    dominance,
    heated_wording,
    images,
    in_a_row,
    length,
    links,
    pace,
    personal_data,
    repetition,
)
from moderation.rules.base import (
    Action,
    Effect,
    Finding,
    Kind,
    Outcome,
    Picture,
    Post,
    Rule,
    Submission,
    Thread,
)
from moderation.rules.pipeline import Verdict, from_policy, judge

__all__ = [
    "Action",
    "Effect",
    "Finding",
    "Kind",
    "Outcome",
    "Picture",
    "Post",
    "Rule",
    "Submission",
    "Thread",
    "Verdict",
    "from_policy",
    "judge",
]
