"""From comments to the trees that pages and the API show."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from deliberation.models import Comment
from deliberation.queries.facts import Facts, name_of
from deliberation.queries.nodes import DEEPEST, Answered, Node
from deliberation.queries.visits import Visit
from moderation.choices import ContentStatus


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
    facts = Facts.of(visit, [*roots, *replies])
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
) -> dict[int | None, Answered]:
    """Return what others name as the comments they answer."""
    shown = {each.pk: each for each in [*roots, *(spot.comment for spot in spots)]}
    shown |= {each.pk: each for each in map(_parent_at_hand, roots) if each}
    named = {root.parent_id for root in roots} | {spot.answers for spot in spots}
    absent = named - shown.keys() - {None}
    if absent:
        shown |= Comment.objects.select_related("author").in_bulk(absent)
    return {pk: _as_answered(shown[pk]) for pk in named if pk}


def _parent_at_hand(comment: Comment) -> Comment | None:
    """Return what a comment answers if that takes no query."""
    is_here = Comment._meta.get_field("parent").is_cached(comment)
    return comment.parent if is_here else None


def _as_answered(comment: Comment) -> Answered:
    return Answered(comment.pk, name_of(comment) if comment.is_public else None)


def _is_idle(node: Node) -> bool:
    if node.shows_text or node.source.status == ContentStatus.HIDDEN:
        return False
    return not (node.replies or node.answers or node.more)
