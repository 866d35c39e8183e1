"""Settings for the tests: the reference site, quick, quiet and alone."""

from home.settings.base import *  # noqa: F403
from home.settings.base import (
    DATABASES,
    INSTALLED_APPS,
    STATIC_ROOT,
    WAGTAILSEARCH_BACKENDS,
)

INSTALLED_APPS = [*INSTALLED_APPS, "tests.testapp"]

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]

# A pooled connection outlives the close that copying a database needs.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
# No test looks for pages, and keeping an index of them is a fifth of making one.
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns without
WHITENOISE_AUTOREFRESH = True
