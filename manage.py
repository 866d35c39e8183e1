#!/usr/bin/env python3
"""Runs Folkmoot: `demo` and `test` need nothing but Python, the rest is Django's.

This file must be readable by any old Python, so that it can say what is needed.
"""

import os
import sys


def refuse_old_python(version):
    """Leave with one sentence if this Python cannot run Folkmoot."""
    if tuple(version[:2]) < (3, 11):
        found = ".".join(str(part) for part in version[:3])
        sys.exit(
            "Folkmoot needs Python 3.11 or newer, this is Python " + found + ": "
            "install a newer one from https://www.python.org/downloads/ "
            "and name it, such as: python3.11 manage.py demo"
        )


def main(arguments):
    """Run the driver's commands and Django's, in an environment that has Django."""
    from home import bootstrap

    if arguments[:1] and arguments[0] in bootstrap.COMMANDS:
        return bootstrap.main(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "home.settings.dev")
    try:
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError:
        return bootstrap.hand_over(arguments)
    execute_from_command_line(sys.argv[:1] + arguments)
    return 0


if __name__ == "__main__":
    refuse_old_python(sys.version_info)
    sys.exit(main(sys.argv[1:]))
