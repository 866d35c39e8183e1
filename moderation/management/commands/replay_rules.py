"""See what a policy would have done to the latest contributions."""

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from moderation.models import Policy
from moderation.queries import policies
from moderation.queries.replay import replay
from moderation.rules import from_policy
from moderation.services import replays


class Command(BaseCommand):
    """With --dry-run it only tells; without, moderators get what rules notice."""

    help = (
        "Judge the latest contributions by a policy. Without --dry-run, what its "
        "rules notice in public contributions is put on the moderators' list."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--policy", help="a policy's name; the site's by default")
        parser.add_argument("--rules", help="rules as JSON, instead of a policy's")
        parser.add_argument("--limit", type=int, default=500)
        parser.add_argument("--dry-run", action="store_true", help="change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rules = from_policy(self._rules(**options))
        except (ImproperlyConfigured, TypeError, ValueError) as error:
            raise CommandError(str(error)) from None
        found = replay(rules, limit=max(0, options["limit"]))
        for each in found.touched:
            for finding in (*each.verdict.deciding, *each.verdict.recorded):
                self.stdout.write(
                    f"{each.port.kind} {each.content.pk} {finding.effect.value} "
                    f"{finding.rule}: {finding.matched or finding.message}"
                )
        counts = found.counts
        self.stdout.write(
            f"Of the last {len(found.judged)}: {counts['refuse']} refused, "
            f"{counts['hold']} held, {counts['flagged']} flagged."
        )
        if not options["dry_run"]:
            raised = replays.raise_flags(found, now=timezone.now())
            self.stdout.write(f"New on the moderators' list: {raised}.")

    def _rules(self, **options: Any) -> Any:
        if options["rules"]:
            return json.loads(options["rules"])
        if not options["policy"]:
            return policies.site_policy().rules
        policy = Policy.objects.filter(name=options["policy"]).first()
        if policy is None:
            raise CommandError(f"There is no policy “{options['policy']}”.")
        return policy.rules
