"""The reference site as it is served, beside a floor, and the peer if it is there."""

import importlib.util
import os

from home.settings.base import *  # noqa: F403
from home.settings.base import DATABASES, INSTALLED_APPS, STATIC_ROOT

SECRET_KEY = "only-for-benchmarks-0123456789-0123456789-0123456789"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bench.threads_urls"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = {"version": 1, "disable_existing_loggers": True}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# A ranking in the middle of a measurement would be measured with it.
FOLKMOOT_RESULTS_SECONDS = 3600
INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
# Every process keeps its connection; the pool has nothing to do in one of one thread.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
DATABASES["default"]["CONN_MAX_AGE"] = None

if importlib.util.find_spec("django_comments_xtd"):
    INSTALLED_APPS += ["django.contrib.sites", "django_comments_xtd", "django_comments"]
    SITE_ID = 1
    COMMENTS_APP = "django_comments_xtd"
    # Without, whoever is signed in posts at once as well.
    COMMENTS_XTD_CONFIRM_EMAIL = False
    COMMENTS_XTD_MAX_THREAD_LEVEL = int(os.environ.get("BENCH_PEER_LEVELS", "3"))
