"""Page types: where a city asks. Import from here; submodules import downwards."""

from .announcement import Announcement
from .barrier import BarrierReport
from .consultation import ConsultationMixin, ConsultationPage
from .hearing import (
    HearingMixin,
    HearingPage,
    HearingSession,
    HearingSpeaker,
    SessionFields,
)
from .index import ForumIndexPage
from .last_public import LastPublic
from .papers import PapersMixin
from .participation import ParticipationMixin
from .publishing_policy import PublishingPolicy
from .reminder import Reminder
from .speakers import SpeakerFields
from .waiver import Dismissal, Waiver, Withholding

__all__ = [
    "Announcement",
    "BarrierReport",
    "ConsultationMixin",
    "ConsultationPage",
    "Dismissal",
    "ForumIndexPage",
    "HearingMixin",
    "HearingPage",
    "HearingSession",
    "HearingSpeaker",
    "LastPublic",
    "PapersMixin",
    "ParticipationMixin",
    "PublishingPolicy",
    "Reminder",
    "SessionFields",
    "SpeakerFields",
    "Waiver",
    "Withholding",
]
