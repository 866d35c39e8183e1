"""What the floor may ask about the contributions of the apps above it.

Each kind of contribution is registered once, in its app's `ready()`:

    contents.register(CommentPort())

so that flags, the queue and notices can show an item in its place without knowing
what a discussion or a poll is.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from moderation.choices import Act
from moderation.models import ModeratedContent, Participant, Policy
from moderation.refusals import Refusal, Why

# The largest id that every database can look for.
LARGEST_ID = 2**63 - 1


class NotFound(Refusal):
    """There is no such item, or the caller may not see it."""

    why = Why.NOT_FOUND


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture of an item, as a moderator sees it; described at `describe_url`.

    Or a document, which has `pages` instead of `width` and `height`, in pixels.
    """

    url: str
    description: str
    describe_url: str
    width: int | None
    height: int | None
    pages: int | None = None


@dataclass(frozen=True, kw_only=True)
class Context:
    """Where an item stands: its place, and what it answers."""

    place: str
    place_url: str = ""
    answers: ModeratedContent | None = None


class Port(ABC):
    """One kind of contribution, as the floor sees it.

    `objects` must select whatever the other methods read, so that a list of items
    costs the same number of queries whatever its length.
    """

    kind: ClassVar[str]
    label: ClassVar[str | Promise]
    model: ClassVar[type[ModeratedContent]]
    # What moderators can decide on items of this kind.
    acts: ClassVar[frozenset[Act]] = frozenset(Act) - {Act.ASK, Act.MOVE}
    # How people read the names and the values of `details`, where these are codes.
    names: ClassVar[Mapping[str, str | Promise]] = {}
    words: ClassVar[Mapping[str, Mapping[Any, Any]]] = {}

    def objects(self) -> Any:
        """Return all items with what the methods below need of them."""
        return self.model._default_manager.select_related("author")

    @abstractmethod
    def is_visible(self, content: Any, request: HttpRequest) -> bool:
        """Say whether whoever sent the request may read the item's text."""

    @abstractmethod
    def url(self, content: Any) -> str:
        """Return the path of the page that shows the item."""

    @abstractmethod
    def context(self, content: Any) -> Context:
        """Return where the item stands."""

    @abstractmethod
    def public_place(self, content: Any) -> str:
        """Return the path of the item's page for the register; "" if not public."""

    def details(self, content: Any) -> dict[str, str]:
        """Return what its author said with the item besides the text."""
        return {}

    def starts_thread(self, content: Any) -> bool:
        """Say whether the item answers nobody."""
        return self.context(content).answers is None

    def page_id(self, content: Any) -> int | None:
        """Return the id of the page on which the item stands; None if on none."""
        return None

    def on_pages(self, items: Any, pages: Iterable[int]) -> Any:
        """Keep those of a queryset of items that stand on these pages, or on none."""
        return items

    def policy(self, content: Any) -> Policy | None:
        """Return the policy in force where the item stands; None for the site's."""
        return None

    def places(
        self, content: Any, *, sees: Callable[[int], bool]
    ) -> list[tuple[str, str]]:
        """Return where else an item could stand: (what `move` takes, its name)."""
        return []

    def move(
        self, content: Any, *, to: str, sees: Callable[[int], bool]
    ) -> dict[str, Any]:
        """Move an item to one of its `places`, and return where it stood, as data."""
        raise NotImplementedError

    def move_back(self, content: Any, *, place: dict[str, Any]) -> None:
        """Move an item back to where `move` said it stood."""
        raise NotImplementedError

    def edit_url(self, content: Any) -> str:
        """Return the path at which the author can edit the item; "" if nowhere."""
        return ""

    def earlier_texts(self, items: Iterable[Any]) -> dict[int, list[str]]:
        """Return how items read before they were edited, by their ids."""
        return {}

    def forget_earlier(self, items: Any) -> None:
        """Remove from the database how a queryset of items read before."""
        return

    def pictures(self, content: Any) -> Sequence[Picture]:
        """Return the pictures of one item, for moderators."""
        return ()

    def forget_pictures(self, items: Any) -> None:
        """Remove from the database the pictures of a queryset of items."""
        return

    def drop_drafts(self, *, now: datetime) -> int:
        """Remove what was begun and not sent in time; return how much it was."""
        return 0


class Holding(ABC):
    """One kind of data that an app above holds of participants besides their texts.

    Votes, for example. Registered like a port, by `hold`.
    """

    kind: ClassVar[str]
    label: ClassVar[str | Promise]
    # How people read the names of what `rows` returns.
    names: ClassVar[Mapping[str, str | Promise]] = {}

    @abstractmethod
    def rows(self, participant: Participant) -> list[dict[str, Any]]:
        """Return all of it as plain data, for the participant's own eyes."""

    @abstractmethod
    def erase(self, participant: Participant) -> None:
        """Remove all of it, also from what is counted and exported from now on."""


_holdings: dict[str, Holding] = {}


def hold(holding: Holding) -> Holding:
    """Make a kind of data known; each only once."""
    if not isinstance(holding, Holding):
        raise ImproperlyConfigured(f"{holding!r} is not a Holding.")
    if holding.kind in _holdings:
        raise ImproperlyConfigured(f"“{holding.kind}” is held twice.")
    _holdings[holding.kind] = holding
    return holding


def holdings() -> tuple[Holding, ...]:
    """Return every kind of data, in the order of registration."""
    return tuple(_holdings.values())


_ports: dict[str, Port] = {}


def register(port: Port) -> Port:
    """Make a kind of contribution known; each kind and model only once."""
    if not isinstance(port, Port):
        raise ImproperlyConfigured(f"{port!r} is not a Port.")
    if port.kind in _ports:
        raise ImproperlyConfigured(f"There are two kinds called “{port.kind}”.")
    if any(port.model is other.model for other in _ports.values()):
        raise ImproperlyConfigured(f"{port.model.__name__} is registered twice.")
    _ports[port.kind] = port
    return port


def ports() -> tuple[Port, ...]:
    """Return every kind of contribution, in the order of registration."""
    return tuple(_ports.values())


def kinds() -> tuple[str, ...]:
    """Return the word for each kind of contribution."""
    return tuple(_ports)


def of(content: ModeratedContent) -> Port:
    """Return the port of an item; raise ImproperlyConfigured where there is none."""
    return of_model(type(content))


def of_model(model: type) -> Port:
    """Return the port of a model; raise ImproperlyConfigured where there is none."""
    for port in _ports.values():
        if port.model is model:
            return port
    raise ImproperlyConfigured(f"No kind of contribution is a {model.__name__}.")


def find(*, kind: str, pk: int) -> Any:
    """Return the item of this kind and id, or raise NotFound in words."""
    port = _ports.get(kind)
    if port and 0 < pk <= LARGEST_ID:
        found = port.objects().filter(pk=pk).first()
        if found:
            return found
    raise NotFound(_("There is no such contribution."))


def find_visible(*, kind: str, pk: int, request: HttpRequest) -> Any:
    """Return the item if whoever sent the request may read it, else raise NotFound."""
    found = find(kind=kind, pk=pk)
    if not of(found).is_visible(found, request):
        raise NotFound(_("There is no such contribution."))
    return found


def load(items: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Any]:
    """Return items by (content type id, id), one query for each kind among them."""
    wanted: dict[int, list[int]] = {}
    for type_id, pk in items:
        wanted.setdefault(type_id, []).append(pk)
    found = {}
    for port in ports():
        type_id = ContentType.objects.get_for_model(port.model).pk
        for content in port.objects().filter(pk__in=wanted.get(type_id, ())):
            found[type_id, content.pk] = content
    return found
