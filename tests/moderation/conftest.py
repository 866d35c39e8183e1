import pytest

from tests.factories.notes import ModeratorFactory


@pytest.fixture
def desk(client):
    """Return a client that a moderator works with."""
    client.moderator = ModeratorFactory()
    client.force_login(client.moderator)
    return client
