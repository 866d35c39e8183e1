import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from wagtail.models import get_page_models

# From the top down: each may know those after it.
FLOORS = ["home", "forum", "deliberation", "moderation"]


def floor(model):
    """Return how low a model stands; what is not ours lies below everything.

    The account is any site's own, named by AUTH_USER_MODEL.
    """
    if model is get_user_model():
        return len(FLOORS)
    label = model._meta.app_label
    return FLOORS.index(label) if label in FLOORS else len(FLOORS)


def ours():
    return [m for label in FLOORS for m in apps.get_app_config(label).get_models()]


class TestRelations:
    @pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
    def test_point_downwards(self, model):
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                assert floor(field.related_model) >= floor(model), field.name

    def test_are_looked_at_at_all(self):
        assert len(ours()) > 15


class TestPageTypes:
    @pytest.mark.parametrize(
        "model",
        [model for model in get_page_models() if floor(model) < len(FLOORS)],
        ids=lambda model: model._meta.label,
    )
    def test_name_no_parent_above_them(self, model):
        if hasattr(model, "subpage_types"):
            for child in model.clean_subpage_models():
                assert floor(child) >= floor(model)
        named = getattr(model, "parent_page_types", None) or []
        for name in named:
            assert floor(apps.get_model(name)) >= floor(model)
