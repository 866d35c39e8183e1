"""What the figures of `deliberation.ranking` mean, in words for every reader."""

from datetime import timedelta

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from deliberation.choices import Channel
from deliberation.ranking.bridging import Reason
from deliberation.ranking.equality import Equality

# Above these, a discussion is said to be carried by few.
MUCH_TO_FEW = 0.5
UNEVEN = 0.6

_BRIDGING: dict[Reason, Promise] = {
    Reason.BRIDGES: gettext_lazy("Liked by people who otherwise disagree."),
    Reason.FEW: gettext_lazy(
        "In the middle for now: too few people have said what they think of it."
    ),
    Reason.NO_SIDES: gettext_lazy(
        "In the middle for now: those who answered do not show different views yet."
    ),
    Reason.ONE_SIDE: gettext_lazy(
        "In the middle for now: mostly people of one view have answered."
    ),
    Reason.DIVIDES: gettext_lazy(
        "People of one view like it, people of the other see it differently."
    ),
    Reason.UNLIKED: gettext_lazy("Most people of any view see it differently."),
}


def bridging(reason: Reason) -> Promise:
    """Return one sentence on why a comment stands where it stands."""
    return _BRIDGING[reason]


def equality(figures: Equality) -> list[str]:
    """Return what the figures of a discussion say, one sentence each.

    What is not known, or would speak about single people, is left out.
    """
    if not figures.comments:
        return [_("Nobody has written anything yet.")]
    sentences = [_taking_part(figures)]
    if figures.top_share is not None and figures.gini is not None:
        sentences.append(_shared(figures.top_share, figures.gini))
    if figures.newcomers is not None:
        sentences.append(
            _("%(share)s of the authors wrote here for the first time.")
            % {"share": percent(figures.newcomers)}
        )
    if figures.unanswered is not None:
        sentences.append(
            _("%(share)s of the threads have no answer by anybody else yet.")
            % {"share": percent(figures.unanswered)}
        )
    if figures.first_answer is not None:
        sentences.append(
            _("Of the others, half were answered within %(time)s.")
            % {"time": spoken(figures.first_answer)}
        )
    if len(figures.languages) > 1:
        sentences.append(_spread(figures.languages))
    if typed_in := sum(
        n for channel, n in figures.channels if channel != Channel.ONLINE
    ):
        sentences.append(_typed_in(typed_in))
    return sentences


def percent(share: float) -> str:
    """Return a share, 0 to 1, as people read it."""
    return _("%(number)s%%") % {"number": number_format(round(share * 100))}


def spoken(time: timedelta) -> str:
    """Return a time rounded up to whole minutes, hours or days."""
    minutes = max(1, -(-int(time.total_seconds()) // 60))
    if minutes < 60:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    hours = -(-minutes // 60)
    if hours < 48:
        return ngettext("%d hour", "%d hours", hours) % hours
    days = -(-hours // 24)
    return ngettext("%d day", "%d days", days) % days


def _typed_in(number: int) -> str:
    return (
        ngettext(
            "%d comment came on paper, by phone or in person, and was typed in by the "
            "city.",
            "%d comments came on paper, by phone or in person, and were typed in by "
            "the city.",
            number,
        )
        % number
    )


def _taking_part(figures: Equality) -> str:
    comments = ngettext("%d comment", "%d comments", figures.comments)
    people = ngettext("%d person", "%d people", figures.authors)
    return _("%(people)s wrote %(comments)s.") % {
        "people": people % figures.authors,
        "comments": comments % figures.comments,
    }


def _shared(top_share: float, gini: float) -> str:
    # Rounded first: what is too long for the format is cut off.
    told = {"share": percent(top_share), "gini": number_format(round(gini, 2), 2)}
    if top_share >= MUCH_TO_FEW or gini >= UNEVEN:
        return (
            _(
                "A few carry much of it: the most active tenth wrote %(share)s of the "
                "comments (Gini coefficient %(gini)s; 0 is even, 1 is all by one)."
            )
            % told
        )
    return (
        _(
            "The most active tenth wrote %(share)s of the comments (Gini coefficient "
            "%(gini)s; 0 is even, 1 is all by one)."
        )
        % told
    )


def _spread(languages: tuple[tuple[str, int], ...]) -> str:
    total = sum(count for _language, count in languages)
    _most, frequent = languages[0]
    return ngettext(
        "%(share)s of the comments are in another language than the most frequent one; "
        "%(count)d language was used.",
        "%(share)s of the comments are in another language than the most frequent one; "
        "%(count)d languages were used.",
        len(languages),
    ) % {"share": percent(1 - frequent / total), "count": len(languages)}
