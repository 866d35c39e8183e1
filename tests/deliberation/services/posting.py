"""Comments as the tests of services post them: what is not said is as usual."""

from deliberation.services import comments
from tests.factories.moderation import ParticipantFactory


def by_anybody(discussion, now):
    """Return a function that posts a comment, by somebody new if nobody is named."""

    def _post(raw="The benches should stand in the shade.", **other):
        known = {"discussion": discussion, "language": "en", "now": now}
        if "author" not in other:
            other["author"] = ParticipantFactory()
        return comments.post(raw=raw, **known | other)

    return _post


def by_author(discussion, now):
    """Return a function that posts what an author says."""

    def post(author, raw, **more):
        return comments.post(
            discussion=discussion,
            author=author,
            raw=raw,
            language="en",
            now=more.pop("now", now),
            **more,
        )

    return post
