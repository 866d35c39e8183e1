"""What residents do on a page. Import from here; submodules import downwards."""

from .attachment import Attachment
from .citation import Citation
from .comment import Comment, CommentQuerySet, CommentVersion
from .discussion import Discussion, Theme
from .follow import Follow
from .mention import Mention
from .poll import Poll, PollResult, Statement
from .question import Answer, Option, Question
from .reaction import BridgingRun, Reaction
from .visit_count import VisitCount
from .vote import EarlierVote, Invitation, PackedVotes, Vote
from .window import OpenWindow

__all__ = [
    "Answer",
    "Attachment",
    "BridgingRun",
    "Citation",
    "Comment",
    "CommentQuerySet",
    "CommentVersion",
    "Discussion",
    "EarlierVote",
    "Follow",
    "Invitation",
    "Mention",
    "OpenWindow",
    "Option",
    "PackedVotes",
    "Poll",
    "PollResult",
    "Question",
    "Reaction",
    "Statement",
    "Theme",
    "VisitCount",
    "Vote",
]
