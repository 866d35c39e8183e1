"""What the town asks: its pages, published as an editor would."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Site

from deliberation.services.citations import Wanted
from forum import services
from forum.models import (
    ConsultationPage,
    ForumIndexPage,
    HearingPage,
    HearingSession,
    PublishingPolicy,
)
from forum.models.access import FEATURES
from home.demo import content
from home.models import HomePage

NOTE = "This is a demonstration: Fernhaven and everybody in it are invented."
COUNTS = (
    "place,usual Saturday,first trial,second trial\n"
    "people crossing the square,4120,5870,6240\n"
    "cars in Mill Lane,1310,1590,1540\n"
    "passengers of line 4,610,705,742\n"
)
# Of a page's text, what is a date, is worked out or belongs elsewhere.
WORKED_OUT = {"opens", "closes", "answered", "decision_in", "body", "themes"}
ANSWER = (
    "outcome_decided",
    "outcome_themes",
    "outcome_changed",
    "outcome_unchanged",
)
OF_HEARINGS = {
    *FEATURES, "opens", "closes", "request_by", "comments", "not_remote", "sessions",
    "agenda",
}  # fmt: skip


def name_helpers(*, now: datetime) -> None:
    """Say in the accessibility statement whom to tell, and who helps if nobody does."""
    PublishingPolicy.objects.get_or_create(
        site=None,
        defaults={
            "preset": "eu",
            "statement_contact": (
                "Town Hall, 1 Market Square, Fernhaven\n"
                "access@fernhaven.example, 01632 960 200 (relay calls are welcome)"
            ),
            "statement_enforcement": (
                "The Ombudsperson for Accessibility hears you free of charge: 4 Mill "
                f"Lane, Fernhaven, ombuds@fernhaven.example. {NOTE}"
            ),
            "statement_reviewed_on": timezone.localdate(now),
        },
    )


def name_town() -> None:
    """Say on the home page what town this is, and that it is invented."""
    Site.objects.filter(is_default_site=True).update(site_name="Fernhaven")
    home = HomePage.objects.order_by("path").first()
    home.headline = "Speak before it is decided."
    home.intro = (
        "In Fernhaven every plan that touches many is asked about in the open: what is "
        f"still open, what is settled, and who decides when. {NOTE}"
    )
    home.promise = (
        "<p>We read everything. Each consultation ends with an answer: what we take "
        "up, what we do not, and why. In writing, and with a date.</p>"
    )
    home.save_revision().publish()


def publish_consultation(topic: str, *, now: datetime) -> ConsultationPage | None:
    """Publish one consultation; None if it is there already."""
    text = content.load(topic)
    told = text["page"]
    if ConsultationPage.objects.filter(slug=told["slug"]).exists():
        return None
    fields = {
        name: value
        for name, value in told.items()
        if name not in WORKED_OUT and name not in ANSWER
    }
    page = ConsultationPage(
        **fields,
        **_dates(told, now),
        body=json.dumps(told["body"]),
        discussion_themes=json.dumps(
            [{"type": "theme", "value": name} for name in told.get("themes", [])]
        ),
        poll_statements="\n".join(
            each["text"] for each in text.get("votes", {}).get("statements", [])
        ),
        documents=_documents() if topic == "market_square" else "[]",
    )
    if "decision_in" in told:
        page.decision_date = (now + timedelta(days=told["decision_in"])).date()
    _publish(page)
    return page


def answer(
    page: ConsultationPage, topic: str, *, rests_on: list[Wanted], now: datetime
) -> None:
    """Publish what came of a consultation, if anything has."""
    told = content.load(topic)["page"]
    if "answered" in told:
        decided, themes, changed, unchanged = (told[name] for name in ANSWER)
        services.publish_answer(
            page=page,
            decided=decided,
            themes=themes,
            changed=changed,
            unchanged=unchanged,
            rests_on=rests_on,
            now=content.moment(now, told["answered"], "10:00"),
        )


def publish_hearing(told: dict[str, Any], *, now: datetime) -> HearingPage | None:
    """Publish one hearing; None if it is there already."""
    if HearingPage.objects.filter(slug=told["slug"]).exists():
        return None
    fields = {name: value for name, value in told.items() if name not in OF_HEARINGS}
    for feature in FEATURES:
        fields[feature], fields[f"{feature}_note"] = told[feature]
    page = HearingPage(
        **fields,
        **_dates(told, now),
        request_by=content.moment(now, told["request_by"], "12:00"),
        not_remote_because=told.get("not_remote", ""),
        agenda=json.dumps(
            [{"type": "point", "value": point} for point in told["agenda"]]
        ),
    )
    page.sessions.set([_session(each, now) for each in told["sessions"]])
    _publish(page)
    return page


def _session(told: dict[str, Any], now: datetime) -> HearingSession:
    starts_at = content.moment(now, told["day"], told["start"])
    return HearingSession(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=told["hours"]),
        place=told["place"],
        join_url=told["url"],
        join_phone=told["phone"],
        join_steps=told["steps"],
    )


def _dates(told: dict[str, Any], now: datetime) -> dict[str, datetime]:
    opens_at = content.moment(now, told["opens"])
    return {
        "opens_at": opens_at,
        "closes_at": content.moment(now, told["closes"], "23:59"),
        "first_published_at": min(opens_at, now) - timedelta(days=8),
    }


def _documents() -> str:
    document = get_document_model().objects.create(
        title="Counts of the trial Saturdays",
        file=ContentFile(COUNTS.encode(), name="counts-market-square.csv"),
    )
    value = {
        "document": document.pk,
        "title": "Traffic counts on the two trial Saturdays",
        "language": "en",
        "description": "The table of this page as a file",
        "is_accessible": True,
    }
    return json.dumps([{"type": "document", "value": value}])


def _publish(page: Any) -> None:
    index = ForumIndexPage.objects.order_by("path").first()
    index.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
