"""Which pages a person may see when nobody sends a request: for notices and letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.auth import get_user_model
from wagtail.models import Page, PageViewRestriction, Site

from moderation.models import Participant


@dataclass(frozen=True)
class Sight:
    """What people may see of some pages. Read anew for each list of notices.

    A page behind a shared password is seen by nobody here: who knows the password is
    known to their browser alone.
    """

    sites: tuple[Site, ...]
    restrictions: tuple[PageViewRestriction, ...]
    groups: dict[int, set[int]]

    @classmethod
    def read(cls, people: Iterable[Participant]) -> Self:
        """Return it, in three queries at most, four where groups matter."""
        restrictions = tuple(
            PageViewRestriction.objects.select_related("page").prefetch_related(
                "groups"
            )
        )
        groups: dict[int, set[int]] = {}
        if any(each.restriction_type == each.GROUPS for each in restrictions):
            members = get_user_model().groups.through.objects
            field = str(get_user_model()._meta.model_name)
            accounts = [each.account_id for each in people if each.account_id]
            rows = members.filter(**{f"{field}__in": accounts})
            for account, group in rows.values_list(field, "group"):
                groups.setdefault(account, set()).add(group)
        sites = tuple(Site.objects.select_related("root_page"))
        return cls(sites, restrictions, groups)

    def reaches(self, page: Page, person: Participant) -> bool:
        """Say whether somebody may see a page: published, on a site, and theirs."""
        return (
            page.live
            and self.site_of(page) is not None
            and all(
                self._lets_in(each, person)
                for each in self.restrictions
                if page.path.startswith(each.page.path)
            )
        )

    def site_of(self, page: Page) -> Site | None:
        """Return the site on which a page stands, the innermost one."""
        homes = [s for s in self.sites if page.path.startswith(s.root_page.path)]
        return max(homes, key=lambda site: len(site.root_page.path), default=None)

    def address_of(self, page: Page) -> str:
        """Return the address of a page's site, "" for the first one."""
        site = self.site_of(page)
        return "" if site is None or site.is_default_site else str(site.root_url)

    def _lets_in(self, restriction: PageViewRestriction, person: Participant) -> bool:
        account: Any = person.account
        if account is None or not account.is_active:
            return False
        if restriction.restriction_type == PageViewRestriction.LOGIN:
            return True
        if restriction.restriction_type == PageViewRestriction.GROUPS:
            allowed = {group.pk for group in restriction.groups.all()}
            is_member = not allowed.isdisjoint(self.groups.get(account.pk, ()))
            return account.is_superuser or is_member
        return False
