"""From a page to what the rules see of it.

A block of a page is read by its type: as a fact (an image, a file), or as the HTML
that readers get. A new type of block names here the rules that judge it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from deliberation.models import Comment, Vote
from forum.choices import Asked, ProcessType
from forum.models import ConsultationMixin, HearingMixin
from moderation.models import Policy
from moderation.queries import policies
from moderation.rules.pages import Block, Kind, PageView, Translation
from moderation.rules.pages import facts as seen
from moderation.rules.pages.file_types import media_type
from moderation.rules.pages.markup import parse
from moderation.rules.pages.pdf import inspect

Fact = Block | seen.Image | seen.Document


@dataclass(frozen=True)
class Reader:
    """How a type of block is read, and which rules judge what is read."""

    rules: tuple[str, ...]
    read: Callable[[Any, str, str], Fact]


def _html(block: Any, path: str, language: str) -> Block:
    return Block(type=block.block_type, path=path, html=str(block.render()))


def _heading(block: Any, path: str, language: str) -> Block:
    level, text = block.value["level"], escape(block.value["text"])
    return Block(type="heading", path=path, html=f"<h{level}>{text}</h{level}>")


def _paragraph(block: Any, path: str, language: str) -> Block:
    return Block(
        type="paragraph", path=path, html=expand_db_html(block.value.source or "")
    )


def _figure(block: Any, path: str, language: str) -> seen.Image:
    image = block.value["image"]
    if image is None:
        return seen.Image(path=path)
    return seen.Image(
        path=path,
        alt=getattr(image, "contextual_alt_text", None),
        is_decorative=bool(getattr(image, "decorative", False)),
        file_name=image.filename,
        title=image.title,
        caption=block.value["caption"] or "",
    )


def _document(block: Any, path: str, language: str) -> seen.Document:
    value, file = block.value, block.value["document"]
    content = _content(file)
    kind = media_type(content) if content else ""
    return seen.Document(
        path=path,
        title=value["title"] or "",
        language=value["language"] or "",
        file_name=file.filename if file else "",
        media_type=kind,
        size=file.file_size if file else None,
        pdf=inspect(content) if kind == "application/pdf" else None,
        web_version=value["web_version"] or "",
    )


def _content(file: Any) -> bytes:
    """Return the bytes of a stored document; none if the file is gone."""
    if file is None:
        return b""
    try:
        with file.open_file() as opened:
            return bytes(opened.read())
    except OSError:
        return b""


def _point(block: Any, path: str, language: str) -> Block:
    value = block.value
    parts = (value["starts"], value["title"], value["detail"])
    return Block.of_text(path, " ".join(str(each) for each in parts if each))


def _correction(block: Any, path: str, language: str) -> Block:
    return Block.of_text(path, block.value["note"] or "")


READERS = {
    "heading": Reader(("A11Y-03",), _heading),
    "paragraph": Reader(("A11Y-04", "A11Y-05", "A11Y-06", "A11Y-17"), _paragraph),
    "figure": Reader(("A11Y-01", "A11Y-02"), _figure),
    "document": Reader(("A11Y-15", "A11Y-08"), _document),
    "quote": Reader(("A11Y-10", "A11Y-17"), _html),
    "table": Reader(("A11Y-09",), _html),
    "point": Reader(("A11Y-10", "HEA-02"), _point),
    "correction": Reader(("CON-13",), _correction),
}
# What no reader is named for is judged by the rules for HTML.
OTHER = Reader((), _html)

RICH = ("asked", "still_open", "already_decided", "privacy_notice")
OUTCOME = ("decided", "themes", "changed", "unchanged")
PLAIN = ("use_of_answers", "affected_groups", "outreach", "other_ways", "how_to_speak")


def of(page: Any, *, now: datetime, parent: Page | None = None) -> PageView:
    """Return everything the rules may know of a page, saved or not, at a moment.

    `parent` is needed for a page that is not in the tree yet.
    """
    stored = _stored(page)
    source = page.alias_of.specific if page.alias_of_id else page
    read = list(_read(page))
    told = _told(page)
    view = PageView(
        title=page.title,
        now=now,
        language=page.locale.language_code,
        kind=_kind(page),
        process_type=page.process_type or _usual_type(page),
        time_zone=settings.TIME_ZONE,
        sibling_titles=_siblings(page, parent),
        translations=_translations(page),
        summary=page.summary,
        blocks=(*_fields(page), *(each for each in read if isinstance(each, Block))),
        images=tuple(each for each in read if isinstance(each, seen.Image)),
        documents=tuple(each for each in read if isinstance(each, seen.Document)),
        questions=_questions(page),
        contact=seen.Contact(
            name=page.contact_name,
            email=page.contact_email,
            phone=page.contact_phone,
            address=page.contact_address,
        ),
        opens_at=page.opens_at,
        closes_at=page.closes_at,
        answered_at=page.answered_at,
        first_published_at=page.first_published_at,
        published=_published(stored),
        has_answers=_has_answers(source),
        texts=told,
        corrections=_corrections(page),
        other_ways=page.other_ways,
        privacy_notice=_plain(page.privacy_notice),
        retention=page.retention,
        identity=_identity(policies.of(page)),
        outcome=_outcome(page),
    )
    return _with_own_facts(view, page)


def is_content(field_name: str) -> bool:
    """Say whether a column of a page is something that readers are told."""
    return field_name not in _KEPT_BY_WAGTAIL


# Columns that Wagtail keeps for itself: they say nothing to readers.
_KEPT_BY_WAGTAIL = frozenset(
    [
        "id",
        "page_ptr",
        "path",
        "depth",
        "numchild",
        "url_path",
        "content_type",
        "live",
        "has_unpublished_changes",
        "owner",
        "first_published_at",
        "last_published_at",
        "latest_revision_created_at",
        "latest_revision",
        "live_revision",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "draft_title",
        "alias_of",
        "show_in_menus",
        "search_description",
        "seo_title",
        "slug",
        "translation_key",
    ]
)


def has_changed(page: Any) -> bool:
    """Say whether a page tells readers something else than what is public now.

    What is saved as it is (locked, moved, unscheduled) is not judged anew: a rule
    that came later must not stop an editor from taking care of an old page.
    """
    before = _stored(page)
    if before is None or not before.live:
        return True
    fields = (each for each in page._meta.concrete_fields if is_content(each.name))
    if any(
        each.get_prep_value(getattr(page, each.attname))
        != each.get_prep_value(getattr(before, each.attname))
        for each in fields
    ):
        return True
    return _sessions(page) != _sessions(before)


def _stored(page: Any) -> Any:
    if not page.pk:
        return None
    return type(page)._default_manager.filter(pk=page.pk).first()


def _kind(page: Any) -> Kind:
    if isinstance(page, ConsultationMixin):
        return Kind.CONSULTATION
    return Kind.HEARING if isinstance(page, HearingMixin) else Kind.OTHER


def _usual_type(page: Any) -> str:
    is_hearing = isinstance(page, HearingMixin)
    return str(ProcessType.HEARING if is_hearing else ProcessType.INFORMAL)


def _siblings(page: Any, parent: Page | None) -> tuple[str, ...]:
    above = parent or (page.get_parent() if page.path else None)
    if above is None:
        return ()
    beside = above.get_children().exclude(pk=page.pk)
    return tuple(
        beside.filter(locale=page.locale).live().values_list("title", flat=True)
    )


def _translations(page: Any) -> tuple[Translation, ...]:
    others = (
        type(page)
        ._default_manager.filter(translation_key=page.translation_key, live=True)
        .exclude(pk=page.pk)
        .select_related("locale")
        .defer_streamfields()
    )
    return tuple(
        Translation(
            language=each.locale.language_code, title=each.title, summary=each.summary
        )
        for each in others
        if not each.alias_of_id
    )


def _fields(page: Any) -> Iterator[Block]:
    for name in RICH:
        if html := getattr(page, name, ""):
            yield Block(type="paragraph", path=name, html=expand_db_html(html))
    for part in OUTCOME:
        if html := getattr(page, f"outcome_{part}"):
            path = f"outcome_{part}"
            yield Block(type="paragraph", path=path, html=expand_db_html(html))
    for name in PLAIN:
        if text := getattr(page, name, ""):
            yield Block.of_text(name, text)


def _read(page: Any) -> Iterator[Fact]:
    language = page.locale.language_code
    for field in ("body", "documents", "agenda", "corrections"):
        for number, block in enumerate(getattr(page, field, ())):
            reader = READERS.get(block.block_type, OTHER)
            yield reader.read(block, f"{field}.{number}.value", language)


def _questions(page: Any) -> tuple[seen.Question, ...]:
    if not page.poll_question:
        return ()
    return (
        seen.Question(
            path="poll_question",
            label=page.poll_question,
            help=page.poll_introduction,
            options=tuple(seen.Option(label=each) for each in page.seed_statements()),
        ),
    )


def _told(page: Any) -> dict[str, str]:
    """Return the words that people answer to, by their field; empty ones left out."""
    words = {
        Asked.ASKED: _plain(getattr(page, "asked", "")),
        Asked.POLL_QUESTION: page.poll_question,
        Asked.POLL_INTRODUCTION: page.poll_introduction,
        Asked.POLL_STATEMENTS: "\n".join(page.seed_statements()),
    }
    return {str(path): text for path, text in words.items() if text.strip()}


def _plain(html: str) -> str:
    return parse(html or "").text


def _agenda(page: Any) -> str:
    points = (
        _point(each, "", "").markup.text for each in getattr(page, "agenda", None) or ()
    )
    return "\n".join(points)


def _published(stored: Any) -> seen.Published | None:
    if stored is None or not stored.live:
        return None
    return seen.Published(
        at=stored.last_published_at or stored.first_published_at or timezone.now(),
        opens_at=stored.opens_at,
        closes_at=stored.closes_at,
        texts=_told(stored),
        agenda=_agenda(stored),
    )


def _corrections(page: Any) -> tuple[seen.Correction, ...]:
    return tuple(
        seen.Correction(
            path=each.value["field"], at=each.value["at"], note=each.value["note"] or ""
        )
        for each in page.corrections
        if each.value["at"]
    )


def _identity(policy: Policy) -> str:
    """Return who may answer: the software says so beside every form."""
    if policy.guests_may_comment:
        return _("Everybody may answer, under a name of their choice.")
    return _("Whoever has an account may answer, under a name of their choice.")


def _has_answers(page: Any) -> bool:
    if not page.pk:
        return False
    page = page.original()
    votes = Vote.objects.filter(statement__poll__page=page.pk)
    return Comment.objects.filter(discussion__page=page.pk).exists() or votes.exists()


def _outcome(page: Any) -> seen.Outcome:
    if page.answered_at is None:
        return seen.Outcome()
    original = page.original() if page.pk else page
    written = Comment.objects.filter(discussion__page=original.pk).count()
    votes = Vote.objects.filter(statement__poll__page=original.pk).count()
    # The page itself counts and shows what people wrote, and offers the results.
    return seen.Outcome(
        **{part: _plain(getattr(page, f"outcome_{part}")) for part in OUTCOME},
        numbers=f"{written} / {votes}",
        data="discussion" if page.has_discussion else page.poll_question,
    )


def _with_own_facts(view: PageView, page: Any) -> PageView:
    if view.kind is Kind.CONSULTATION:
        return replace(
            view,
            still_open=_plain(page.still_open),
            already_decided=_plain(page.already_decided),
            level=page.participation_level,
            promise=page.promise(),
            who_decides=page.who_decides,
            decision_date=page.decision_date,
            use_of_answers=page.use_of_answers,
            affected_groups=page.affected_groups,
            outreach=page.outreach,
        )
    if view.kind is not Kind.HEARING:
        return view
    noted = [
        each
        for each in view.corrections
        if each.path == Asked.AGENDA
        and (view.published is None or each.at >= view.published.at)
    ]
    return replace(
        view,
        sessions=_sessions(page),
        agenda=_agenda(page),
        agenda_notice="\n".join(each.note for each in noted),
        access=tuple(
            seen.Access(
                name=each.name,
                label=str(each.label),
                answer=each.answer,
                note=each.note,
            )
            for each in page.access()
        ),
        request_how=page.request_how,
        request_by=page.request_by,
        not_remote_because=page.not_remote_because,
        how_to_speak=page.how_to_speak,
        minutes_published_at=page.minutes_published_at,
    )


def _sessions(page: Any) -> tuple[seen.Session, ...]:
    # Sessions hang on the concrete page, which the mixin does not know.
    if not hasattr(page, "sessions"):
        return ()
    return tuple(
        seen.Session(
            path=f"sessions.{number}",
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            place=each.place,
            join_url=each.join_url,
            join_phone=each.join_phone,
        )
        for number, each in enumerate(page.sessions.all())
    )
