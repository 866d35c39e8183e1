"""Pins what the APIs promise. docs/api.md tells how to refresh the snapshots."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from ninja import Schema

import home.urls  # noqa: F401  # All of the API is known once its addresses are.

pytestmark = pytest.mark.django_db

FLOORS = ("home", "forum", "deliberation", "moderation")
HERE = Path(__file__).parent
OURS = ("Consultation", "ForumIndex", "Hearing", "HomePage")


def compare(name, found):
    path = HERE / name
    text = json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if os.environ.get("REFRESH_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    assert kept == text, f"{name} differs; see docs/api.md, “When it changes”."


class TestParticipation:
    def test_is_described_as_it_was(self, client):
        found = client.get("/api/v1/openapi.json").json()
        assert found["openapi"].startswith("3.1")
        compare("openapi.json", {"paths": found["paths"], **found["components"]})

    @pytest.mark.parametrize("method", ["get", "post", "delete"])
    def test_says_in_its_own_form_that_an_address_does_not_exist(self, client, method):
        answer = getattr(client, method)("/api/v1/nothing/here")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["detail"]

    def test_describes_each_shape_under_a_name_of_its_own(self):
        """Of two shapes with one name, the description would show only one."""
        names = [
            schema.__name__
            for schema in every_subclass(Schema)
            if schema.__module__.partition(".")[0] in FLOORS
            and schema.__subclasses__() == []
        ]
        assert len(names) > 50
        assert [name for name, n in Counter(names).items() if n > 1] == []


def every_subclass(schema):
    for subclass in schema.__subclasses__():
        yield from every_subclass(subclass)
        yield subclass


class TestPages:
    def test_of_ours_are_described_as_they_were(self, client):
        found = client.get("/api/v3-preview/openapi.json").json()
        schemas = {
            name: schema
            for name, schema in found["components"]["schemas"].items()
            if name.startswith(OURS)
        }
        assert len(schemas) > 8
        compare("openapi_pages.json", schemas)
