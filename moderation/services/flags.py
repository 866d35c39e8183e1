"""Flags: a reader's or a rule's report of one item."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from moderation import sanitize
from moderation.choices import FlagReason
from moderation.models import Flag, ModeratedContent, Participant
from moderation.queries import house_rules
from moderation.refusals import Refusal, Why
from moderation.rules import Finding
from moderation.services import interim, receipts, reporters
from moderation.signals import flag_raised

LONGEST_TEXT = 2000
MOST_A_DAY = 40
# From one network address, by all who have no account.
WITHOUT_ACCOUNT_AN_HOUR = 10


class AlreadyFlagged(Refusal):
    """The person has reported this item before; one report each is enough."""

    why = Why.CONFLICT

    def __init__(self, message: str, *, flag: Flag, text: str = "") -> None:
        super().__init__(message, text=text)
        self.flag = flag


class CannotFlag(Refusal):
    """The item is not there for the reporter to see."""

    why = Why.NOT_FOUND


class IncompleteReport(Refusal):
    """Something is missing from the report; the message says what."""


class MayNotFlag(Refusal):
    """The reporter may not take part at present."""

    why = Why.NOT_ALLOWED


class TooManyReports(Refusal):
    """The reporter has reported as much as one person can in a day."""

    why = Why.TOO_SOON


def raise_by_rule(
    *, content: ModeratedContent, finding: Finding, now: datetime
) -> Flag:
    """Put what a rule noticed on the moderators' list.

    While an earlier flag of the same rule still waits on the item (the text was
    edited), that one is brought up to date instead.
    """
    noticed = {
        "rule_version": finding.version,
        "text": str(finding.message)[:LONGEST_TEXT],
        "matched": finding.matched[:500],
        "start": finding.start,
        "end": finding.end,
    }
    waiting = Flag.objects.of(content).waiting().filter(rule_id=finding.rule)
    same_place = waiting.filter(start=finding.start, matched=noticed["matched"])
    if found := same_place.first():
        for name, value in noticed.items():
            setattr(found, name, value)
        found.save(update_fields=list(noticed))
        return found
    return _create(
        content,
        reason=FlagReason.RULE,
        rule_id=finding.rule,
        created_at=now,
        **noticed,
    )


def raise_by_person(
    *,
    content: ModeratedContent,
    reporter: Participant | None = None,
    name: str = "",
    email: str = "",
    reason: str,
    text: str = "",
    legal_ground: str = "",
    good_faith: bool = False,
    language: str = "",
    now: datetime,
) -> Flag:
    """Store one person's report of an item that they can see.

    Without a participant the report needs a name and an e-mail address; a report of
    illegal content needs an explanation and the statement of good faith. Letters about
    it are in `language`, where no participant's is known.
    Whether an address has reported something is nobody else's business: a second
    report from it changes nothing and looks like the first, so never show the flag
    to somebody without a participant. Raises CannotFlag, MayNotFlag,
    IncompleteReport, TooManyReports, or AlreadyFlagged with the report made before.
    Enough trusted reporters put the item aside at once, see `interim`.
    """
    text, name = sanitize.clean_text(text), sanitize.clean_text(name)
    email = sanitize.clean_text(email).lower()
    known = dict(house_rules.reasons(language))
    _require_sight(content, reporter)
    _require_complete(
        reporter=reporter, name=name, email=email, reason=reason, text=text,
        good_faith=good_faith, known=known,
    )  # fmt: skip
    who: dict[str, Any] = (
        {"reporter": reporter}
        if reporter
        else {"reporter_name": name, "reporter_email": email}
    )
    spoken = "" if reporter else language[:20]
    if earlier := _earlier(content, who, text):
        return earlier
    _require_pace(who, now)
    try:
        with transaction.atomic():
            flag = _create(
                content,
                reason=reason,
                reason_title=_title(reason, known),
                text=text,
                legal_ground=sanitize.clean_text(legal_ground)[:500],
                language=spoken,
                created_at=now,
                **who,
            )
    except IntegrityError:
        # Sent twice at the same moment: the first one stands.
        if earlier := _earlier(content, who, text):
            return earlier
        raise
    if reporter:
        interim.consider(content=content, now=now)
    transaction.on_commit(partial(flag_raised.send_robust, sender=Flag, flag=flag))
    return flag


def _title(reason: str, known: Mapping[str, Any]) -> str:
    """Return how a city's own rule is called; our words are said in any language."""
    ours, said = dict(FlagReason.choices).get(reason), str(known[reason])
    return "" if said == str(ours) else said


