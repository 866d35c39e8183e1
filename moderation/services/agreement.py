"""The rules of the house are ticked once, before somebody's first contribution."""

from datetime import datetime

from django.utils.translation import gettext as _

from moderation.models import Participant, Policy
from moderation.refusals import Refusal


class RulesFirst(Refusal):
    """The rules of the house were not ticked yet."""


def require(
    participant: Participant,
    *,
    policy: Policy,
    agreed: bool,
    now: datetime,
    text: str = "",
) -> None:
    """Remember that somebody agrees to the rules, or raise RulesFirst."""
    if participant.has_agreed or not policy.asks_to_agree:
        return
    if not agreed:
        raise RulesFirst(
            _("Please read the rules above and tick that you will keep them."),
            text=text,
        )
    participant.agreed_at = now
    participant.save(update_fields=["agreed_at"])
