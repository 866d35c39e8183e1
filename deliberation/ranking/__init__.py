"""The maths of fair threads: pure functions, free of Django and of models.

``bridging``  the order by support across people who usually disagree
``opinion_groups``  the same, where a poll has told who thinks alike
``exposure``  which comments the balanced order owes some readers
``equality``  how evenly a discussion is shared among those who take part

    from deliberation.ranking import Memory, Ratings, bridging

    ratings = Ratings.of(participant_ids, comment_ids, liked)  # in any order
    ranking = bridging.rank(ratings, previous=Memory.from_json(stored))
    stored = ranking.memory.to_json()

What the results mean for readers says ``deliberation.sentences``; how they were
checked says ``docs/fairness.md``.
"""

from deliberation.ranking.factors import Memory
from deliberation.ranking.ratings import BadRatings, Ratings

__all__ = ["BadRatings", "Memory", "Ratings"]
