"""Lists and links for templates: `{% load forum_tags %}`."""

from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.rich_text import RichText, expand_db_html

from deliberation.choices import Stage
from forum import queries
from forum.queries import debts
from forum.queries.page_view import files
from moderation.rules.pages import documents, presentation

register = template.Library()

PER_PAGE = 20


@register.simple_tag(takes_context=True)
def asked_below(context: Context, page: Any) -> dict[str, Any]:
    """Return one leaf of what is asked below a page, filtered as the address says.

    Keys: `page_obj` and `entries` (the leaf), `stage` (the filter, or None),
    `stages` (stage, number) pairs, `total`.
    """
    now = timezone.now()
    asked = context["request"].GET
    found = queries.find(below=page, now=now)
    wanted = asked.get("stage")
    stage = Stage(wanted) if wanted in Stage.values else None
    kept = [each for each in found if stage in (None, each.stage)]
    leaf = Paginator(kept, PER_PAGE).get_page(asked.get("page"))
    return {
        "page_obj": leaf,
        "entries": queries.read(list(leaf), now=now),
        "stage": stage,
        "stages": queries.stages(found).items(),
        "total": len(found),
    }


@register.simple_tag
def lately_below(page: Any, limit: int = 6) -> dict[str, list[Any]]:
    """Return entries below a page by stage, at most `limit` of each."""
    now = timezone.now()
    found = queries.find(below=page, now=now)
    chosen = [
        each
        for stage in Stage
        for each in [one for one in found if one.stage is stage][:limit]
    ]
    entries = queries.read(chosen, now=now)
    return {
        stage.value: [entry for entry in entries if entry.stage is stage]
        for stage in Stage
    }


@register.simple_tag
def written_in(page: Any) -> SafeString | str:
    """Return lang and dir for what editors wrote, unless all around is the same.

    Use it inside a start tag: `<h1{% written_in page %}>`.
    """
    code = page.locale.language_code
    if code == get_language():
        return ""
    direction = "rtl" if code.split("-")[0] in settings.LANGUAGES_BIDI else "ltr"
    return format_html(' lang="{}" dir="{}"', code, direction)


@register.filter
def shown_richly(value: Any) -> SafeString:
    """Return what an editor wrote as HTML, in the site's looks and no other.

    Links to files say which format comes.
    """
    source = value.source if isinstance(value, RichText) else value
    html = expand_db_html(source or "")
    if presentation.may_be_presentational(html):
        html = presentation.strip_presentational(html)
    # Wagtail's editor has cleaned what it stores.
    return mark_safe(documents.label_links(html))  # noqa: S308


@register.filter
def file_facts(value: Any) -> str:
    """Return format, size and language of a document block."""
    return documents.file_facts(files.document_facts(value))


@register.simple_tag
def owed_on(page: Any) -> list[debts.Debt]:
    """Return what the city owes on a page, or owed and brought late."""
    owed = debts.of_page(page, now=timezone.now())
    return [each for each in owed if each.is_open or each.is_bad]


@register.filter
def by_its_own_name(code: str) -> str:
    """Return the name of a language in that language."""
    return str(dict(settings.LANGUAGES).get(code, code))
