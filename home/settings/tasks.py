"""Translate TASKS into the settings of a task queue."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
    "redis": "django_tasks_rq.RQBackend",
}
# Apps that only one backend needs: Redis must not be needed by a small town.
APPS = {
    "immediate": [],
    "database": ["django_tasks_db"],
    "redis": ["django_rq", "django_tasks_rq"],
}


def from_name(name: str, redis_url: str) -> dict[str, Any]:
    """Return TASKS, RQ_QUEUES and the apps they need.

    immediate needs no worker; database wants `manage.py db_worker`; redis wants
    `manage.py rqworker --job-class django_tasks_rq.Job`.
    Raises ImproperlyConfigured for another name.
    """
    if name not in BACKENDS:
        raise ImproperlyConfigured("TASKS must be immediate, database or redis.")
    return {
        "TASKS": {"default": {"BACKEND": BACKENDS[name], "QUEUES": ["default"]}},
        "RQ_QUEUES": {"default": {"URL": redis_url}},
        "TASK_APPS": APPS[name],
    }
