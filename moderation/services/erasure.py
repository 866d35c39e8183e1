"""Erasure on request: asked for, thought over for a day, carried out for good."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from moderation import contents
from moderation.choices import ContentStatus, Erasure
from moderation.models import (
    Appeal,
    Flag,
    IdempotentReply,
    Letter,
    MailChoice,
    Notice,
    Participant,
)
from moderation.queries import policies
from moderation.refusals import Refusal, Why
from moderation.services import retention
from moderation.signals import erasure_asked, participant_erased

GRACE = timedelta(hours=24)


class CannotErase(Refusal):
    """The account does more here than take part."""

    why = Why.NOT_ALLOWED


@transaction.atomic
def ask(*, participant: Participant, now: datetime) -> Participant:
    """Have a participant's data erased a day from now; asking twice changes nothing.

    Raises CannotErase for accounts that work in the admin: their decisions and
    pages are records of the city.
    """
    account = participant.account
    if account and account.has_perm("wagtailadmin.access_admin"):
        raise CannotErase(
            _("This account works for the city here. Ask its administrators first.")
        )
    if participant.erasure_due_at is None:
        participant.erasure_due_at = now + GRACE
        participant.save(update_fields=["erasure_due_at"])
        _announce(erasure_asked, participant)
    return participant


def cancel(*, participant: Participant) -> Participant:
    """Keep the data after all."""
    participant.erasure_due_at = None
    participant.save(update_fields=["erasure_due_at"])
    return participant


def carry_out_due(*, now: datetime) -> int:
    """Erase whoever asked for it a day ago; return how many they were."""
    due = Participant.objects.filter(erasure_due_at__lte=now).values_list("pk")
    return sum(carry_out(pk=pk, now=now) for (pk,) in list(due))


@transaction.atomic
def carry_out(*, pk: int, now: datetime) -> bool:
    """Erase one participant if it is due. The register keeps nothing personal.

    What remains is a row without a name, so that threads and decisions still have
    their places. Policy says whether what was public stays without a name.
    """
    rows = Participant.objects.select_for_update().filter(erasure_due_at__lte=now)
    participant = rows.filter(pk=pk).first()
    if participant is None:
        return False
    _erase_texts(participant)
    for holding in contents.holdings():
        holding.erase(participant)
    _erase_reports(participant)
    _erase_person(participant, now)
    _announce(participant_erased, participant)
    return True


def _erase_texts(participant: Participant) -> None:
    keeps_public = policies.site_policy().erasure == Erasure.ANONYMISE
    for port in contents.ports():
        written = port.model._default_manager.filter(author=participant)
        content_type = ContentType.objects.get_for_model(port.model)
        Appeal.objects.filter(
            flag__isnull=True,
            decision__content_type=content_type,
            decision__object_id__in=written.values("pk"),
        ).update(text="")
        going = written
        if keeps_public:
            going = written.exclude(status=ContentStatus.PUBLISHED)
            port.forget_earlier(written)
            retention.forget_wordings_of(content_type, written.values("pk"))
        gone = list(going.values_list("pk", flat=True))
        retention.remove_texts(port, gone)
        port.model._default_manager.filter(pk__in=gone).exclude(
            status=ContentStatus.HIDDEN
        ).update(status=ContentStatus.WITHDRAWN)


def _erase_reports(participant: Participant) -> None:
    Flag.objects.filter(reporter=participant).update(text="", legal_ground="")
    Appeal.objects.filter(flag__reporter=participant).update(text="")


def _erase_person(participant: Participant, now: datetime) -> None:
    account = participant.account
    callers = [f"guest:{participant.pk}"]
    if account:
        callers.append(f"account:{account.pk}")
    IdempotentReply.objects.filter(caller__in=callers).delete()
    Notice.objects.filter(participant=participant).delete()
    MailChoice.objects.filter(participant=participant).delete()
    Letter.objects.filter(participant=participant).delete()
    participant.account = participant.guest_token_hash = participant.origin = None
    participant.pseudonym = _("Former participant")[:40]
    participant.skeleton = f"erased:{participant.pk}"
    participant.language = ""
    participant.erasure_due_at, participant.erased_at = None, now
    participant.save()
    for known in filter(None, (participant, account)):
        ModelLogEntry.objects.for_instance(known).update(label=str(participant))
    if account:
        account.delete()


def _announce(signal: Any, participant: Participant) -> None:
    send = partial(signal.send_robust, sender=Participant, participant=participant)
    transaction.on_commit(send)
