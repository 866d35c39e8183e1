"""The floor's models. Import them from here; submodules only import downwards."""

from .appeal import Appeal, AppealQuerySet
from .assignment import Assignment
from .change import Change
from .content import ModeratedContent, ModeratedQuerySet
from .decision import Decision
from .desk import Claim, DeskNote
from .flag import Flag
from .house_rule import HouseRule
from .idempotency import IdempotentReply
from .interim import Interim
from .letter import Letter, MailChoice
from .notice import Notice
from .participant import Participant
from .policy import Policy
from .register import RegisterEntry
from .sanction import Sanction
from .saved_reply import SavedReply

__all__ = [
    "Appeal",
    "AppealQuerySet",
    "Assignment",
    "Change",
    "Claim",
    "Decision",
    "DeskNote",
    "Flag",
    "HouseRule",
    "IdempotentReply",
    "Interim",
    "Letter",
    "MailChoice",
    "ModeratedContent",
    "ModeratedQuerySet",
    "Notice",
    "Participant",
    "Policy",
    "RegisterEntry",
    "Sanction",
    "SavedReply",
]
