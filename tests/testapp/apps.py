"""Wires the notes of the tests to moderation."""

from django.apps import AppConfig


class TestAppConfig(AppConfig):
    """Proves that moderation needs no neighbour."""

    name = "tests.testapp"
    label = "testapp"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from moderation import contents
        from tests.testapp.ports import NotePort

        contents.register(NotePort())
