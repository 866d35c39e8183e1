"""The site's own base page, which Wagtail lets a city replace."""

import swapper
import wagtail.models  # noqa: F401  # makes Page known, whatever the order of the apps

Page = swapper.load_model("wagtailcore", "Page", require_ready=False)
