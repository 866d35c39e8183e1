"""What residents do on a page. Import from here; submodules import downwards."""

from .comment import Comment, CommentQuerySet, CommentVersion
from .discussion import Discussion
from .poll import Poll, PollResult, Statement
from .reaction import Reaction
from .vote import EarlierVote, PackedVotes, Vote
from .window import OpenWindow

__all__ = [
    "Comment",
    "CommentQuerySet",
    "CommentVersion",
    "Discussion",
    "EarlierVote",
    "OpenWindow",
    "PackedVotes",
    "Poll",
    "PollResult",
    "Reaction",
    "Statement",
    "Vote",
]
