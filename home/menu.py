"""The main menu: what stands right below the home page, in the reader's language."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

# How long another process, with a cache of its own, may not hear of a change.
SECONDS = 5
_GENERATION = "folkmoot:menu"


@dataclass(frozen=True)
class Item:
    """One entry."""

    pk: int
    title: str
    url: str | None
    language: str


def of(request: HttpRequest) -> tuple[Item, ...]:
    """Return the entries that everyone may see; they are on every page."""
    site = Site.find_for_request(request)
    if site is None:
        return ()
    key = f"folkmoot:menu:{site.pk}:{get_language()}"
    found = cache.get_many([_GENERATION, key])
    generation, menu = found.get(_GENERATION, ""), found.get(key)
    if menu is None or menu[0] != generation:
        menu = generation, _read(site, request)
        cache.set(key, menu, SECONDS)
    entries: tuple[Item, ...] = menu[1]
    return entries


def connect() -> None:
    """Listen for what changes the menu. Called once, when the app is ready."""
    for model in (Site, PageViewRestriction):
        post_save.connect(_forget, sender=model)
        post_delete.connect(_forget, sender=model)
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_forget)


def _read(site: Site, request: HttpRequest) -> tuple[Item, ...]:
    root = site.root_page.localized
    language = root.locale.language_code
    pages = root.get_children().live().public().in_menu()
    return tuple(
        Item(each.pk, each.title, each.get_url(request), language) for each in pages
    )


def _forget(**_signal: Any) -> None:
    cache.set(_GENERATION, uuid.uuid4().hex, None)
    transaction.on_commit(lambda: cache.set(_GENERATION, uuid.uuid4().hex, None))
