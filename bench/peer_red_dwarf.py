"""Run red-dwarf on arrays, in a Python that has it; print JSON about the run.

python bench/peer_red_dwarf.py votes.npz groups.npz
"""

import json
import resource
import sys

import numpy as np
from reddwarf.implementations.polis import run_pipeline


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(source: str, target: str) -> None:
    arrays = np.load(source)
    begun = cpu_seconds()
    columns = (arrays[name].tolist() for name in ("who", "what", "how"))
    votes = [
        {"participant_id": who, "statement_id": what, "vote": how, "modified": 0}
        for who, what, how in zip(*columns, strict=True)
    ]
    listed = cpu_seconds()
    found = run_pipeline(
        votes=votes, mod_out_statement_ids=arrays["out"].tolist(), random_state=0
    )
    done = cpu_seconds()
    groups = found.participants_df["cluster_id"]
    labels = groups.astype(float).fillna(-1).astype(int)
    np.savez(target, people=groups.index.to_numpy(int), groups=labels.to_numpy())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"listing": listed - begun, "cpu": done - listed, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
