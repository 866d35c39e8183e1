"""What a journey knows of the site it visits."""

import email
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.policy import default
from pathlib import Path

PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Account:
    """Who may sign in."""

    email: str
    password: str


@dataclass(frozen=True)
class DemoSite:
    """A running demonstration: its address, its outgoing mail and its accounts."""

    address: str
    mailbox: Path
    log: Path
    accounts: dict[str, Account]
    manage: Callable[..., str]

    def mail_to(self, address: str, *, about: str = "") -> str:
        """Return the newest message to an address; wait for it a little."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = [
                message
                for message in self._messages()
                if address in str(message["To"]) and about in str(message)
            ]
            if found:
                return str(found[-1].get_body(("plain",)).get_content())
            time.sleep(0.2)
        raise AssertionError(f"No message to {address} about {about!r} arrived.")

    def link_to(self, address: str, *, containing: str) -> str:
        """Return the link with this text in its path, from the newest such mail."""
        body = self.mail_to(address, about=containing)
        return re.findall(rf"https?://\S*{re.escape(containing)}\S*", body)[-1]

    def _messages(self):
        for path in sorted(self.mailbox.glob("*.log")):
            for part in re.split(r"^-{79}$", path.read_text(), flags=re.MULTILINE):
                if part.strip():
                    yield email.message_from_string(part.strip(), policy=default)
