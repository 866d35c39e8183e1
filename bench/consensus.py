"""How fast, how small and how right the maths of consensus polls is.

    python -m bench.consensus [--sizes 250k 1M 2M 10M] [--peer-python PATH | --no-peer]

Measures each size in a process of its own on one thread: CPU seconds (user and
system) from flat arrays of unpacked votes to the finished JSON, everything included
(groups, check against chance, 100 resamples, intervals), and the peak memory of the
whole process. Then red-dwarf on the same million votes, and both on real
conversations. Exits with 1 if a gate is missed.
"""

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMEXPR")
}
ROOT = Path(__file__).resolve().parents[1]


class Size(NamedTuple):
    """How many votes of how many people on how many statements, and the gate."""

    people: int
    statements: int
    votes: int
    seconds: float
    mebibytes: int | None = None


SIZES = {
    "250k": Size(2_500, 200, 250_000, 0.3),
    "1M": Size(10_000, 200, 1_000_000, 1),
    "2M": Size(10_000, 1_000, 2_000_000, 2),
    "10M": Size(100_000, 200, 10_000_000, 6, 1024),
    "100M": Size(500_000, 1_000, 100_000_000, 60, 4096),
}
FASTER, SMALLER = 20, 5


def made(size: Size, folder: Path) -> None:
    """Write the arrays of one size to a folder."""
    import numpy as np

    from bench import synthetic

    planted = synthetic.planted(size.people, size.statements, size.votes)
    np.save(folder / "who.npy", planted.participants)
    np.save(folder / "what.npy", planted.statements)
    np.save(folder / "how.npy", planted.stances)
    np.save(folder / "truth.npy", planted.groups)


def measured(folder: Path) -> dict[str, Any]:
    """Return what one run on the arrays in a folder takes and finds."""
    import resource

    import numpy as np

    from bench.agreement import adjusted_rand
    from deliberation.consensus import Votes, compute, to_json

    def cpu_seconds() -> float:
        used = resource.getrusage(resource.RUSAGE_SELF)
        return used.ru_utime + used.ru_stime

    who, what, how = (np.load(folder / f"{n}.npy") for n in ("who", "what", "how"))
    begun = cpu_seconds()
    votes = Votes.of(who, what, how)
    result = compute(votes)
    json.dumps(to_json(result), allow_nan=False)
    spent = cpu_seconds() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    inside = result.people.groups >= 0
    truth = np.load(folder / "truth.npy")[result.people.ids[inside]]
    return {
        "votes": len(votes),
        "cpu": spent,
        "peak": peak,
        "groups": len(result.groups.letters),
        "rand": adjusted_rand(truth, result.people.groups[inside]),
    }


def compared(peer: Path | None) -> list[dict[str, Any]]:
    """Return, per real conversation, our groups and red-dwarf's beside Polis'."""
    from bench.exports import shared_data

    folders = sorted(p for p in shared_data("polis").glob("*") if p.is_dir())
    return [_compared(folder, peer) for folder in folders]


def _compared(folder: Path, peer: Path | None) -> dict[str, Any]:
    import numpy as np

    from bench.agreement import adjusted_rand
    from bench.exports import export
    from deliberation.consensus import Settings, compute

    known = export(folder)
    grouped = known.groups >= 0
    kinds = int(known.groups.max()) + 1
    free = compute(known.votes, moderated_out=known.moderated_out)
    forced = compute(
        known.votes, moderated_out=known.moderated_out, settings=Settings(groups=kinds)
    )
    row: dict[str, Any] = {"name": folder.name, "kinds": kinds}
    labels = {"free": free.people.groups, "forced": forced.people.groups}
    if peer:
        labels["peer"] = _peer_groups(known, peer)
    for name, found in labels.items():
        both = grouped & (found >= 0)
        row[name] = {
            "kinds": len(np.unique(found[both])),
            "rand": adjusted_rand(known.groups[both], found[both]),
            "inertia": _inertia(free.people.positions[both], found[both]),
        }
    everybody = grouped & (free.people.groups >= 0)
    row["inertia"] = _inertia(free.people.positions[everybody], known.groups[everybody])
    row["stability"] = free.stability and free.stability.persisted
    row["separated"] = free.groups.separated
    row["verdict"] = str(free.verdict)
    return row


def _inertia(points: Any, labels: Any) -> float:
    """Return the mean square of the distance to the group's centre."""
    import numpy as np

    inside = sum(
        ((points[labels == g] - points[labels == g].mean(axis=0)) ** 2).sum()
        for g in np.unique(labels)
    )
    return float(inside / len(points))


