"""Makes Folkmoot run on a machine that has Python and nothing else.

It runs before anything is installed, so it uses the standard library only. All that
can go wrong for a person at a terminal ends as a Problem: one plain sentence.
"""

import argparse
import io
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from home.bootstrap import machine, serving
from home.bootstrap.environment import (
    DEV,
    REQUIREMENTS,
    RUN,
    TEST,
    VENV,
    Environment,
    prepare,
)
from home.bootstrap.steps import ROOT, Problem, Steps, child_variables

LOCK_HEADER = (
    "# Pinned from pyproject.toml for Python 3.11 (Django 5.2) and 3.12+ (Django 6.1);"
    " refresh with: python manage.py lock"
)


def demo(arguments: Sequence[str]) -> int:
    """Set up the demonstration and serve it until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="manage.py demo", description=demo.__doc__)
    parser.add_argument("--port", type=port_number, help="8000 or the next free one")
    port = machine.free_port(parser.parse_args(arguments).port)
    url = f"http://127.0.0.1:{port}/"
    variables = {"DJANGO_SETTINGS_MODULE": "home.settings.dev", "PUBLIC_URL": url}
    steps = Steps(5)
    python = prepare(RUN, steps).python
    manage = (python, ROOT / "manage.py")
    steps.run("Preparing the database", *manage, "migrate", **variables)
    told = steps.run("Writing the demonstration", *manage, "seed_demo", **variables)
    # It tells its progress first; the last paragraph says who may sign in.
    sign_in = told.strip().rpartition("\n\n")[-1]
    steps.announce("Starting the server")
    return serving.serve(manage, url, sign_in, variables)


def port_number(text: str) -> int:
    """Return a port typed by a person, or let argparse say what is wrong with it."""
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text} is not a port: choose 1 to 65535")
    return int(text)


def test(arguments: Sequence[str]) -> int:
    """Install what the tests need and run pytest with the given arguments.

    On all processors, unless the arguments say otherwise (`-n 0`).
    """
    steps = Steps(3)
    python = prepare(TEST, steps).python
    steps.announce("Running the tests")
    variables = child_variables({"DJANGO_SETTINGS_MODULE": "tests.settings"})
    return subprocess.call(
        [str(python), "-m", "pytest", "-n", "auto", *arguments],
        cwd=ROOT,
        env=variables,
    )


def develop(arguments: Sequence[str]) -> int:
    """Install the tools that developers use: linters, types, browser tests."""
    prepare(DEV, Steps(2))
    return 0


def lock(arguments: Sequence[str]) -> int:
    """Refresh the three requirements files from pyproject.toml; --upgrade for newer."""
    steps = Steps(5)
    python = prepare(DEV, steps).python
    for requirements, groups in zip(REQUIREMENTS, ([], ["test"], ["dev"]), strict=True):
        path = ROOT / requirements
        steps.run(
            f"Resolving {requirements}",
            *(str(python), "-m", "uv", "pip", "compile", "pyproject.toml"),
            *arguments,
            *("--universal", "--python-version=3.11", "--generate-hashes", "--quiet"),
            *("--no-header", "--no-emit-index-url", "--extra=site"),
            *(f"--group={group}" for group in groups),
            # The same versions in all three, so that more is always enough.
            *([f"--constraint={ROOT / RUN}"] if groups else []),
            *("--output-file", str(path)),
        )
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{LOCK_HEADER}\n{text}", encoding="utf-8", newline="\n")
    return 0


COMMANDS = {"demo": demo, "test": test, "develop": develop, "lock": lock}


def main(arguments: Sequence[str]) -> int:
    """Run one of the driver's commands and return the exit code."""
    name, *rest = arguments
    # A console that lacks a letter shows another one rather than failing.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    # Whoever ends the driver politely ends what it started as well.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return COMMANDS[name](rest)
    except (Problem, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 130


def hand_over(arguments: Sequence[str]) -> int:
    """Run a command of Django's with the environment that the demo made."""
    environment = Environment(VENV)
    if Path(sys.prefix).resolve() == VENV.resolve() or not environment.works(
        "-c", "import django"
    ):
        message = "Django is not installed here: run first  python manage.py demo"
        print(message, file=sys.stderr)
        return 1
    return subprocess.call([environment.python, ROOT / "manage.py", *arguments])
