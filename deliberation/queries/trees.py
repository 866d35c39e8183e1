"""From comments to the trees that pages and the API show."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from deliberation import sentences
from deliberation.choices import ReactionKind
from deliberation.models import Attachment, Comment, CommentQuerySet, Reaction
from deliberation.queries import citations
from deliberation.queries.citations import Line
from deliberation.queries.visits import Visit, is_editable
from deliberation.ranking.bridging import Reason
from moderation.choices import HIDING, Act, ContentStatus
from moderation.models import Decision, Participant
from moderation.queries.house_rules import catalogue

# Replies to replies move in this far; what is deeper says whom it answers.
DEEPEST = 3
# Replies are counted so far; a page must not take longer where there are more.
MOST = 1_000


@dataclass(frozen=True)
class Tally:
    """How often one kind of reaction was given; None while that is not shown."""

    kind: ReactionKind
    count: int | None
    is_mine: bool


# What is shown of almost all comments, while a discussion is open.
UNTOLD = tuple(Tally(kind, count=None, is_mine=False) for kind in ReactionKind)


@dataclass(frozen=True, kw_only=True)
class Node:
    """A comment as one reader sees it, with the replies that are shown.

    `more` counts the public replies in the thread that are not shown here, `answers`
    the public direct ones, both up to `MOST`. `level` is how far it moves in, from 0
    to `DEEPEST`.
    """

    source: Comment
    # A pseudonym, None where nobody is named.
    author: str | None
    shows_text: bool
    is_own: bool
    level: int = 0
    replies: tuple[Self, ...] = ()
    answers: int = 0
    more: int = 0
    tallies: tuple[Tally, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    may_answer: bool = False
    may_react: bool = False
    may_edit: bool = False
    may_withdraw: bool = False
    may_make_official: bool = False
    # Written since the reader's last visit.
    is_new: bool = False
    # Why it is hidden, and the rule's name in the language of the page.
    decision: Decision | None = None
    rule: str = ""
    # The comment it answers, where that is not the one it stands under.
    answered: Comment | None = None
    # The answers that name it, and what it names if it is one.
    addressed: tuple[Line, ...] = ()
    cites: tuple[Line, ...] = ()
    may_cite: bool = False

    @property
    def same_as(self) -> int | None:
        """Return the id of the comment that this one was merged with."""
        change = getattr(self.decision, "change", None)
        return change.same_as if change else None

    @property
    def counts_shown(self) -> bool:
        """Say whether this reader may know how others reacted."""
        return bool(self.tallies) and self.tallies[0].count is not None

    @property
    def standing(self) -> Promise | None:
        """Return why a thread stands where it stands in the bridging order."""
        if self.source.root_id or not self.counts_shown:
            return None
        return sentences.bridging(Reason(self.source.standing))

    @property
    def is_official(self) -> bool:
        """Say whether it is shown as the answer of whoever runs the page."""
        return self.shows_text and self.source.is_official

    @property
    def is_held(self) -> bool:
        """Say whether it waits for review."""
        return bool(self.source.status == ContentStatus.HELD)

    @property
    def html(self) -> SafeString:
        """Return the rendering that was made, and cleaned, when it was written."""
        return mark_safe(self.source.html if self.shows_text else "")  # noqa: S308


class _Few(Subquery):
    """Counts the rows of a subquery, which has a limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) few)"
    output_field = IntegerField()


def readable(comments: CommentQuerySet) -> CommentQuerySet:
    """Return the comments with all that `grow` wants to know, in the same query."""
    public = Comment.objects.public().order_by()
    below, within = (
        _Few(public.filter(**{key: OuterRef("pk")}).values("pk")[:MOST])
        for key in ("parent", "root")
    )
    found: CommentQuerySet = comments.annotate(
        pseudonym=F("author__pseudonym"), answers=below, total=within
    )
    return found


