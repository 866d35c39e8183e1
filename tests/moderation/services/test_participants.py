import pytest
from wagtail.models import Site

from moderation.services import participants
from tests.factories.moderation import ParticipantFactory

pytestmark = pytest.mark.django_db


class TestAPseudonym:
    @pytest.mark.parametrize("name", ["Fernhaven", "City of Fernhaven", "Bauamt"])
    def test_is_never_the_citys(self, name):
        Site.objects.update(site_name="Fernhaven")
        with pytest.raises(participants.NameRefused, match="staff"):
            participants.rename(participant=ParticipantFactory(), pseudonym=name)

    @pytest.mark.parametrize(
        "setting", ["WAGTAIL_SITE_NAME", "FOLKMOOT_RESERVED_NAMES"]
    )
    def test_is_none_that_is_reserved(self, settings, setting):
        value = "Fernhaven" if "SITE" in setting else ["Fernhaven"]
        setattr(settings, setting, value)
        with pytest.raises(participants.NameRefused, match="staff"):
            participants.rename(participant=ParticipantFactory(), pseudonym="Fernhaven")

    def test_may_say_where_one_lives(self):
        Site.objects.update(site_name="Fernhaven")
        person = participants.rename(
            participant=ParticipantFactory(), pseudonym="Robin of Fernhaven"
        )
        assert person.pseudonym == "Robin of Fernhaven"
