"""Whether a page tells readers something else than what is public now."""

from typing import Any

from forum.queries.page_view import hearings


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
        "agenda_published_at",
        "recording_published_at",
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
    before = stored(page)
    if before is None or not before.live:
        return True
    fields = (each for each in page._meta.concrete_fields if is_content(each.name))
    if any(
        each.get_prep_value(getattr(page, each.attname))
        != each.get_prep_value(getattr(before, each.attname))
        for each in fields
    ):
        return True
    return hearings.sessions(page) != hearings.sessions(before)


def stored(page: Any) -> Any:
    """Return the page as it is stored now, None before that."""
    if not page.pk:
        return None
    return type(page)._default_manager.filter(pk=page.pk).first()
