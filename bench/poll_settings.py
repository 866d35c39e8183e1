"""The reference site, with two views that do next to nothing to compare with."""

from home.settings.base import *  # noqa: F403
from home.settings.base import DATABASES, MIDDLEWARE

SECRET_KEY = "only-for-benchmarks-0123456789-0123456789-0123456789"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bench.poll_urls"
FOLKMOOT_RESULTS_SECONDS = 3600
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {"version": 1, "disable_existing_loggers": True}