def _create(content: ModeratedContent, **fields: Any) -> Flag:
    return Flag.objects.create(
        content_type=ContentType.objects.get_for_model(content),
        object_id=content.pk,
        receipt=receipts.new(),
        **fields,
    )


def _earlier(content: ModeratedContent, who: dict[str, Any], text: str) -> Flag | None:
    """Return what the same address reported before; refuse a participant's second."""
    key = "reporter" if "reporter" in who else "reporter_email"
    earlier = Flag.objects.of(content).filter(**{key: who[key]}).first()
    if earlier and earlier.reporter:
        raise AlreadyFlagged(
            _("You have reported this before. One report is enough: it is being read."),
            flag=earlier,
            text=text,
        )
    return earlier


def _require_pace(who: dict[str, Any], now: datetime) -> None:
    by = {name: who[name] for name in ("reporter", "reporter_email") if name in who}
    today = Flag.objects.filter(created_at__gt=now - timedelta(days=1), **by)
    made = today.count()
    if made >= MOST_A_DAY:
        raise TooManyReports(
            _("You have reported %(most)d contributions today. Please go on tomorrow.")
            % {"most": MOST_A_DAY}
        )
    reporter = who.get("reporter")
    if reporter and made >= reporters.LIMITED_TO:
        _require_care(reporter, now)


def _require_care(reporter: Participant, now: datetime) -> None:
    if reporters.is_limited(reporter, now=now):
        raise TooManyReports(
            _(
                "Many of your reports proved unfounded, also after a warning. So you "
                "can report %(most)d contributions a day. Please go on tomorrow."
            )
            % {"most": reporters.LIMITED_TO}
        )


def _require_sight(content: ModeratedContent, reporter: Participant | None) -> None:
    if not content.is_public:
        raise CannotFlag(_("There is no such contribution."))
    if reporter and not reporter.may_write:
        raise MayNotFlag(_("Your account may not report anything at present."))
    if reporter and reporter.pk == content.author_id:
        raise MayNotFlag(_("This is your own contribution. You can withdraw it."))


def _require_complete(
    *,
    reporter: Participant | None,
    name: str,
    email: str,
    reason: str,
    text: str,
    good_faith: bool,
    known: Collection[str],
) -> None:
    missing = []
    if reason not in known:
        missing.append(_("Choose a reason from the list."))
    if len(text) > LONGEST_TEXT:
        missing.append(
            _("Your explanation has %(length)s characters; at most %(most)s fit.")
            % {
                "length": number_format(len(text), force_grouping=True),
                "most": number_format(LONGEST_TEXT, force_grouping=True),
            }
        )
    if reason == FlagReason.ILLEGAL and not text:
        missing.append(_("Say in your own words why it is illegal."))
    if reason == FlagReason.OTHER and not text:
        missing.append(_("Say in your own words what is wrong."))
    if reason == FlagReason.ILLEGAL and not good_faith:
        missing.append(_("Confirm that your report is accurate and complete."))
    if not reporter:
        missing += _missing_identity(name, email)
    if missing:
        raise IncompleteReport(" ".join(missing), text=text)


def _missing_identity(name: str, email: str) -> list[str]:
    missing = []
    if not name or len(name) > 120:
        missing.append(_("Give your name, in at most 120 characters."))
    try:
        validate_email(email)
    except ValidationError:
        missing.append(_("Give an e-mail address where we can answer you."))
    return missing
