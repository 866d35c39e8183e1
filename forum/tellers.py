"""Puts the stages of pages into words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from deliberation.queries.sight import Sight
from forum.choices import News
from forum.models import Announcement
from moderation import news
from moderation.choices import Mail
from moderation.models import Notice, Participant
from moderation.news import Teller, Told, Topic

STAGES = Topic(
    name="stages",
    label=_("Consultations and hearings you follow"),
    help=_("When they open, when they close soon, and what came of them."),
    usual=Mail.DAILY,
)
SENTENCES = {
    News.OPENED: _("“{page}” is open: you can take part until {day}"),
    News.CLOSING: _("“{page}” closes soon: you can take part until {day}"),
    News.ANSWERED: _("“{page}” is answered: read what came of it"),
}
# Nobody is invited to what is closed. That it closes soon is then not told at all.
OVER = {News.OPENED: _("“{page}” was open until {day}")}
_day = lazy(lambda moment: date_format(localtime(moment), "DATETIME_FORMAT"), str)


class StageTeller(Teller):
    """What a page has reached."""

    kinds = {what.value: STAGES.name for what in News}

    def tell(
        self, notices: Sequence[Notice], people: Mapping[int, Participant]
    ) -> dict[int, Told]:
        """Tell of pages that their followers may see, and that are still there."""
        wanted = {notice.object_id for notice in notices}
        rows = Announcement.objects.select_related("page").in_bulk(wanted)
        sight = Sight.read(people.values())
        closes = _ends(rows.values())
        now = timezone.now()
        told = {}
        for notice in notices:
            found: Any = rows.get(notice.object_id)
            if found and sight.reaches(found.page, people[notice.participant_id]):
                what, end = News(found.what), closes.get(found.page_id)
                is_over = end is not None and end <= now and what != News.ANSWERED
                sentence = OVER.get(what) if is_over else SENTENCES[what]
                if sentence is None:
                    continue
                parts = found.page.get_url_parts()
                told[notice.pk] = Told(
                    title=format_lazy(
                        sentence,
                        page=found.page.title,
                        day=_day(end) if end else "",
                    ),
                    path=parts[2] if parts else "",
                    site=sight.address_of(found.page),
                )
        return told


def register() -> None:
    """Make known what is told here, and let people choose how they hear of it."""
    news.offer(STAGES)
    news.register(StageTeller())


def _ends(announcements: Any) -> dict[int, Any]:
    """Return when each of the pages closes, by its id: one query for each type."""
    pages: dict[Any, list[int]] = {}
    for each in announcements:
        model = each.page.specific_class
        if model is not None:
            pages.setdefault(model, []).append(each.page_id)
    return {
        pk: end
        for model, ids in pages.items()
        if hasattr(model, "closes_at")
        for pk, end in model.objects.filter(pk__in=ids).values_list("pk", "closes_at")
    }
