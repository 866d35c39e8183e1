"""Settings shared by every way of running the reference site.

Everything a city changes is read from the environment: DATABASE_URL, CACHE_URL,
EMAIL_URL, TASKS, PUBLIC_URL and the names listed in README.md.
"""

from pathlib import Path
from typing import Any

import environ

from . import database, languages, mail, tasks

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()

PUBLIC_URL = env("PUBLIC_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "home",
    "forum",
    "deliberation",
    "moderation",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.locales",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "ninja",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # allauth's pages about passkeys and sessions load it
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "home.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "home.middleware.InterfaceLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "forum.views.refused.NotReadyMiddleware",
    "forum.views.ranges.RangesMiddleware",
]

ROOT_URLCONF = "home.urls"
CMS_PATH = "/cms/"
WSGI_APPLICATION = "home.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.i18n",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "home.context_processors.languages",
            ],
        },
    },
]

# Data

DATABASES = {"default": database.from_url(env("DATABASE_URL", default=""), VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://folkmoot")}

vars().update(
    tasks.from_name(
        env("TASKS", default="immediate"),
        env("REDIS_URL", default="redis://127.0.0.1:6379/0"),
    )
)
INSTALLED_APPS += vars()["TASK_APPS"]

# People

AUTH_USER_MODEL = "home.User"
AUTHENTICATION_BACKENDS = [
    "home.backends.AccountBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = PUBLIC_URL.split("://")[0]
ACCOUNT_LOGOUT_ON_GET = False
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Folkmoot"

HEADLESS_SERVE_SPECIFICATION = True
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": PUBLIC_URL + "/accounts/confirm-email/{key}/",
    "account_reset_password": PUBLIC_URL + "/accounts/password/reset/",
    "account_reset_password_from_key": (
        PUBLIC_URL + "/accounts/password/reset/key/{key}/"
    ),
    "account_signup": PUBLIC_URL + "/accounts/signup/",
}

# Languages

LANGUAGE_CODE = env("LANGUAGE_CODE", default="en")
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = languages.LANGUAGES
INTERFACE_LANGUAGES = languages.spoken(BASE_DIR)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env("TIME_ZONE", default="Europe/London")
USE_I18N = True
FORMAT_MODULE_PATH = ["home.formats"]
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A request body of this size is refused before any code of ours reads it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# E-mail

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env(
    "DEFAULT_FROM_EMAIL", default="Folkmoot <noreply@localhost>"
)
vars().update(mail.from_url(env("EMAIL_URL", default="consolemail://")))

# What a browser may load: only our own files, nothing inline, no other host.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
        "object-src": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "home.unsent.stale_form"
SESSION_ENGINE = "home.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Wagtail

WAGTAIL_SITE_NAME = env("SITE_NAME", default="Folkmoot")
WAGTAILADMIN_BASE_URL = WAGTAILAPI_BASE_URL = PUBLIC_URL
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILDOCS_EXTENSIONS = [
    *("csv", "docx", "odt", "pdf", "txt", "xlsx"),
    *("m4a", "mp3", "mp4", "ogg", "vtt", "wav", "webm"),
]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "forum.forms.documents.CheckedDocumentForm"
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"},
}
WAGTAILAPI_LIMIT_MAX = 100

# Django's messages, in the words of the design system.
MESSAGE_TAGS = {10: "info", 20: "info", 25: "success", 30: "warning", 40: "error"}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    # Each task of Wagtail's would be two lines.
    "loggers": {"django_tasks": {"level": "WARNING"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
