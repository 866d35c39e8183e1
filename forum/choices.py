"""The closed lists of words that a city asks with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipationLevel(models.TextChoices):
    """How far the answers reach: the spectrum of public participation (IAP2)."""

    INFORM = "inform", _("Inform")
    CONSULT = "consult", _("Consult")
    INVOLVE = "involve", _("Involve")
    COLLABORATE = "collaborate", _("Collaborate")
    EMPOWER = "empower", _("Empower")

    @property
    def promise(self) -> str:
        """Return what the city promises whoever takes part, in a sentence."""
        return str(PROMISES[self])


PROMISES = {
    ParticipationLevel.INFORM: _("We tell you early and fully what is planned."),
    ParticipationLevel.CONSULT: _(
        "We listen to you, and we say afterwards how what you told us changed the "
        "decision."
    ),
    ParticipationLevel.INVOLVE: _(
        "We work with you while options are being drawn up, so that they show what "
        "matters to you."
    ),
    ParticipationLevel.COLLABORATE: _(
        "We look for the solution together with you, and take up your advice as far "
        "as we possibly can."
    ),
    ParticipationLevel.EMPOWER: _("We will do what you decide."),
}


class AccessAnswer(models.TextChoices):
    """Whether something is there for those who need it."""

    YES = "yes", _("Yes")
    ON_REQUEST = "on_request", _("On request")
    NO = "no", _("No")


class ProcessType(models.TextChoices):
    """What kind of process a page is: the law sets floors for some."""

    INFORMAL = "informal", _("Informal consultation")
    MAJOR = "major", _("Major project")
    STATUTORY_PLAN = "statutory_plan", _("Procedure by law (plan, impact assessment)")
    HEARING = "hearing", _("Public hearing")


class Asked(models.TextChoices):
    """The words people answer to: they change only by a dated correction."""

    ASKED = "asked", _("What we ask")
    POLL_QUESTION = "poll_question", _("Question of the poll")
    POLL_INTRODUCTION = "poll_introduction", _("Introduction of the poll")
    POLL_STATEMENTS = "poll_statements", _("First statements of the poll")
    AGENDA = "agenda", _("Agenda")


class News(models.TextChoices):
    """What those who follow a page are told of its way."""

    OPENED = "opened", _("opened")
    CLOSING = "closing", _("closes soon")
    ANSWERED = "answered", _("answered")
