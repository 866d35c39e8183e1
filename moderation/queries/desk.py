"""What a moderator sees: the pages they are assigned to, or all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import swapper
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from moderation import contents
from moderation.choices import Act
from moderation.models import Assignment, Claim, DeskNote, ModeratedContent
from moderation.queries import changes


@dataclass(frozen=True)
class Desk:
    """One moderator's part of the work; `pages` is None for all of it."""

    pages: frozenset[int] | None = None

    def may_see(self, content: ModeratedContent) -> bool:
        """Say whether the item stands on a page of this desk, or on none."""
        if self.pages is None:
            return True
        page = contents.of(content).page_id(content)
        return page is None or self.has_page(page)

    def has_page(self, pk: int) -> bool:
        """Say whether a page belongs to this desk."""
        return self.pages is None or pk in self.pages

    def narrowed(self, port: contents.Port, items: Any) -> Any:
        """Keep those of a queryset of items that this desk sees."""
        return items if self.pages is None else port.on_pages(items, self.pages)


ALL = Desk()


def of(account: Any) -> Desk:
    """Return what somebody may see at the desk.

    Lead moderators see everything. So does every moderator until the first
    assignment is made; from then on, each sees what they are assigned to.
    """
    if account.has_perm("moderation.lead_review"):
        return ALL
    rows = Assignment.objects.values_list("account", "page__path")
    assigned = list(rows)
    if not assigned:
        return ALL
    below = Q(pk__in=[])
    for holder, path in assigned:
        if holder == account.pk:
            below |= Q(path__startswith=path)
    page_model = swapper.load_model("wagtailcore", "Page")
    return Desk(
        frozenset(page_model.objects.filter(below).values_list("pk", flat=True))
    )


def acts_for(content: ModeratedContent) -> list[Act]:
    """Return what a moderator can decide on an item as it stands."""
    port = contents.of(content)
    acts = [act for act in Act.for_moderators(content.status) if act in port.acts]
    if Act.RESTORE not in acts and changes.latest_in_force(content):
        acts.append(Act.RESTORE)
    return acts


def claims_on(items: Iterable[ModeratedContent], *, now: Any) -> dict[Any, Claim]:
    """Return who is reading which of several items of any kind, in one query."""
    either = Q(pk__in=[])
    for item in items:
        content_type = ContentType.objects.get_for_model(item)
        either |= Q(content_type=content_type, object_id=item.pk)
    found = Claim.objects.filter(either, until__gt=now).select_related("account")
    return {(each.content_type_id, each.object_id): each for each in found}


def claim_on(content: ModeratedContent, *, now: Any) -> Claim | None:
    """Return who is reading an item at present."""
    open_claims = Claim.objects.of(content).filter(until__gt=now)
    return open_claims.select_related("account").first()


def notes_on(content: ModeratedContent) -> list[DeskNote]:
    """Return what moderators noted about an item, oldest first."""
    found = DeskNote.objects.of(content).select_related("account")
    return list(found.order_by("created_at", "pk"))
