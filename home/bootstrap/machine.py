"""Checks that a machine has what Folkmoot needs, before minutes are spent on it."""

import importlib.util
import os
import shutil
import socket
import tempfile
from collections.abc import Sequence
from pathlib import Path

from home.bootstrap.steps import Problem

# An environment with everything for tests takes about half of this.
NEEDED_BYTES = 2 * 1024**3
PORTS = range(8000, 8100)


def check_disk(folder: Path, *, needed: int = NEEDED_BYTES) -> None:
    """Raise Problem if too little room is left for the packages."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Problem(
            f"Folkmoot needs {needed / 1e9:.1f} GB of free disk space and "
            f"{folder} has {free / 1e9:.1f} GB: free some and try again."
        )


def check_writable(folder: Path) -> None:
    """Raise Problem if nothing can be written here, as on a read-only disk."""
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise Problem(
            f"Folkmoot cannot write to {folder} ({error.strerror}): "
            "copy it to a folder of your own."
        ) from error


def check_can_make_environments(modules: Sequence[str] = ("venv", "ensurepip")) -> None:
    """Raise Problem on a Python that was packaged without venv, as Debian's is."""
    if not all(map(importlib.util.find_spec, modules)):
        raise Problem(
            "This Python cannot make environments: install its venv package, "
            "on Debian and Ubuntu with: sudo apt install python3-venv"
        )


def free_port(wanted: int | None, *, candidates: Sequence[int] = PORTS) -> int:
    """Return the wanted port, or else the first free one; raise Problem if taken."""
    for port in [wanted] if wanted else candidates:
        with socket.socket() as attempt:
            # Linux keeps a port for a while after its server ended; others may not.
            if os.name != "nt":
                attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                attempt.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    if wanted:
        raise Problem(
            f"Port {wanted} is in use or not allowed: "
            f"choose another one, such as --port {wanted + 1 if wanted < 65535 else 8000}"
        )
    raise Problem("No port from 8000 to 8099 is free: choose one with --port.")
