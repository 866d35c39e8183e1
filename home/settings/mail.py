"""Translate EMAIL_URL into Django's settings, old names and new."""

from pathlib import Path
from typing import Any

import django
import environ

RENAMED = {"host_user": "username", "host_password": "password"}


def from_url(url: str) -> dict[str, Any]:
    """Return the e-mail settings for a URL such as smtp+tls://user:pass@host:587.

    Django 6.1 gathers them under MAILERS and warns of the old names.
    """
    config = {
        name: value
        for name, value in environ.Env.email_url_config(url).items()
        if value not in (None, "", {})
    }
    if "EMAIL_FILE_PATH" in config:
        # The library drops the first slash of filemail:///path/to/folder.
        config["EMAIL_FILE_PATH"] = str(Path("/", config["EMAIL_FILE_PATH"]))
    if django.VERSION < (6, 1):
        return config
    options = {name.removeprefix("EMAIL_").lower(): v for name, v in config.items()}
    backend = options.pop("backend")
    if not backend.endswith(".smtp.EmailBackend"):
        options = {k: v for k, v in options.items() if k == "file_path"}
    options = {RENAMED.get(name, name): value for name, value in options.items()}
    return {"MAILERS": {"default": {"BACKEND": backend, "OPTIONS": options}}}