def grow(
    visit: Visit,
    roots: Sequence[Comment],
    replies: Sequence[Comment],
    *,
    keep: bool = False,
) -> tuple[Node, ...]:
    """Return the roots as trees with these replies, which come in order of number.

    A placeholder that nothing hangs on is left out, unless it says that something
    was hidden; `keep` keeps the roots in any case.
    """
    facts = _Facts.of(visit, [*roots, *replies])
    spots = _spots(roots, replies)
    above = _answered(roots, spots)
    below: defaultdict[int, list[_Spot]] = defaultdict(list)
    for spot in spots:
        below[spot.under].append(spot)

    def build(comment: Comment, level: int, answered: int | None) -> Node:
        built = (build(s.comment, s.level, s.answers) for s in below[comment.pk])
        shown = tuple(node for node in built if not _is_idle(node))
        return facts.node(
            comment,
            level=level,
            answered=above[answered] if answered else None,
            replies=shown,
        )

    grown = (build(root, 0, root.parent_id) for root in roots)
    return tuple(node for node in grown if keep or not _is_idle(node))


@dataclass(frozen=True)
class _Spot:
    """Where a reply is shown: under which comment, how far in.

    `answers` is the comment it answers, where it does not stand below that.
    """

    comment: Comment
    under: int
    level: int
    answers: int | None


def _spots(roots: Sequence[Comment], replies: Sequence[Comment]) -> list[_Spot]:
    placed = {root.pk: _Spot(root, root.pk, 0, None) for root in roots}
    spots = []
    for reply in replies:
        parent = placed.get(reply.parent_id or 0)
        if parent is None:
            spot = _Spot(reply, reply.root_id or 0, 1, reply.parent_id)
        elif parent.level == DEEPEST:
            spot = _Spot(reply, parent.under, DEEPEST, reply.parent_id)
        else:
            spot = _Spot(reply, parent.comment.pk, parent.level + 1, None)
        placed[reply.pk] = spot
        spots.append(spot)
    return spots


def _answered(
    roots: Sequence[Comment], spots: Sequence[_Spot]
) -> dict[int | None, Comment]:
    """Return the comments that others name as the ones they answer."""
    shown = {each.pk: each for each in [*roots, *(spot.comment for spot in spots)]}
    named = {root.parent_id for root in roots} | {spot.answers for spot in spots}
    absent = named - shown.keys() - {None}
    if absent:
        shown |= Comment.objects.select_related("author").in_bulk(absent)
    return {pk: shown[pk] for pk in named if pk}


def _is_idle(node: Node) -> bool:
    if node.shows_text or node.source.status == ContentStatus.HIDDEN:
        return False
    return not (node.replies or node.answers or node.more)


