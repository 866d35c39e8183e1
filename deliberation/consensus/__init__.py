"""The maths of consensus polls: from votes to groups, agreement and what to ask next.

Free of Django and of models; NumPy and SciPy only. Reference: Polis, checked stage by
stage (docs/consensus.md).

    from deliberation.consensus import Memory, Settings, Votes, compute, to_json

    votes = Votes.of(participant_ids, statement_ids, stances)  # +1, 0, -1; any order
    result = compute(
        votes,
        moderated_out=[statement ids],
        meta=[statement ids],
        previous=Memory.from_json(stored),  # or None
        settings=Settings(),
    )
    snapshot = to_json(result)                # plain JSON, nothing about single people
    stored = result.memory.to_json()          # for the next run
    people = participants_to_json(result)     # id, group letter, position: personal data
    weights = weights_of(result, statement ids)  # for drawing the next statement

``Votes.from_events(..., cast_at)`` keeps the last vote of a log. ``BadVotes`` (a
``ValueError``) says what is wrong with the arrays. ``compute`` itself never fails on
votes that are few or strange; ``result.verdict`` is then ``too_few`` or ``one_group``.

The snapshot has these keys:

``method``         name, version, settings, brief (True: number of groups, chance,
                   stability, silhouettes and separated are those of an earlier full
                   run), checked_at_votes (how many votes that run knew, or None)
``verdict``        ``groups``, ``one_group`` or ``too_few``
``participation``  participants, grouped, statements, moderated_out, meta, votes,
                   votes_per_participant
``groups``         letter, size, centre [x, y], persisted (of the resamples, or None),
                   representative: statement, stance, successes, trials, interval,
                   share, share_test, ratio, ratio_test, best_agree
``statements``     id, moderated_out, meta, votes, enough (False: too few to say), and
                   for agree, disagree, pass: count, share, interval [low, high];
                   groups {letter: the same counts}; position, extremity, consensus
                   (agree_product, disagree_product, normalised), priority (Polis')
``agreed``, ``disagreed``, ``divisive``   statement ids, most telling first
``map``            explained [x, y], bubbles: position, people, group
``chance``         excess (standard deviations above chance), dimensions, permutations
``stability``      resamples, persisted; None without groups
``silhouettes``    number of groups -> silhouette
``separated``      True: clear-cut groups; False: opinion shades off between them

Small groups and bubbles are not suppressed here: the caller knows the policy.
``result`` holds the same as arrays (see ``result.py``), with every participant.
"""

from deliberation.consensus.memory import Memory
from deliberation.consensus.report import METHOD, VERSION, participants_to_json, to_json
from deliberation.consensus.result import Result, Verdict
from deliberation.consensus.routing import weights_of
from deliberation.consensus.run import compute
from deliberation.consensus.settings import Settings
from deliberation.consensus.votes import AGREE, DISAGREE, PASS, BadVotes, Votes

__all__ = [
    "AGREE",
    "DISAGREE",
    "METHOD",
    "PASS",
    "VERSION",
    "BadVotes",
    "Memory",
    "Result",
    "Settings",
    "Verdict",
    "Votes",
    "compute",
    "participants_to_json",
    "to_json",
    "weights_of",
]
