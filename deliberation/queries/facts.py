"""What is shown of comments beside their own words, for whoever reads them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.utils.translation import get_language

from deliberation.choices import ReactionKind
from deliberation.models import Attachment, Comment, CommentQuerySet, Reaction
from deliberation.queries import citations
from deliberation.queries.nodes import UNTOLD, Node, Tally, public_below
from deliberation.queries.visits import Visit, is_editable
from moderation.choices import HIDING, Act, ContentStatus
from moderation.models import Decision, Participant
from moderation.queries.house_rules import catalogue
from moderation.queries.prepared import Given, GivenList, PreparedQuery

# Replies are counted so far; a page must not take longer where there are more.
MOST = 1_000


class _Few(Subquery):
    """Counts the rows of a subquery, which has a limit."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) few)"
    output_field = IntegerField()


def readable(comments: CommentQuerySet) -> CommentQuerySet:
    """Return the comments with all that `Facts` wants to know, in the same query."""
    public = Comment.objects.public().order_by()
    below, within = (
        _Few(public.filter(**{key: OuterRef("pk")}).values("pk")[:MOST])
        for key in ("parent", "root")
    )
    found: CommentQuerySet = comments.annotate(
        pseudonym=F("author__pseudonym"), answers=below, total=within
    )
    return found


@dataclass(frozen=True)
class Facts:
    """Everything about some comments that stands in other rows."""

    visit: Visit
    tallies: dict[tuple[int, str], tuple[int, int]]
    decisions: dict[int, Decision]
    rules: dict[str, str]
    ends: citations.Ends
    attachments: dict[int, tuple[Attachment, ...]]

    @classmethod
    def of(cls, visit: Visit, comments: Sequence[Comment]) -> Self:
        """Look them up: one query for each kind of which there is any."""
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

    @classmethod
    def of_new(cls, visit: Visit, comment: Comment) -> Self:
        """Look up what there can be beside a comment that was posted just now."""
        nothing = citations.Ends(addressed={}, cites={})
        return cls(visit, {}, {}, {}, nothing, _attachments([comment]))

    def node(
        self, comment: Comment, *, replies: tuple[Node, ...], **place: Any
    ) -> Node:
        """Return a comment as the reader sees it; `place` says where it stands."""
        visit = self.visit
        is_public = comment.is_public
        is_own = comment.author_id is not None and comment.author_id == visit.reader.pk
        is_held = comment.status == ContentStatus.HELD
        shows_text = is_public or (is_held and (is_own or visit.reader.sees_held))
        return Node(
            source=comment,
            author=name_of(comment),
            shows_text=shows_text,
            theme=visit.discussion.name_of_theme(comment.theme) if shows_text else "",
            attachments=self.attachments.get(comment.pk, ()) if shows_text else (),
            is_own=is_own,
            is_new=visit.since is not None
            and comment.shown_since > visit.since
            and not is_own,
            replies=replies,
            answers=comment.answers,
            more=comment.total and max(comment.total - public_below(replies), 0),
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


def name_of(comment: Comment) -> str | None:
    """Return who wrote it, as `readable` found out or as is known otherwise."""
    if hasattr(comment, "pseudonym"):
        return comment.pseudonym
    author: Participant | None = comment.author
    return author.pseudonym if author else None


def _tallies(visit: Visit, ids: list[int]) -> dict[tuple[int, str], tuple[int, int]]:
    if visit.is_open and not visit.reader.participant:
        return {}
    if not ids:
        return {}
    rows = _reactions(len(ids)).rows(comments=ids, reader=visit.reader.pk)
    return {(comment, kind): (count, mine) for comment, kind, count, mine in rows}


@lru_cache(MOST)
def _reactions(many: int) -> PreparedQuery:
    given = Reaction.objects.filter(comment__in=GivenList("comments", many))
    is_mine = Q(participant=Given("reader"))
    return PreparedQuery(
        lambda: given.values_list("comment", "kind").annotate(
            given=Count("pk"), mine=Count("pk", filter=is_mine)
        )
    )


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
