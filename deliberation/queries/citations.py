"""The way from answers to contributions, and back: only where both can be read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from deliberation import addresses
from deliberation.models import Citation, Comment, Statement
from moderation.refusals import Refusal

_STATEMENT = re.compile(r"statement-(\d{1,9})")


class UnknownLink(Refusal):
    """The address is not that of a contribution that can be cited here."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A citation, seen from one of its ends; `path` and the rest are the other's.

    `quote` is what a resident wrote, or empty at the end that is a page.
    """

    citation: Citation
    path: str
    kind: str
    name: str = ""
    quote: str = ""
    language: str = ""
    dir: str = "auto"

    @classmethod
    def to_answer(cls, citation: Citation) -> Self:
        """Return it as the contribution shows it: where it was answered."""
        page = page_of(citation)
        author: Any = citation.answer and citation.answer.author
        return cls(
            citation=citation,
            path=path_of(citation),
            kind="comment" if citation.answer else "page",
            name=author.pseudonym if author else page.title,
            language="" if author else page.locale.language_code,
        )

    @classmethod
    def to_contribution(cls, citation: Citation) -> Self:
        """Return it as the answer shows it: what it rests on."""
        cited: Any = citation.cited
        return cls(
            citation=citation,
            path=path_of_cited(citation),
            kind="comment" if citation.comment else "statement",
            # Who wrote a statement is never told, so that votes cannot be traced.
            name=cited.author.pseudonym if citation.comment and cited.author else "",
            quote=cited.words,
            language=cited.language,
            dir=cited.dir,
        )


@dataclass(frozen=True, kw_only=True)
class Ends:
    """The citations of some comments: which answers name each, and whom each names."""

    addressed: dict[int, tuple[Line, ...]]
    cites: dict[int, tuple[Line, ...]]


def of_comments(comments: Iterable[Comment]) -> Ends:
    """Return both ends for these comments: one query, none if no answer is near."""
    rows = list(comments)
    cited = [comment.pk for comment in rows if comment.is_cited]
    answers = [comment.pk for comment in rows if comment.is_official]
    if not (cited or answers):
        return Ends(addressed={}, cites={})
    addressed: dict[int, tuple[Line, ...]] = {}
    cites: dict[int, tuple[Line, ...]] = {}
    either = Q(comment__in=cited) | Q(answer__in=answers)
    for each in _shown(Citation.objects.filter(either)):
        if each.comment_id in cited:
            lines = addressed.get(each.comment_id, ())
            addressed[each.comment_id] = (*lines, Line.to_answer(each))
        if each.answer_id in answers:
            lines = cites.get(each.answer_id, ())
            cites[each.answer_id] = (*lines, Line.to_contribution(each))
    return Ends(addressed=addressed, cites=cites)


def of_page(page: Page) -> list[Line]:
    """Return what the answer on a page rests on: first what it uses."""
    rows = _shown(Citation.objects.filter(page=page.pk))
    return [Line.to_contribution(each) for each in rows]


def of_statements(statements: Iterable[int]) -> dict[int, list[Line]]:
    """Return for each of these statements, by id, the answers that name it."""
    found: dict[int, list[Line]] = {}
    for each in _shown(Citation.objects.filter(statement__in=list(statements))):
        found.setdefault(each.statement_id or 0, []).append(Line.to_answer(each))
    return found


def is_shown(citation: Citation) -> bool:
    """Say whether both ends can be read by whoever may see their page."""
    answer, cited = citation.answer, citation.cited
    is_answered = answer is None or (answer.is_public and answer.is_official)
    return bool(is_answered and getattr(cited, "is_public", False))


def page_of(citation: Citation) -> Page:
    """Return the page on which a citation stands."""
    answer: Any = citation.answer
    return citation.page or answer.discussion.page


def path_of(citation: Citation) -> str:
    """Return the path of the answer, at the place where it names the contribution."""
    if citation.answer_id:
        return addresses.of_comment(citation.answer_id)
    parts = page_of(citation).get_url_parts()
    return f"{parts[2] if parts else ''}#rests-on-{citation.pk}"


def path_of_cited(citation: Citation) -> str:
    """Return the path of the contribution."""
    if citation.comment_id:
        return addresses.of_comment(citation.comment_id)
    statement: Any = citation.statement
    address = reverse("deliberation:poll_results_all", args=[statement.poll_id])
    return f"{address}#statement-{statement.number}"


def _shown(found: Any) -> list[Citation]:
    rows = found.with_all().select_related("page__locale")
    return [each for each in rows.order_by("-is_used", "pk") if is_shown(each)]


def find(link: str, *, page: Page, only_public: bool = True) -> Comment | Statement:
    """Return the comment or statement of a page that an address leads to.

    Raises UnknownLink, which says in words why it is none that could be cited.
    """
    found = _at(link.strip())
    if found is None or (only_public and not found.is_public):
        raise UnknownLink(
            _("There is no comment or statement that everyone can read at %(link)s.")
            % {"link": link},
            text=link,
        )
    where = found.discussion if isinstance(found, Comment) else found.poll
    if where.page_id != page.pk:
        raise UnknownLink(
            _("%(link)s belongs to another page, “%(title)s”.")
            % {"link": link, "title": where.title}
            if where.page.live
            else _("%(link)s belongs to another page.") % {"link": link},
            text=link,
        )
    return found


def _at(link: str) -> Comment | Statement | None:
    """Return what an address of this site leads to, whoever may read it."""
    try:
        parts = urlsplit(link)
        if parts.netloc and parts.hostname not in _own_hosts():
            raise UnknownLink(
                _("%(link)s leads to another site.") % {"link": link}, text=link
            )
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    pk = match.kwargs.get("pk")
    if not isinstance(pk, int) or pk >= 2**63:
        return None
    if match.view_name in {"deliberation:comment", "folkmoot:comment"}:
        comments = Comment.objects.select_related("author", "discussion__page")
        return comments.filter(pk=pk).first()
    statements = Statement.objects.select_related("author", "poll__page")
    if match.view_name == "folkmoot:statement":
        return statements.filter(pk=pk).first()
    number = _STATEMENT.fullmatch(parts.fragment)
    if number and match.view_name.startswith("deliberation:poll"):
        return statements.filter(poll=pk, number=int(number[1])).first()
    return None


def _own_hosts() -> set[str]:
    base = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    return {base, *Site.objects.values_list("hostname", flat=True)}


def on_page(page: Page) -> list[Citation]:
    """Return everything that the answers on a page cite, as far as it can be read."""
    either = Q(page=page.pk) | Q(answer__discussion__page=page.pk)
    return _shown(Citation.objects.filter(either))