@dataclass(frozen=True)
class _Facts:
    """Everything about the shown comments that stands in other rows."""

    visit: Visit
    tallies: dict[tuple[int, str], tuple[int, int]]
    decisions: dict[int, Decision]
    rules: dict[str, str]
    ends: citations.Ends
    attachments: dict[int, tuple[Attachment, ...]]

    @classmethod
    def of(cls, visit: Visit, comments: Sequence[Comment]) -> Self:
        decisions = _decisions(comments)
        rules = catalogue(get_language() or "") if decisions else ()
        return cls(
            visit,
            tallies=_tallies(visit, [c.pk for c in comments if c.is_public]),
            decisions=decisions,
            rules={rule.code: rule.title for rule in rules},
            ends=citations.of_comments(c for c in comments if c.is_public),
            attachments=_attachments(comments),
        )

    def node(
        self, comment: Comment, *, replies: tuple[Node, ...], **place: Any
    ) -> Node:
        visit = self.visit
        is_public = comment.is_public
        is_own = comment.author_id is not None and comment.author_id == visit.reader.pk
        is_held = comment.status == ContentStatus.HELD
        shows_text = is_public or (is_held and (is_own or visit.reader.sees_held))
        return Node(
            source=comment,
            author=_name(comment),
            shows_text=shows_text,
            attachments=self.attachments.get(comment.pk, ()) if shows_text else (),
            is_own=is_own,
            is_new=visit.since is not None
            and comment.created_at > visit.since
            and not is_own,
            replies=replies,
            answers=comment.answers,
            more=comment.total and max(comment.total - _public_below(replies), 0),
            tallies=self._tallies_of(comment) if is_public else (),
            may_answer=is_public and visit.is_open,
            may_react=is_public and not is_own and visit.may_take_part,
            may_edit=is_own
            and visit.may_take_part
            and (
                is_editable(comment, visit.policy, now=visit.now)
                or self._is_to_be_edited(comment)
            ),
            may_withdraw=is_own and (is_public or is_held),
            may_make_official=is_own
            and visit.speaks_for_page
            and is_public
            and comment.parent_id is not None,
            decision=(decision := self.decisions.get(comment.pk)),
            rule=self._rule_of(decision) if decision else "",
            addressed=self.ends.addressed.get(comment.pk, ()),
            cites=self.ends.cites.get(comment.pk, ()),
            may_cite=visit.speaks_for_page
            and comment.is_public
            and comment.is_official,
            **place,
        )

    def _is_to_be_edited(self, comment: Comment) -> bool:
        decision = self.decisions.get(comment.pk)
        return decision is not None and decision.act == Act.ASK

    def _rule_of(self, decision: Decision) -> str:
        """Return its name; what is in force no more, or is a law, is quoted."""
        return self.rules.get(decision.rule_id) or decision.rule_text

    def _tallies_of(self, comment: Comment) -> tuple[Tally, ...]:
        """Return all kinds; the counts once the reader has reacted or after the end."""
        if self.visit.is_open and not self.visit.reader.participant:
            # A stranger has not reacted, so no count is shown.
            return UNTOLD
        found = {
            kind: self.tallies.get((comment.pk, kind), (0, 0)) for kind in ReactionKind
        }
        is_shown = not self.visit.is_open or any(mine for _n, mine in found.values())
        return tuple(
            Tally(kind, count if is_shown else None, bool(mine))
            for kind, (count, mine) in found.items()
        )


def _name(comment: Comment) -> str | None:
    """Return who wrote it, as `readable` found out or as is known otherwise."""
    if hasattr(comment, "pseudonym"):
        return comment.pseudonym
    author: Participant | None = comment.author
    return author.pseudonym if author else None


def count_below(node: Node) -> int:
    """Return how many replies are shown below a comment."""
    return len(node.replies) + sum(map(count_below, node.replies))


def _public_below(replies: Sequence[Node]) -> int:
    return sum(each.source.is_public + _public_below(each.replies) for each in replies)


def _tallies(visit: Visit, ids: list[int]) -> dict[tuple[int, str], tuple[int, int]]:
    if visit.is_open and not visit.reader.participant:
        return {}
    rows = (
        Reaction.objects.filter(comment__in=ids)
        .values_list("comment", "kind")
        .annotate(
            given=Count("pk"),
            mine=Count("pk", filter=Q(participant=visit.reader.pk)),
        )
    )
    return {(comment, kind): (count, mine) for comment, kind, count, mine in rows}


def _attachments(comments: Sequence[Comment]) -> dict[int, tuple[Attachment, ...]]:
    ids = [comment.pk for comment in comments if comment.has_attachments]
    found: defaultdict[int, tuple[Attachment, ...]] = defaultdict(tuple)
    if ids:
        for each in Attachment.objects.light().filter(comment__in=ids):
            found[each.comment_id or 0] += (each,)
    return found


def _decisions(comments: Sequence[Comment]) -> dict[int, Decision]:
    hidden = [c.pk for c in comments if c.status == ContentStatus.HIDDEN]
    if not hidden:
        return {}
    hiding = Decision.objects.filter(
        content_type=ContentType.objects.get_for_model(Comment),
        object_id__in=hidden,
        act__in=HIDING,
    ).select_related("change")
    return {decision.object_id: decision for decision in hiding.order_by("created_at")}
