"""Page types: where a city asks. Import from here; submodules import downwards."""

from .consultation import ConsultationMixin, ConsultationPage
from .hearing import HearingMixin, HearingPage, HearingSession, SessionFields
from .index import ForumIndexPage
from .participation import ParticipationMixin

__all__ = [
    "ConsultationMixin",
    "ConsultationPage",
    "ForumIndexPage",
    "HearingMixin",
    "HearingPage",
    "HearingSession",
    "ParticipationMixin",
    "SessionFields",
]
