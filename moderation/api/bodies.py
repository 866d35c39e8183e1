"""What every body of a request has in common."""

from ninja import Schema
from pydantic import ConfigDict


class In(Schema):
    """A body; a member that is not known is an error."""

    model_config = ConfigDict(extra="forbid")
