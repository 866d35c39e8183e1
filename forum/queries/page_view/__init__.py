"""From a page to what the rules see of it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page

from forum.choices import ProcessType
from forum.models import ConsultationMixin, HearingMixin
from forum.queries.page_view import hearings, streams, words
from forum.queries.page_view.changes import has_changed, is_content, stored
from forum.queries.page_view.streams import READERS
from forum.queries.page_view.words import now_public
from moderation.models import Policy
from moderation.queries import policies
from moderation.rules.pages import Block, Kind, PageView, Translation
from moderation.rules.pages import facts as seen

__all__ = [
    "READERS",
    "has_changed",
    "is_content",
    "kind_of",
    "now_public",
    "of",
    "stored",
    "usual_type",
]


def of(page: Any, *, now: datetime, parent: Page | None = None) -> PageView:
    """Return everything the rules may know of a page, saved or not, at a moment.

    `parent` is needed for a page that is not in the tree yet.
    """
    source = page.alias_of.specific if page.alias_of_id else page
    read = list(streams.read(page))
    view = PageView(
        title=page.title,
        now=now,
        language=page.locale.language_code,
        kind=kind_of(page),
        process_type=page.process_type or usual_type(page),
        time_zone=settings.TIME_ZONE,
        sibling_titles=_siblings(page, parent),
        translations=_translations(page),
        summary=page.summary,
        blocks=(*words.fields(page), *(b for b in read if isinstance(b, Block))),
        images=tuple(each for each in read if isinstance(each, seen.Image)),
        documents=tuple(each for each in read if isinstance(each, seen.Document)),
        media=tuple(each for each in read if isinstance(each, seen.Media)),
        questions=words.questions(page),
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
        published=words.published(stored(page)),
        has_answers=words.has_answers(source),
        has_discussion=page.has_discussion,
        texts=words.told(page),
        corrections=words.corrections(page),
        other_ways=page.other_ways,
        privacy_notice=words.plain(page.privacy_notice),
        retention=page.retention,
        identity=_identity(policies.of(page)),
        outcome=words.outcome(page),
    )
    if view.kind is Kind.CONSULTATION:
        return _with_own_facts(view, page)
    return hearings.with_own_facts(view, page) if view.kind is Kind.HEARING else view


def kind_of(page: Any) -> Kind:
    """Return what a page is for."""
    if isinstance(page, ConsultationMixin):
        return Kind.CONSULTATION
    return Kind.HEARING if isinstance(page, HearingMixin) else Kind.OTHER


def usual_type(page: Any) -> str:
    """Return the kind of process of a page whose editor chose none."""
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


def _identity(policy: Policy) -> str:
    """Return who may answer: the software says so beside every form."""
    if policy.guests_may_comment:
        return _("Everybody may answer, under a name of their choice.")
    return _("Whoever has an account may answer, under a name of their choice.")


def _with_own_facts(view: PageView, page: Any) -> PageView:
    return replace(
        view,
        still_open=words.plain(page.still_open),
        already_decided=words.plain(page.already_decided),
        level=page.participation_level,
        promise=page.promise(),
        who_decides=page.who_decides,
        decision_date=page.decision_date,
        use_of_answers=page.use_of_answers,
        affected_groups=page.affected_groups,
        outreach=page.outreach,
    )
