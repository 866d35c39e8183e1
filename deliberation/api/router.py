"""The endpoints of deliberation, for a site to mount."""

from ninja import Router

from deliberation.api import (
    attachments,
    comments,
    discussions,
    heard,
    polls,
    questions,
    results,
    votes,
)

router = Router()
router.add_router("", heard.router)
router.add_router("/discussions", discussions.router, tags=["Discussions"])
router.add_router("", attachments.router, tags=["Comments"])
router.add_router("/comments", comments.router, tags=["Comments"])
router.add_router("/polls", polls.router, tags=["Polls"])
router.add_router("/polls", results.router, tags=["Polls"])
router.add_router("/statements", votes.router, tags=["Polls"])
router.add_router("/questions", questions.router, tags=["Polls"])
