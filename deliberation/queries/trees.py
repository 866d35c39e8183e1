"""From comments to the trees that pages and the API show."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, Value
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe

from deliberation import sentences
from deliberation.choices import ReactionKind
from deliberation.models import Comment, Reaction
from deliberation.queries import citations
from deliberation.queries.citations import Line
from deliberation.queries.visits import Visit, is_editable
from deliberation.ranking.bridging import Reason
from moderation.choices import Act, ContentStatus
from moderation.models import Decision

# Replies to replies move in this far; what is deeper says whom it answers.
DEEPEST = 3


@dataclass(frozen=True)
class Tally:
    """How often one kind of reaction was given; None while that is not shown."""

    kind: ReactionKind
    count: int | None
    is_mine: bool


@dataclass(frozen=True, kw_only=True)
class Node:
    """A comment as one reader sees it, with the replies that are shown.

    `more` counts the public replies in the thread that are not shown here, `answers`
    the public direct ones. `level` is how far it moves in, from 0 to `DEEPEST`.
    """

    source: Comment
    shows_text: bool
    is_own: bool
    level: int = 0
    replies: tuple[Self, ...] = ()
    answers: int = 0
    more: int = 0
    tallies: tuple[Tally, ...] = ()
    may_answer: bool = False
    may_react: bool = False
    may_edit: bool = False
    may_withdraw: bool = False
    may_make_official: bool = False
    # Why it is hidden.
    decision: Decision | None = None
    # The comment it answers, where that is not the one it stands under.
    answered: Comment | None = None
    # The answers that name it, and what it names if it is one.
    addressed: tuple[Line, ...] = ()
    cites: tuple[Line, ...] = ()
    may_cite: bool = False

    @property
    def counts_shown(self) -> bool:
        """Say whether this reader may know how others reacted."""
        return any(tally.count is not None for tally in self.tallies)

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
    below: defaultdict[int, list[_Spot]] = defaultdict(list)
    for spot in spots:
        below[spot.under].append(spot)

    def build(comment: Comment, level: int, answered: Comment | None) -> Node:
        built = (build(s.comment, s.level, s.answered) for s in below[comment.pk])
        shown = tuple(node for node in built if not _is_idle(node))
        return facts.node(comment, level=level, answered=answered, replies=shown)

    grown = (build(root, 0, root.parent) for root in roots)
    return tuple(node for node in grown if keep or not _is_idle(node))


@dataclass(frozen=True)
class _Spot:
    """Where a reply is shown: under which comment, how far in, whom it answers."""

    comment: Comment
    under: int
    level: int
    answered: Comment | None


def _spots(roots: Sequence[Comment], replies: Sequence[Comment]) -> list[_Spot]:
    placed = {root.pk: _Spot(root, root.pk, 0, None) for root in roots}
    spots = []
    for reply in replies:
        parent = placed.get(reply.parent_id or 0)
        if parent is None:
            spot = _Spot(reply, reply.root_id or 0, 1, reply.parent)
        elif parent.level == DEEPEST:
            spot = _Spot(reply, parent.under, DEEPEST, reply.parent)
        else:
            spot = _Spot(reply, parent.comment.pk, parent.level + 1, None)
        placed[reply.pk] = spot
        spots.append(spot)
    return spots


def _is_idle(node: Node) -> bool:
    if node.shows_text or node.source.status == ContentStatus.HIDDEN:
        return False
    return not (node.replies or node.answers or node.more)


@dataclass(frozen=True)
class _Facts:
    """Everything about the shown comments that stands in other rows."""

    visit: Visit
    answers: dict[int, int]
    totals: dict[int, int]
    tallies: dict[tuple[int, str], tuple[int, int]]
    decisions: dict[int, Decision]
    ends: citations.Ends

    @classmethod
    def of(cls, visit: Visit, comments: Sequence[Comment]) -> Self:
        ids = [comment.pk for comment in comments]
        answers, totals = _counts(ids, [c.pk for c in comments if c.root_id is None])
        return cls(
            visit,
            answers=answers,
            totals=totals,
            tallies=_tallies(visit, [c.pk for c in comments if c.is_public]),
            decisions=_decisions(comments),
            ends=citations.of_comments(c for c in comments if c.is_public),
        )

    def node(
        self, comment: Comment, *, replies: tuple[Node, ...], **place: Any
    ) -> Node:
        visit = self.visit
        is_own = comment.author_id is not None and comment.author_id == visit.reader.pk
        is_held = comment.status == ContentStatus.HELD
        shown = sum(map(_public_below, replies))
        return Node(
            source=comment,
            shows_text=comment.is_public
            or (is_held and (is_own or visit.reader.sees_held)),
            is_own=is_own,
            replies=replies,
            answers=self.answers.get(comment.pk, 0),
            more=max(self.totals.get(comment.pk, 0) - shown, 0),
            tallies=self._tallies_of(comment),
            may_answer=visit.is_open and comment.is_public,
            may_react=visit.may_take_part and comment.is_public and not is_own,
            may_edit=is_own
            and visit.may_take_part
            and is_editable(comment, visit.policy, now=visit.now),
            may_withdraw=is_own and (comment.is_public or is_held),
            may_make_official=is_own
            and visit.speaks_for_page
            and comment.is_public
            and comment.parent_id is not None,
            decision=self.decisions.get(comment.pk),
            addressed=self.ends.addressed.get(comment.pk, ()),
            cites=self.ends.cites.get(comment.pk, ()),
            may_cite=visit.speaks_for_page
            and comment.is_public
            and comment.is_official,
            **place,
        )

    def _tallies_of(self, comment: Comment) -> tuple[Tally, ...]:
        """Return all kinds; the counts once the reader has reacted or after the end."""
        if not comment.is_public:
            return ()
        found = {
            kind: self.tallies.get((comment.pk, kind), (0, 0)) for kind in ReactionKind
        }
        is_shown = not self.visit.is_open or any(mine for _n, mine in found.values())
        return tuple(
            Tally(kind, count if is_shown else None, bool(mine))
            for kind, (count, mine) in found.items()
        )


def _public_below(node: Node) -> int:
    return node.source.is_public + sum(map(_public_below, node.replies))


def _counts(
    parents: Iterable[int], roots: Iterable[int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Return the public replies right below each of these, and in these threads."""
    below, within = (
        Comment.objects.public()
        .filter(**{f"{key}__in": ids})
        .order_by()
        .values_list(key)
        .annotate(replies=Count("pk"), counts_thread=Value(key == "root"))
        for key, ids in (("parent", parents), ("root", roots))
    )
    found: tuple[dict[int, int], dict[int, int]] = ({}, {})
    for pk, replies, counts_thread in below.union(within, all=True):
        found[bool(counts_thread)][pk] = replies
    return found


def _tallies(visit: Visit, ids: list[int]) -> dict[tuple[int, str], tuple[int, int]]:
    if visit.is_open and not visit.reader.participant:
        # A stranger has not reacted, so no count is shown.
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


def _decisions(comments: Sequence[Comment]) -> dict[int, Decision]:
    hidden = [c.pk for c in comments if c.status == ContentStatus.HIDDEN]
    if not hidden:
        return {}
    hiding = Decision.objects.filter(
        content_type=ContentType.objects.get_for_model(Comment),
        object_id__in=hidden,
        act=Act.HIDE,
    )
    return {decision.object_id: decision for decision in hiding.order_by("created_at")}
