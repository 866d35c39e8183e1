"""The participation API, gathered from the three apps."""

from ninja import NinjaAPI

from deliberation.api.router import router as deliberation
from moderation.api import problem, rendering
from moderation.api.router import router as moderation

api = NinjaAPI(
    title="Folkmoot participation API",
    version="1",
    urls_namespace="folkmoot",
    description="Discussions, comments, polls, votes, flags and decisions.",
    renderer=rendering.Renderer(),
)
problem.install(api)
api.add_router("", deliberation)
api.add_router("", moderation)
