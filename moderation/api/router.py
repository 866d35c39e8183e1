"""The endpoints of moderation, for a site to mount."""

from ninja import Router

from moderation.api import desk, me, notices, public

router = Router()
router.add_router("", me.router)
router.add_router("", notices.router)
router.add_router("", public.router)
router.add_router("/moderation", desk.router)
