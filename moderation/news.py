"""What participants are told of, as the floor sees it.

The apps above leave notices (`services.notices.leave`) about things the floor does not
know. Each names its kinds of notices once, in its app's `ready()`:

    news.offer(Topic(...))
    news.register(RepliesTeller())

A notice holds no words: the teller finds them whenever somebody reads it, so that
nothing is told of what is hidden, and nothing to somebody who may not see it any more.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from moderation.choices import Mail
from moderation.models import Notice, Participant


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One line of the choice what comes by e-mail; `usual` is for who never chose."""

    name: str
    label: str | Promise
    help: str | Promise
    usual: Mail = Mail.OFF


@dataclass(frozen=True, kw_only=True)
class Told:
    """A notice in words: a sentence, where it leads, and maybe what somebody wrote.

    A `title` that is lazy is put into the language of whoever reads it. `site` is
    the address of the site on which `path` is found, "" for the first one.
    """

    title: str | Promise
    path: str
    quote: str = ""
    language: str = ""
    dir: str = "auto"
    site: str = ""

    @property
    def url(self) -> str:
        """Return the address for a link on a page."""
        return self.site + self.path


class Teller(ABC):
    """Puts notices of some kinds into words."""

    # The topic of each kind of notice.
    kinds: ClassVar[Mapping[str, str]]

    @abstractmethod
    def tell(
        self, notices: Sequence[Notice], people: Mapping[int, Participant]
    ) -> dict[int, Told]:
        """Return notices in words by their ids, in a constant number of queries.

        What its participant may not see now is left out. `people` holds every
        participant of the notices, with account, by id.
        """


_topics: dict[str, Topic] = {}
_tellers: dict[str, Teller] = {}


def offer(topic: Topic) -> Topic:
    """Let participants choose how they hear of a topic; each only once."""
    if topic.name in _topics:
        raise ImproperlyConfigured(f"The topic “{topic.name}” is offered twice.")
    _topics[topic.name] = topic
    return topic


def topics() -> tuple[Topic, ...]:
    """Return every topic, in the order in which they were offered."""
    return tuple(_topics.values())


def register(teller: Teller) -> Teller:
    """Make a teller known; each kind has one, and a topic that is offered."""
    if not isinstance(teller, Teller):
        raise ImproperlyConfigured(f"{teller!r} is not a Teller.")
    for kind, topic in teller.kinds.items():
        if kind in _tellers:
            raise ImproperlyConfigured(f"Notices of “{kind}” are told twice.")
        if topic not in _topics:
            raise ImproperlyConfigured(f"There is no topic “{topic}”.")
        _tellers[kind] = teller
    return teller


def kinds_of(topic: str) -> list[str]:
    """Return the kinds of notices that belong to a topic."""
    return [kind for kind, teller in _tellers.items() if teller.kinds[kind] == topic]


def topic_of(kind: str) -> str:
    """Return the topic of a kind of notice; "" for what is no matter of choice."""
    teller = _tellers.get(kind)
    return teller.kinds[kind] if teller else ""


def tell(notices: Iterable[Notice]) -> dict[int, Told]:
    """Return notices in words by their ids; what may not be told is left out."""
    told: dict[int, Told] = {}
    wanted: dict[int, tuple[Teller, list[Notice]]] = {}
    for notice in notices:
        teller = _tellers.get(notice.kind)
        if teller:
            wanted.setdefault(id(teller), (teller, []))[1].append(notice)
        elif notice.title:
            told[notice.pk] = Told(
                title=notice.title, path=notice.path, quote=notice.body
            )
    if wanted:
        rows = [notice for _teller, some in wanted.values() for notice in some]
        found = Participant.objects.select_related("account")
        people = found.in_bulk({notice.participant_id for notice in rows})
        for teller, some in wanted.values():
            told |= teller.tell(some, people)
    return told
