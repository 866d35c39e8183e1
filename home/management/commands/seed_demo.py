"""Fills a new site with the demonstration: manage.py seed_demo."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from home.demo import content, heard, pages, people, review, talk, voting
from home.demo.people import Key


class Command(BaseCommand):
    """Makes what is missing of the demonstration, and says who may sign in."""

    help = (
        "Fill the site with Fernhaven, an invented town: consultations, hearings, "
        "comments, a poll, and four accounts. A second run adds only what is missing."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Seed in one go, so that an interrupted run leaves nothing behind."""
        self.begun = time.monotonic()
        logging.disable(logging.INFO)
        try:
            with transaction.atomic():
                keys = self._fill()
        finally:
            logging.disable(logging.NOTSET)
        self._hand_out(keys)

    def _fill(self) -> list[Key]:
        now = timezone.now().replace(microsecond=0)
        self._say("Fernhaven, an invented town, is being built")
        pages.name_town()
        pages.name_helpers(now=now)
        keys = people.make_accounts(now=now)
        residents = people.make_residents(now=now)
        for topic in content.TOPICS:
            page = pages.publish_consultation(topic, now=now)
            if page is None:
                self._say(f"{topic}: there already, left as it is")
                continue
            discussion = page.discussions.get()
            number = talk.hold_discussion(topic, discussion, residents, now=now)
            self._say(f"{page.title} ({number} comments)")
            for poll in page.polls.all():
                voters = people.make_voters(now=now)
                number = voting.hold_poll(topic, poll, residents, voters, now=now)
                self._say(f"{poll.title} ({len(voters)} people, {number} votes)")
                number = voting.ask_question(topic, poll, voters, now=now)
                self._say(f"A simple question ({number} answers)")
                review.moderate(discussion, residents, now=now)
                heard.answer_resident(discussion, residents, now=now)
            rests_on = heard.rests_on(topic, discussion)
            pages.answer(page, topic, rests_on=rests_on, now=now)
        for told in content.load("hearings")["hearing"]:
            hearing = pages.publish_hearing(told, now=now)
            if hearing is None:
                self._say(f"{told['slug']}: there already, left as it is")
                continue
            if told["comments"]:
                talk.hold_small_talk(
                    told["comments"], hearing.discussions.get(), residents, now=now
                )
            self._say(hearing.title)
        return keys

    def _hand_out(self, keys: list[Key]) -> None:
        self.stdout.write("\nWho may sign in, at /accounts/login/:")
        for key in keys:
            password = key.password or "(as before)"
            self.stdout.write(f"  {key.address:<30} {password:<18} {key.may}")
        if not all(key.password for key in keys):
            self.stdout.write(
                "A forgotten password is replaced by: "
                f"python manage.py changepassword {keys[0].address}"
            )

    def _say(self, words: str) -> None:
        seconds = time.monotonic() - self.begun
        self.stdout.write(f"[{seconds:5.1f} s] {words}")
        self.stdout.flush()
