"""What the reference site's sign-in holds of people. It goes with their account."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from moderation import contents
from moderation.contents import Holding
from moderation.models import Participant


class OfAccount(Holding):
    """Rows that the database deletes together with the account."""

    def erase(self, participant: Participant) -> None:
        """Leave it to the deletion of the account."""


class Addresses(OfAccount):
    """E-mail addresses, confirmed or not."""

    kind = "addresses"
    label = _("e-mail addresses")
    names = {
        "email": _("e-mail address"),
        "verified": _("confirmed"),
        "primary": _("in use"),
    }

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = EmailAddress.objects.filter(user=participant.account_id)
        return list(found.order_by("pk").values("email", "verified", "primary"))


class SignIns(OfAccount):
    """Browsers that are, or were lately, signed in."""

    kind = "sign_ins"
    label = _("browsers that are signed in")
    names = {
        "since": _("since"),
        "network_address": _("network address"),
        "browser": _("browser"),
    }

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = UserSession.objects.filter(user=participant.account_id)
        return [
            {
                "since": each.created_at,
                "network_address": each.ip,
                "browser": each.user_agent,
            }
            for each in found.order_by("pk")
        ]


class Keys(OfAccount):
    """Second factors and passkeys; never what is secret about them."""

    kind = "keys"
    label = _("second factors and passkeys")
    names = {"type": _("kind"), "added": _("added"), "last_used": _("last used")}

    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        found = Authenticator.objects.filter(user=participant.account_id)
        return [
            {
                "type": each.get_type_display(),
                "added": each.created_at,
                "last_used": each.last_used_at,
            }
            for each in found.order_by("pk")
        ]


def register() -> None:
    """Make known what the sign-in holds."""
    for kind in (Addresses, SignIns, Keys):
        contents.hold(kind())
