"""Statements: the editor's seeds, and what residents add."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from deliberation.choices import Stage
from deliberation.models import Poll, Statement
from deliberation.queries import contributions, routing
from deliberation.services import checks, discussions, labels
from deliberation.signals import statement_withdrawn
from moderation import sanitize
from moderation.choices import ContentStatus
from moderation.models import Participant, Policy
from moderation.queries import policies
from moderation.refusals import Refusal, Why
from moderation.rules import Kind
from moderation.services import admission, agreement

# Within this time the same words by the same author are one statement.
TWICE = timedelta(minutes=1)


class NotInvited(Refusal):
    """The poll has only the editors' statements."""

    why = Why.NOT_ALLOWED


class SaidAlready(Refusal):
    """The same sentence stands in the poll."""

    why = Why.CONFLICT


class NotYours(Refusal):
    """Only the author may do this."""

    why = Why.NOT_ALLOWED


class Hidden(Refusal):
    """A moderator has hidden it already."""

    why = Why.CLOSED


class VotedOn(Refusal):
    """What people have voted on keeps its words."""

    why = Why.CONFLICT


@transaction.atomic
def submit(
    *,
    poll: Poll,
    author: Participant,
    raw: str,
    language: str,
    now: datetime,
    replaces: Statement | None = None,
    agreed: bool = False,
) -> Statement:
    """Store a resident's statement, published or held as policy and rules say.

    One of the author's own that it `replaces` is withdrawn. `agreed` says that they
    ticked the rules of the house; the `verdict` of what is returned, what the rules
    noticed. Raises discussions.Closed, NotInvited, RulesFirst, SaidAlready,
    labels.UnknownLanguage, VotedOn if that was replaced before, what `withdraw` raises
    of it, or what `admission.admit` raises: the text comes back with every refusal.
    """
    language = labels.language_tag(language, raw)
    author = checks.locked(author)
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    discussions.require_open(poll, now=now, text=raw)
    policy = policies.of(poll)
    _check_invited(poll, policy, author, raw)
    agreement.require(author, policy=policy, agreed=agreed, now=now, text=raw)
    if sent_twice := _own_twin(poll, author, raw, now):
        return sent_twice
    if replaces:
        _make_way(replaces, by=author, raw=raw)
    # A statement is one sentence: a line break in it says nothing.
    admitted = admission.admit(
        raw=" ".join(raw.split()),
        author=author,
        policy=_with_own_length(policy, poll),
        kind=Kind.STATEMENT,
        language=language,
        now=now,
        recent=contributions.recent_posts(author=author, now=now),
    )
    if twin := _twin(poll, admitted.text):
        message = _("This is in the poll already, as statement %(number)d.")
        raise SaidAlready(message % {"number": twin.number}, text=raw)
    statement = Statement.objects.create(
        poll=poll,
        number=next_number(poll),
        author=author,
        text=admitted.text,
        html=admitted.html,
        language=language,
        status=admitted.status,
        created_at=now,
        replaces=replaces,
    )
    admission.record(content=statement, admitted=admitted, now=now)
    statement.verdict = admitted.verdict
    routing.forget(poll.pk)
    return statement


@transaction.atomic
def withdraw(*, statement: Statement, by: Participant) -> Statement:
    """Take one's own statement back at any time; the votes on it count no more.

    Raises NotYours, and Hidden for what a moderator has hidden.
    """
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.author_id != by.pk:
        raise NotYours(_("Only its author may withdraw a statement."))
    if statement.status == ContentStatus.HIDDEN:
        raise Hidden(_("This statement is hidden already."))
    _set_status(statement, ContentStatus.WITHDRAWN)
    routing.forget(statement.poll_id)
    tell = partial(statement_withdrawn.send, Statement, poll_id=statement.poll_id)
    transaction.on_commit(tell)
    return statement


def set_seeds(
    *, poll: Poll, texts: Sequence[str], language: str, now: datetime
) -> None:
    """Make these the poll's seeds: add the new, withdraw the gone nobody voted on."""
    wanted = list(dict.fromkeys(filter(None, map(_one_line, texts))))
    present = {seed.text: seed for seed in poll.statements.filter(is_seed=True)}
    for text in wanted:
        if text not in present:
            _add_seed(poll, text, language, now)
        elif present[text].status == ContentStatus.WITHDRAWN:
            _set_status(present[text], ContentStatus.PUBLISHED)
    for text, seed in present.items():
        if text not in wanted and seed.is_public and not seed.votes.exists():
            _set_status(seed, ContentStatus.WITHDRAWN)
    routing.forget(poll.pk)


