"""E-mails about flags, decisions and appeals, each in its reader's language."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from moderation import contents
from moderation.choices import REVERSIBLE, Act
from moderation.language import to_address_in
from moderation.models import (
    Appeal,
    Decision,
    Flag,
    Interim,
    ModeratedContent,
    Participant,
)
from moderation.queries import (
    appeals,
    changes,
    desk,
    people,
    policies,
    queue,
    sites,
    statements,
)
from moderation.services import notices, sanctions

# An address that nobody has confirmed gets so many letters a day and no more, or
# anybody could flood a stranger by reporting in their name.
UNCONFIRMED_A_DAY = 3
DAY = timedelta(days=1)


def about_flag(flag: Flag) -> None:
    """Confirm a report to whoever sent it in without an account."""
    if may_write_to(flag):
        _send(
            to=flag.reporter_email,
            language=flag.language,
            template="flag_received",
            flag=flag,
            path=reverse("moderation:receipt", args=[flag.receipt]),
        )


def about_decision(decision: Decision) -> None:
    """Tell the author, with the reasons, and those who reported the item."""
    content: ModeratedContent | None = decision.content
    author = content.author if content else None
    interim = statements.interim_of(decision)
    # Whoever is held by a rule reads so on the spot, and nothing is to be done yet.
    if author and (interim or decision.act not in {Act.HOLD, Act.KEEP}):
        _write_to_author(decision, author, interim)
    if interim:
        about_interim(interim)
    for flag in decision.answers.select_related("reporter__account"):
        _write_to_reporter(decision, flag)


def about_interim(interim: Interim) -> None:
    """Ask the moderators to look at what readers alone have put aside."""
    content: Any = interim.decision.content
    kind = contents.of(content).kind
    for account in people.moderators():
        if not desk.of(account).may_see(content):
            continue
        _send(
            to=_address_of(account),
            language=_language_of(account),
            template="put_aside",
            interim=interim,
            path=reverse("moderation_admin:item", args=[kind, content.pk]),
        )


def to_leads(appeal: Appeal) -> None:
    """Tell the lead moderators of an appeal, but whoever decided first."""
    for account in people.leads():
        if account.pk != appeal.first_decided_by_id:
            _send(
                to=_address_of(account),
                language=_language_of(account),
                template="appeal_waits",
                due_at=appeals.due_at(appeal),
                path=reverse("moderation_admin:appeal", args=[appeal.pk]),
            )


def summary(*, now: datetime) -> int:
    """Tell each moderator what waits at their desk; return how many were told."""
    told = 0
    for account in people.moderators():
        own = desk.of(account)
        waiting = queue.count(desk=own)
        is_lead = account.has_perm("moderation.lead_review")
        open_appeals = len(appeals.waiting()) if is_lead else 0
        if waiting or open_appeals:
            told += 1
            _send(
                to=_address_of(account),
                language=_language_of(account),
                template="summary",
                waiting=waiting,
                appeals=open_appeals,
                overdue=queue.count_overdue(now=now, desk=own),
                path=reverse("moderation_admin:queue"),
            )
    return told


def about_appeal(appeal: Appeal) -> None:
    """Tell whoever appealed what came of it, with the reasons."""
    content: ModeratedContent | None = appeal.decision.content
    flag = appeal.flag
    person = flag.reporter if flag else content.author if content else None
    unconfirmed = flag.reporter_email if flag and may_write_to(flag) else ""
    _send(
        to=address_of(person) if person else unconfirmed,
        language=person.language if person else flag.language if flag else "",
        template="appeal_answered",
        appeal=appeal,
        path=notices.path_of_appeal(appeal),
    )


def about_erasure(participant: Participant) -> None:
    """Say when somebody's data will be erased, so that nobody else can ask for it."""
    if participant.erasure_due_at:
        _send(
            to=address_of(participant),
            language=participant.language,
            template="erasure_asked",
            due_at=participant.erasure_due_at,
            path=reverse("moderation:me"),
        )


def may_write_to(flag: Flag) -> bool:
    """Say whether letters about this report may go to its unconfirmed address."""
    if not flag.reporter_email:
        return False
    earlier = Flag.objects.filter(
        reporter_email=flag.reporter_email,
        created_at__gt=flag.created_at - DAY,
        pk__lt=flag.pk,
    )
    return earlier.count() < UNCONFIRMED_A_DAY


def _write_to_author(
    decision: Decision, author: Participant, interim: Interim | None
) -> None:
    content: Any = decision.content
    port = contents.of(content)
    policy = port.policy(content) or policies.site_policy()
    sanction = statements.sanction_of(decision)
    with notices.language_of(author):
        title = notices.title_for_author(decision.act)
        means = notices.meaning_for_author(decision.act)
        besides = sanctions.in_words(sanction) if sanction else ""
    _send(
        to=address_of(author),
        language=author.language,
        template="decision",
        title=title,
        besides=besides,
        interim=interim,
        place=port.context(content).place,
        content=content,
        text=changes.text_before(decision, content),
        redress=policy.redress,
        decision=decision,
        restricts=Act(decision.act).restricts,
        means=means,
        may_appeal=decision.act in REVERSIBLE,
        appeal_until=statements.appeal_until(decision),
        path=reverse("moderation:decision", args=[decision.receipt]),
    )


def _write_to_reporter(decision: Decision, flag: Flag) -> None:
    reporter = flag.reporter
    if reporter is None and not may_write_to(flag):
        return
    with notices.language_of(reporter, flag.language):
        outcome = notices.outcome_for_reporter(decision.act)
    _send(
        to=address_of(reporter) if reporter else flag.reporter_email,
        language=reporter.language if reporter else flag.language,
        template="flag_answered",
        title=outcome,
        decision=decision,
        restricts=Act(decision.act).restricts,
        flag=flag,
        path=reverse("moderation:receipt", args=[flag.receipt]),
    )


def address_of(participant: Participant) -> str:
    """Return where letters to a participant go; "" if they have no account in use."""
    account = participant.account
    if account is None or not account.is_active:
        return ""
    return _address_of(account)


def _address_of(account: Any) -> str:
    return str(getattr(account, account.get_email_field_name(), "") or "")


def _language_of(account: Any) -> str:
    """Return what one works in, as one chose in the admin; else what one reads in."""
    profile = getattr(account, "wagtail_userprofile", None)
    participant = getattr(account, "participant", None)
    chosen = profile.preferred_language if profile else ""
    return str(chosen or (participant.language if participant else ""))


def _send(*, to: str, language: str, template: str, path: str, **context: Any) -> None:
    if not to:
        return
    context["url"] = settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path
    context["site_name"] = sites.name()
    with translation.override(to_address_in(language)):
        letter = render_to_string(f"moderation/email/{template}.txt", context)
    subject, _blank, body = letter.strip().partition("\n")
    send_mail(subject.strip()[:200], body.strip() + "\n", None, [to])
