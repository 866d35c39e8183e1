"""A person with a browser, and an eye on accessibility wherever they go."""

import secrets

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from tests.journeys.site import Account, DemoSite

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
axe = Axe()


class Visitor:
    """Opens pages and looks at each in two ways: large and light, small and dark."""

    def __init__(self, page: Page, site: DemoSite) -> None:
        self.page = page
        self.site = site
        self.complaints: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self._missed(request.url))

    def opens(self, path: str) -> Page:
        """Go to a path of the site and look at the page."""
        response = self.page.goto(path)
        assert response is not None and response.ok, f"{path}: {response}"
        self.looks()
        return self.page

    def follows(self, name: str, *, inside: Locator | None = None) -> Page:
        """Click the first link of this name and look at the page it opens."""
        (inside or self.page).get_by_role("link", name=name).first.click()
        self.looks()
        return self.page

    def presses(self, name: str, *, inside: Locator | None = None) -> Page:
        """Press the first button of this name and look at what comes."""
        (inside or self.page).get_by_role("button", name=name).first.click()
        self.looks()
        return self.page

    def signs_in(self, account: Account) -> None:
        """Sign in by e-mail address and password."""
        self.opens("/accounts/login/")
        self.fills(Email=account.email, Password=account.password)
        self.submits()
        assert "/accounts/login/" not in self.page.url

    def signs_out(self) -> None:
        """Leave, so that somebody else can sign in with this browser."""
        self.page.context.clear_cookies()

    def signs_up(self, address: str) -> Account:
        """Make an account, confirm its address by the link in the mail, sign in."""
        account = Account(address, secrets.token_urlsafe(12))
        self.opens("/accounts/signup/")
        self.fills(Email=account.email, Password=account.password)
        self.submits()
        self.opens(self.site.link_to(address, containing="/confirm-email/"))
        self.submits()
        self.signs_in(account)
        return account

    def fills(self, **fields: str) -> None:
        """Fill the fields of these labels; `_` stands for a blank."""
        for label, value in fields.items():
            name = label.replace("_", " ")
            self.main.get_by_label(name, exact=False).first.fill(value)

    def ticks(self, label: str) -> None:
        """Tick the first box of this label."""
        self.main.get_by_label(label, exact=False).first.check()

    def submits(self) -> None:
        """Send the first form of the page and look at what comes."""
        self.main.locator("form button[type=submit]").first.click()
        self.looks()

    def pauses(self) -> None:
        """Take the moment in which Wagtail keeps a draft, as people do."""
        self.page.wait_for_timeout(3_000)

    @property
    def main(self) -> Locator:
        """Return the part of the page that is not its frame."""
        return self.page.get_by_role("main")

    def looks(self) -> None:
        """Check the open page with axe, and that nothing runs out of a phone."""
        self.page.wait_for_load_state()
        self._waits_for_messages()
        for viewport, scheme in ((PHONE, "dark"), (DESKTOP, "light")):
            self.page.set_viewport_size(viewport)
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            self._find_violations(f"{self.page.url} ({scheme}, {viewport['width']})")
            if viewport is PHONE:
                self._find_overflow()

    def _waits_for_messages(self) -> None:
        """Let Wagtail's messages, which slide in, come to rest."""
        if self.page.locator(".messages li").count():
            self.page.wait_for_timeout(1_000)

    def _find_violations(self, where: str) -> None:
        for violation in axe.run(self.page).response["violations"]:
            nodes = [node["html"][:200] for node in violation["nodes"][:3]]
            self.complaints.append(f"{where}: {violation['help']}: {nodes}")

    def _find_overflow(self) -> None:
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"] and not self.page.url.startswith(
            self.site.address + "/cms/"
        ):
            self.complaints.append(f"{self.page.url}: {width} px wide on a phone")

    def _hear(self, message) -> None:
        if message.type == "error" and "/cms/" not in self.page.url:
            self.complaints.append(f"{self.page.url}: console: {message.text}")

    def _missed(self, url: str) -> None:
        if not url.startswith(self.site.address):
            self.complaints.append(f"asked another host: {url}")
