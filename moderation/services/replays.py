"""Rules applied afterwards: what they notice goes to the moderators, nothing else."""

from datetime import datetime

from moderation.models import Flag
from moderation.queries.replay import Replay
from moderation.services import flags


def raise_flags(replay: Replay, *, now: datetime) -> int:
    """Flag what rules notice in public contributions; return how many flags are new.

    Nothing is hidden by it, and what the same rule has noticed before is left alone.
    """
    raised = 0
    for judged in replay.touched:
        content = judged.content
        noticed = Flag.objects.of(content).exclude(rule_id="")
        known = set(noticed.values_list("rule_id", flat=True))
        for finding in judged.verdict.recorded:
            if content.is_public and finding.rule not in known:
                flags.raise_by_rule(content=content, finding=finding, now=now)
                raised += 1
    return raised