def _peer_groups(known: Any, peer: Path) -> Any:
    import numpy as np

    votes = known.votes
    with tempfile.TemporaryDirectory() as folder:
        who = np.repeat(votes.participants, votes.per_participant)
        what = votes.statements[votes.columns]
        _peer_run(Path(folder), peer, who, what, votes.stances, known.moderated_out)
        found = np.load(Path(folder) / "groups.npz")
        named = dict(
            zip(found["people"].tolist(), found["groups"].tolist(), strict=True)
        )
    return np.array([named.get(who, -1) for who in votes.participants.tolist()])


def _peer_run(folder: Path, peer: Path, who, what, how, out) -> dict[str, float]:
    import numpy as np

    np.savez(folder / "votes.npz", who=who, what=what, how=how, out=np.array(out, int))
    script = [peer, ROOT / "bench" / "peer_red_dwarf.py"]
    return _json_of(*script, folder / "votes.npz", folder / "groups.npz")


def _json_of(*command: Any) -> Any:
    """Run a command of ours on one thread and return the JSON that it prints."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=os.environ | ONE_THREAD,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout or "null")


@contextlib.contextmanager
def _peer_python(given: Path | None) -> Iterator[Path | None]:
    """Give a Python that has red-dwarf: the given one, or one made for the while."""
    if given:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        install = [str(python), "-m", "pip", "install", "--quiet", "red-dwarf"]
        had = subprocess.run(install, check=False).returncode == 0
        if not had:
            print("red-dwarf cannot be installed here: compared with nobody.")
        yield python if had else None


def _speed(names: list[str], peer: Path | None) -> bool:
    """Print the table of sizes; tell whether every gate was met."""
    print("| votes | CPU s | gate | peak MiB | gate | s per million | groups | ARI |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    good = True
    for name in names:
        size = SIZES[name]
        with tempfile.TemporaryDirectory() as folder:
            _json_of(sys.executable, "-m", "bench.consensus", "--make", name, folder)
            run = _json_of(sys.executable, "-m", "bench.consensus", "--run", folder)
            per_million = run["cpu"] / run["votes"] * 1e6
            print(
                f"| {run['votes']:,} ({size.people:,} × {size.statements:,}) "
                f"| {run['cpu']:.2f} | {size.seconds} | {run['peak']:.0f} "
                f"| {size.mebibytes or '–'} | {per_million:.2f} "
                f"| {run['groups']} | {run['rand']:.2f} |",
                flush=True,
            )
            good &= run["cpu"] <= size.seconds
            good &= run["peak"] <= (size.mebibytes or run["peak"])
            if name == "1M" and peer:
                good &= _beside(peer, Path(folder), run)
    return good


def _beside(peer: Path, folder: Path, ours: dict[str, float]) -> bool:
    """Print how red-dwarf does on the same votes; tell whether we are far ahead."""
    import numpy as np

    arrays = (np.load(folder / f"{name}.npy") for name in ("who", "what", "how"))
    theirs = _peer_run(folder, peer, *arrays, [])
    faster, smaller = theirs["cpu"] / ours["cpu"], theirs["peak"] / ours["peak"]
    print(
        f"| the same, red-dwarf | {theirs['cpu']:.2f} (+ {theirs['listing']:.2f} to list"
        f" the votes) | | {theirs['peak']:.0f} | | | {faster:.0f} × the time"
        f" | {smaller:.1f} × the memory |",
        flush=True,
    )
    return faster >= FASTER and smaller >= SMALLER


def _likeness(peer: Path | None) -> None:
    print()
    print("| conversation | Polis k | ours: k | ARI | ours, Polis' k: ARI |", end=" ")
    print("red-dwarf: k | ARI | spread Polis | ours | red-dwarf | stable | verdict |")
    print("|" + " --- |" * 12)
    for row in compared(peer):
        theirs = row.get("peer")
        peers = (
            f"{theirs['kinds']} | {theirs['rand']:.2f}" if theirs else "– | –",
            f"{theirs['inertia']:.3f}" if theirs else "–",
        )
        clear = ", clear-cut" if row["separated"] else ""
        print(
            f"| {row['name']} | {row['kinds']} | {row['free']['kinds']} "
            f"| {row['free']['rand']:.2f} | {row['forced']['rand']:.2f} "
            f"| {peers[0]} | {row['inertia']:.3f} "
            f"| {row['forced']['inertia']:.3f} | {peers[1]} "
            f"| {row['stability'] if row['stability'] is not None else '–'} "
            f"| {row['verdict']}{clear} |",
            flush=True,
        )


def main() -> int:
    """Run what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=list(SIZES)[:4])
    parser.add_argument("--peer-python", type=Path)
    parser.add_argument("--no-peer", action="store_true")
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--run", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        made(SIZES[options.make[0]], Path(options.make[1]))
        return 0
    if options.run:
        print(json.dumps(measured(options.run)))
        return 0
    os.environ.update(ONE_THREAD)
    nobody = contextlib.nullcontext(None)
    with nobody if options.no_peer else _peer_python(options.peer_python) as peer:
        good = _speed(options.sizes, peer)
        _likeness(peer)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
