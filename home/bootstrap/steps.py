"""Runs the steps of a command and tells the person how far they are."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HEARTBEAT_SECONDS = 10

# What a failed step's output says, and what that means to the person.
EXPLANATIONS = {
    r"No space left|Errno 28|WinError 112": "The disk is full: free some space",
    r"DO NOT MATCH THE HASHES": (
        "A downloaded package is not the one that was tested, perhaps cut short"
    ),
    r"CERTIFICATE_VERIFY_FAILED": (
        "The package index could not be trusted (a certificate failed): "
        "set PIP_CERT to your network's certificates"
    ),
    r"NewConnectionError|NameResolutionError|(Read|Connect)TimeoutError|ProxyError"
    r"|RemoteDisconnected|ConnectionResetError|getaddrinfo|Network is unreachable": (
        "The package index cannot be reached: connect to the internet"
    ),
    r"Read-only file system|Permission denied|WinError 5\b": (
        "This folder cannot be written to: use a folder of your own"
    ),
}


class Problem(Exception):
    """Something the person at the terminal can mend; the message says how."""


@dataclass
class Steps:
    """Runs and announces the steps of a command, so that nobody waits in the dark."""

    total: int
    done: int = field(default=0, init=False)

    def announce(self, title: str) -> None:
        """Print which step begins."""
        self.done += 1
        say(f"[{self.done}/{self.total}] {title}")

    def run(self, title: str, *command: str | Path, **variables: str) -> str:
        """Run a command quietly and return what it printed, or raise Problem.

        Every few seconds a line tells the time it took so far and its last word.
        """
        self.announce(title)
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            with out.open("wb") as out_file, err.open("wb") as err_file:
                child = subprocess.Popen(
                    command,
                    stdout=out_file,
                    stderr=err_file,
                    cwd=ROOT,
                    env=child_variables(variables),
                )
                wait(child, lambda: tell_progress(begun, out))
            text, errors = read(out), read(err)
        if child.returncode:
            raise Problem(explain(title, text + errors))
        say(f"      done in {time.monotonic() - begun:.0f} s")
        return text


def say(text: str) -> None:
    """Print at once, also when the output is a file or a pipe."""
    print(text, flush=True)


def child_variables(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a child process: ours, UTF-8 and the given ones.

    It keeps what it compiles, or each start would take ten seconds longer.
    """
    kept = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": ""}
    return {**os.environ, **kept, **variables}


def wait(child: subprocess.Popen[bytes], heartbeat: Callable[[], None]) -> None:
    """Wait for a child, and take it along when this process is interrupted."""
    try:
        while child.poll() is None:
            try:
                child.wait(timeout=HEARTBEAT_SECONDS)
            except subprocess.TimeoutExpired:
                heartbeat()
    except BaseException:
        child.terminate()
        child.wait()
        raise


def tell_progress(begun: float, output: Path) -> None:
    """Print how long a step took so far and the last line it wrote."""
    last_line = (read(output).strip().splitlines() or [""])[-1]
    say(f"      {time.monotonic() - begun:3.0f} s  {last_line.strip()[:60]}")


def read(path: Path) -> str:
    """Return what a child wrote, whatever its encoding."""
    return path.read_text(encoding="utf-8", errors="replace")


def explain(title: str, output: str) -> str:
    """Return one sentence for a failed step; print the output if it is a riddle."""
    for pattern, meaning in EXPLANATIONS.items():
        if re.search(pattern, output):
            return f"{meaning}, then run the same command again."
    print("\n".join(output.splitlines()[-25:]), file=sys.stderr)
    return f"“{title}” failed; the lines above say why."
