"""What participants want to hear by e-mail, and the link that ends it."""

from collections.abc import Mapping

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from moderation import news
from moderation.choices import Mail
from moderation.models import MailChoice, Participant
from moderation.refusals import Refusal

_SALT = "folkmoot.mail"


class NoSuchChoice(Refusal):
    """There is no such topic, or it cannot be heard of in this way."""


@transaction.atomic
def choose(*, participant: Participant, wanted: Mapping[str, str]) -> None:
    """Store how somebody hears of the topics named; of the others as before.

    Raises NoSuchChoice, and then stores nothing.
    """
    known = {topic.name for topic in news.topics()}
    for topic, mail in wanted.items():
        if topic not in known or mail not in Mail.values:
            raise NoSuchChoice(_("There is no such choice of e-mails."))
        MailChoice.objects.update_or_create(
            participant=participant, topic=topic, defaults={"mail": mail}
        )


def end_all(participant: Participant) -> None:
    """Send no news by e-mail any more; what waits under “What happened” stays."""
    choose(
        participant=participant,
        wanted={topic.name: Mail.OFF for topic in news.topics()},
    )


def path_to_end(participant: Participant) -> str:
    """Return the path by which whoever holds an e-mail can end all of them.

    It works without signing in, for as long as the secret key is kept, and for
    nothing else.
    """
    token = signing.dumps(participant.pk, salt=_SALT)
    return reverse("moderation:no_mail", args=[token])


def holder_of(token: str) -> Participant | None:
    """Return whom such a path belongs to; None if it was not made here."""
    try:
        pk = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return Participant.objects.filter(pk=pk, erased_at__isnull=True).first()
