"""Makes, mends and fills the virtual environment."""

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from home.bootstrap import machine
from home.bootstrap.steps import ROOT, Steps

VENV = ROOT / ".venv"

# Each file holds everything of the one before it.
REQUIREMENTS = ("requirements.txt", "requirements/test.txt", "requirements/dev.txt")
RUN, TEST, DEV = REQUIREMENTS

PIP_OPTIONS = ("--disable-pip-version-check", "--no-input", "--progress-bar=off")


@dataclass(frozen=True)
class Environment:
    """A virtual environment and the stamp that says what was installed in it."""

    folder: Path

    @property
    def python(self) -> Path:
        """Return its interpreter, which Windows keeps elsewhere."""
        inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        return self.folder / inside

    @property
    def stamp(self) -> Path:
        """Return the file holding the hash of the last completed installation."""
        return self.folder / "folkmoot-requirements"

    def works(self, *command: str) -> bool:
        """Return whether its interpreter starts and runs the command."""
        try:
            return not subprocess.run(
                [self.python, *command], capture_output=True, check=False
            ).returncode
        except OSError:
            return False

    def has(self, requirements: str) -> bool:
        """Return whether it was made from these requirements or more, and starts."""
        if not self.stamp.exists():
            return False
        enough = REQUIREMENTS[REQUIREMENTS.index(requirements) :]
        return self.stamp.read_text() in map(digest, enough) and self.works("-c", "")


def prepare(requirements: str, steps: Steps) -> Environment:
    """Return an environment with these requirements, making or mending it if needed."""
    if sys.prefix != sys.base_prefix and satisfied(requirements):
        steps.announce(f"Using the environment {sys.prefix}")
        steps.announce("All packages are there")
        return Environment(Path(sys.prefix))
    environment = Environment(VENV)
    if environment.has(requirements):
        steps.announce("Using the environment .venv")
        steps.announce("All packages are there")
        return environment
    machine.check_writable(ROOT)
    machine.check_disk(ROOT)
    make(environment, steps)
    install(environment, requirements, steps)
    return environment


def make(environment: Environment, steps: Steps) -> None:
    """Make the environment, unless what is there has a Python and a pip that work."""
    is_new_enough = "import sys; sys.exit(sys.version_info < (3, 11))"
    if environment.works("-c", is_new_enough) and (
        environment.works("-m", "pip", "--version")
        or environment.works("-m", "ensurepip")
    ):
        steps.announce("Using the environment .venv")
        return
    machine.check_can_make_environments()
    steps.run(
        "Making the environment .venv",
        sys.executable,
        *("-m", "venv", "--clear", environment.folder),
    )


def install(environment: Environment, requirements: str, steps: Steps) -> None:
    """Install pinned packages, and stamp the environment once all are in."""
    environment.stamp.unlink(missing_ok=True)
    steps.run(
        "Installing packages, the first time this takes a minute or two",
        *(environment.python, "-m", "pip", "install", *PIP_OPTIONS),
        *("--require-hashes", "-r", ROOT / requirements),
        # Most of it is never imported; what is gets compiled the first time.
        "--no-compile",
        # Some people have pip install for themselves by default: not in here.
        PIP_USER="0",
    )
    environment.stamp.write_text(digest(requirements))


def digest(requirements: str) -> str:
    """Return the hash that tells one state of a requirements file from another."""
    return hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()


def pins(text: str) -> dict[str, set[str]]:
    """Return the versions that a requirements file allows, by package.

    A package that only some platforms need allows being absent: the empty version.
    """
    found: dict[str, set[str]] = {}
    line = re.compile(r"^([\w.-]+)(?:\[.*?\])?==([^\s;]+)( ;)?", re.MULTILINE)
    for name, version, marker in line.findall(text):
        found.setdefault(name, set()).update({version, ""} if marker else {version})
    return found


def satisfied(requirements: str) -> bool:
    """Return whether the running interpreter has every pinned package."""
    for name, versions in pins((ROOT / requirements).read_text()).items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            installed = ""
        if installed not in versions:
            return False
    return True
