"""The WSGI entry point, for gunicorn: `gunicorn --no-control-socket home.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "home.settings.production")

application = get_wsgi_application()
