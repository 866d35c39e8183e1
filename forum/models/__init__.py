"""Page types: where a city asks. Import from here; submodules import downwards."""

from .barrier import BarrierReport
from .consultation import ConsultationMixin, ConsultationPage
from .hearing import HearingMixin, HearingPage, HearingSession, SessionFields
from .index import ForumIndexPage
from .participation import ParticipationMixin
from .publishing_policy import PublishingPolicy
from .waiver import Dismissal, Waiver, Withholding

__all__ = [
    "BarrierReport",
    "ConsultationMixin",
    "ConsultationPage",
    "Dismissal",
    "ForumIndexPage",
    "HearingMixin",
    "HearingPage",
    "HearingSession",
    "ParticipationMixin",
    "PublishingPolicy",
    "SessionFields",
    "Waiver",
    "Withholding",
]