@transaction.atomic
def reword(*, statement: Statement, text: str, now: datetime) -> Statement:
    """Return the seed with other words.

    One that people voted on keeps its words and is withdrawn; what is returned is
    then a new statement that says which one it replaces. Raises VotedOn if that was
    replaced before.
    """
    text = _one_line(text)
    # Nobody votes on it meanwhile.
    Statement.objects.select_for_update().get(pk=statement.pk)
    if not (statement.votes.exists() or statement.earlier_votes.exists()):
        statement.text, statement.html = text, sanitize.render(text)
        statement.edited_at = now
        statement.save(update_fields=["text", "html", "edited_at"])
        return statement
    _require_unreplaced(statement, text)
    _set_status(statement, ContentStatus.WITHDRAWN)
    new = _add_seed(statement.poll, text, statement.language, now, replaces=statement)
    routing.forget(statement.poll_id)
    return new


def set_about_voters(*, statement: Statement, is_meta: bool, now: datetime) -> None:
    """Say whether a statement is about the voters: then it shapes no opinion groups.

    People go on voting on it. The results know of it from their next run on. Raises
    discussions.Closed after the close: what was found then stands.
    """
    if statement.poll.stage_at(now) in {Stage.CLOSED, Stage.ANSWERED}:
        raise discussions.Closed(_("The poll is closed: its results stand."))
    statement.is_meta = is_meta
    statement.save(update_fields=["is_meta"])
    routing.forget(statement.poll_id)


def next_number(poll: Poll) -> int:
    """Return the number of the poll's next statement; call with the poll locked."""
    last = poll.statements.order_by("-number").values_list("number", flat=True).first()
    return 0 if last is None else last + 1


def _make_way(statement: Statement, *, by: Participant, raw: str) -> None:
    _require_unreplaced(statement, raw)
    try:
        withdraw(statement=statement, by=by)
    except Refusal as error:
        error.text = raw
        raise


def _require_unreplaced(statement: Statement, text: str) -> None:
    if Statement.objects.filter(replaces=statement).exists():
        raise VotedOn(_("This statement was already replaced by another."), text=text)


def _check_invited(poll: Poll, policy: Policy, author: Participant, raw: str) -> None:
    if not poll.residents_may_submit:
        raise NotInvited(_("Nobody can add statements to this poll."), text=raw)
    if author.is_guest and not policy.guests_may_comment:
        raise NotInvited(_("Sign in to add a statement."), text=raw)


def _with_own_length(policy: Policy, poll: Poll) -> Policy:
    """Return the policy with this poll's longest statement, not to be saved."""
    rules = [(name, options) for name, options in policy.rules if name != "length"]
    length = next((dict(o) for name, o in policy.rules if name == "length"), {})
    length["statement_maximum"] = poll.statement_maximum
    return Policy(review=policy.review, rules=[("length", length), *rules])


def _twin(poll: Poll, text: str) -> Statement | None:
    same = poll.statements.filter(text__iexact=text)
    return same.filter(status=ContentStatus.PUBLISHED).first()


def _own_twin(
    poll: Poll, author: Participant, raw: str, now: datetime
) -> Statement | None:
    """Return what this author just sent, if the button was pressed twice."""
    just_now = poll.statements.filter(author=author, created_at__gte=now - TWICE)
    return just_now.filter(text=_one_line(raw)).first()


def _one_line(text: str) -> str:
    return sanitize.clean_text(" ".join(text.split()))


def _add_seed(
    poll: Poll,
    text: str,
    language: str,
    now: datetime,
    replaces: Statement | None = None,
) -> Statement:
    return Statement.objects.create(
        poll=poll,
        number=next_number(poll),
        text=text,
        html=sanitize.render(text),
        language=language,
        is_seed=True,
        is_accepted=True,
        created_at=now,
        replaces=replaces,
    )


def _set_status(statement: Statement, status: ContentStatus) -> None:
    statement.status = status
    statement.save(update_fields=["status"])
