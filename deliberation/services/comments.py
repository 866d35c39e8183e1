"""Posting, editing and withdrawing comments: one door for pages, API and imports."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from deliberation.choices import Channel
from deliberation.models import (
    Attachment,
    Comment,
    CommentVersion,
    Discussion,
    Mention,
)
from deliberation.queries import contributions
from deliberation.services import (
    attachments,
    checks,
    discussions,
    labels,
    looking_ahead,
    mentions,
    news,
    placing,
    rearranging,
    sending,
)
from deliberation.services.attachments import Attached
from deliberation.signals import comment_posted
from moderation import sanitize
from moderation.choices import ContentStatus
from moderation.models import Participant
from moderation.queries import policies
from moderation.rules import Action, Kind
from moderation.services import admission, agreement
from moderation.services.inserting import PreparedInsert

_STORE = PreparedInsert(Comment)


def post(
    *,
    discussion: Discussion,
    author: Participant,
    raw: str,
    language: str,
    reading: str = "",
    parent: Comment | int | None = None,
    stance: str = "",
    theme: str = "",
    attached: Sequence[Attached] = (),
    agreed: bool = False,
    channel: Channel = Channel.ONLINE,
    now: datetime,
    origin: str | None = None,
    sent_as: str | None = None,
) -> Comment:
    """Store a comment, or a reply to `parent`, as far as the rules admit it.

    `parent` is a comment or the id of one. Where the author chose no `language`, it is
    detected, or else the one they are `reading` in. `agreed` says that they ticked the
    rules of the house, as they must before their first one; `channel` by which way it
    came in, and `sent_as` by which form. Its status says whether it is published or
    waits for review, its `verdict` what the rules noticed. Posts of one author, and
    replies below one root, wait for each other, so that limits and numbers hold when
    requests come at the same time.
    Raises Closed, NotForGuests, RulesFirst, NoSuchParent, attachments.NoSuchPicture,
    sending.SentBefore, and what `labels` and `admission.admit` raise.
    """
    with sending.once(sent_as):
        discussions.require_open(discussion, now=now, text=raw)
        policy = policies.of(discussion)
        if channel is Channel.ONLINE:
            checks.require_account_unless_guests_may(policy, author, text=raw)
        ahead = looking_ahead.look(
            discussion=discussion,
            policy=policy,
            author=author,
            raw=raw,
            language=language,
            reading=reading,
            parent=parent,
            attached=attached,
            now=now,
        )
        language = labels.language_tag(ahead.language, raw)
        labels.require_stance(stance, raw)
        labels.require_theme(theme, discussion, raw)
        with transaction.atomic():
            author = checks.locked(author)
            agreement.require(author, policy=policy, agreed=agreed, now=now, text=raw)
            if parent is not None:
                pk = parent if isinstance(parent, int) else parent.pk
                parent = checks.answerable(discussion=discussion, pk=pk, text=raw)
            pictures = attachments.claim(
                attached, author=author, discussion=discussion, text=raw
            )
            admitted = admission.admit(
                raw=raw,
                author=author,
                policy=policy,
                kind=Kind.COMMENT,
                language=language,
                now=now,
                pictures=attachments.for_rules(attached),
                ahead=ahead.admitted,
                **looking_ahead.told(
                    author=author, discussion=discussion, parent=parent, now=now
                ),
            )
            named = mentions.find(admitted.text, discussion=discussion)
            comment = _STORE.new(
                Comment(
                    discussion=discussion,
                    author=author,
                    text=admitted.text,
                    html=mentions.render(admitted.text, named)
                    if named
                    else admitted.html,
                    language=language,
                    status=admitted.status,
                    created_at=now,
                    origin=origin,
                    sent_as=sent_as,
                    parent=parent,
                    stance=stance,
                    theme=theme,
                    channel=channel,
                    has_attachments=bool(pictures),
                    asked_for_room=admitted.verdict.asks_for_room,
                    **placing.below(parent),
                )
            )
            mentions.store(comment, named)
            attachments.post_with(comment, pictures, attached)
            admission.record(content=comment, admitted=admitted, now=now)
            comment.verdict = admitted.verdict
            news.comment_was_written(comment=comment, now=now)
            transaction.on_commit(
                lambda: comment_posted.send(sender=Comment, comment=comment)
            )
    return comment


def edit(
    *,
    comment: Comment,
    by: Participant,
    raw: str,
    now: datetime,
    language: str | None = None,
    stance: str | None = None,
    theme: str | None = None,
    attached: Sequence[Attached] | None = None,
    seen: str | None = None,
) -> Comment:
    """Replace the text of one's own comment, and keep how it read before.

    `seen` is the `version` the author had before their eyes: of words and pictures. Of
    the pictures those stay that are `attached`, all of them where that is None. What
    reads so already stays as it is, whatever the author saw. What waits for review goes
    on waiting; what a moderator asked to be edited waits for review from now on. Raises
    NotYours, Closed, TooLate, Stale, attachments.NoSuchPicture, and what `labels` and
    `admission.admit` raise.
    """
    policy = policies.of(comment.discussion)
    with transaction.atomic():
        by = checks.locked(by)
        comment = checks.for_change(comment, by=by, raw=raw)
        checks.require_editable(comment, policy=policy, now=now, raw=raw)
        language = labels.language_tag(
            comment.language if language is None else language, raw
        )
        stance = comment.stance if stance is None else stance
        labels.require_stance(stance, raw)
        theme = comment.theme if theme is None else theme
        if theme != comment.theme:
            labels.require_theme(theme, comment.discussion, raw)
        present = rearranging.present(comment)
        before = (comment.text, comment.language, comment.stance, comment.theme)
        if seen is not None and seen != comment.version_with(present):
            wanted = (sanitize.clean_text(raw), language, stance, theme)
            if wanted == before and rearranging.is_done(present, attached):
                # The same form, sent twice.
                return comment
            raise checks.Stale(
                _(
                    "This comment was changed meanwhile. Compare how it reads now "
                    "with yours."
                ),
                text=raw,
                current=comment,
                attachments=present,
            )
        kept = rearranging.kept(present, attached, text=raw)
        admitted = admission.admit(
            raw=raw,
            author=by,
            policy=policy,
            kind=Kind.COMMENT,
            language=language,
            now=now,
            action=Action.EDIT,
            recent=contributions.recent_posts(
                author=by, now=now, discussion=comment.discussion, without=comment
            ),
            thread=contributions.thread_of(comment.parent, author=by),
            pictures=attachments.for_rules(kept),
        )
        comment.verdict = admitted.verdict
        is_other = (admitted.text, language, stance, theme) != before
        if is_other or rearranging.is_other(present, kept):
            _keep_version(comment, present)
            rearranging.carry_out(present, kept)
            named = mentions.find(
                admitted.text, discussion=comment.discussion, of=comment
            )
            comment.language, comment.stance, comment.theme = language, stance, theme
            _rewrite(comment, admitted, named, now=now)
            admission.record(content=comment, admitted=admitted, now=now)
            news.comment_was_written(comment=comment, now=now)
    return comment


def withdraw(*, comment: Comment, by: Participant) -> Comment:
    """Take one's own comment back at any time; its place and replies remain.

    Raises NotYours, and TooLate for what a moderator has hidden.
    """
    with transaction.atomic():
        comment = checks.for_change(comment, by=by)
        if comment.status == ContentStatus.HIDDEN:
            raise checks.TooLate(_("This comment is hidden already."))
        comment.status = ContentStatus.WITHDRAWN
        comment.save(update_fields=["status"])
    return comment


def _keep_version(comment: Comment, attached: Sequence[Attachment]) -> None:
    CommentVersion.objects.create(
        comment=comment,
        text=comment.text,
        html=comment.html,
        language=comment.language,
        stance=comment.stance,
        theme=comment.theme,
        attachments=[each.as_worded for each in attached],
        was_public=comment.is_public,
        written_at=comment.edited_at or comment.created_at,
    )


def _rewrite(
    comment: Comment,
    admitted: admission.Admitted,
    named: list[Mention],
    *,
    now: datetime,
) -> None:
    mentions.store(comment, named)
    comment.text, comment.edited_at = admitted.text, now
    comment.html = mentions.render(comment.text, named) if named else admitted.html
    if admitted.status == ContentStatus.HELD or not comment.is_public:
        comment.status = ContentStatus.HELD
    comment.save(
        update_fields=[
            *("text", "html", "language", "stance", "theme"),
            *("edited_at", "status"),
        ]
    )
