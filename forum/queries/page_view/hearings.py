"""What only hearings have: meetings, access, papers."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from forum.choices import Asked
from forum.queries.page_view import streams
from moderation.rules.pages import PageView
from moderation.rules.pages import facts as seen


def with_own_facts(view: PageView, page: Any) -> PageView:
    """Return the view of a hearing with what it alone has."""
    noted = [
        each
        for each in view.corrections
        if each.path == Asked.AGENDA
        and (view.published is None or each.at >= view.published.at)
    ]
    return replace(
        with_papers(view, page),
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
        recording=next(iter(streams.media(page, "recording")), None),
    )


def with_papers(view: PageView, page: Any) -> PageView:
    """Return the view with the meetings, and with what is owed around them."""
    return replace(
        view,
        sessions=sessions(page),
        agenda=agenda(page),
        agenda_published_at=page.agenda_published_at,
        minutes_published_at=page.minutes_published_at,
        recording=seen.Media(path="recording") if page.recording else None,
        recording_published_at=page.recording_published_at,
    )


def sessions(page: Any) -> tuple[seen.Session, ...]:
    """Return the meetings of a page, none for what is no hearing."""
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


def starts(page: Any) -> tuple[datetime, ...]:
    """Return when the meetings of a page begin, the first one first."""
    return tuple(sorted(each.starts_at for each in sessions(page)))


def agenda(page: Any) -> str:
    """Return the points of the agenda, one on each line."""
    points = (
        streams.point(each, "").markup.text
        for each in getattr(page, "agenda", None) or ()
    )
    return "\n".join(points)
