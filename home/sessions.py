"""Sessions in the database, as Django keeps them, found by SQL that is built once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from moderation.queries.prepared import Given, PreparedQuery

_DATA = PreparedQuery(
    lambda: Session.objects.filter(
        session_key=Given("key"), expire_date__gt=Given("now")
    ).values_list("session_data")
)


class SessionStore(db.SessionStore):
    """Every request of somebody who is signed in loads one."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing, and no key, where it is over."""
        found = _DATA.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0])
        return held
