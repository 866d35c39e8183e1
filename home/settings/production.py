"""Settings for the open internet. They refuse to start half configured."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import CACHES, PUBLIC_URL, env

DEBUG = False

SECRET_KEY = env("SECRET_KEY", default="")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to a long random text; this prints one: python -c "
        '"import secrets; print(secrets.token_urlsafe(50))"'
    )

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "Set ALLOWED_HOSTS to the names of this site, "
        "such as ALLOWED_HOSTS=talk.example.org."
    )

if not env("PUBLIC_URL", default="").startswith("https://"):
    raise ImproperlyConfigured(
        "Set PUBLIC_URL to the address people use, "
        "such as PUBLIC_URL=https://talk.example.org."
    )
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# Several processes must share one cache; the database is there already.
if not env("CACHE_URL", default=""):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "folkmoot_cache",
    }

# Trust a proxy's word on https only where the city says that there is one.
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=1)
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

# Editors preview pages in a frame of the same site; nobody else may frame it.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
