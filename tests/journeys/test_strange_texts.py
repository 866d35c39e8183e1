"""Whatever people send as a text, a name or a title: no script of theirs runs."""

import re
import urllib.request
import xml.etree.ElementTree as ET
from urllib.parse import quote

import pytest

from tests.journeys import strange

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not strange.DATA.exists(), reason="needs FOLKMOOT_DATA"),
]

# Runs before any script of a page: tells if one of the usual ones was called.
WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print"])
  window[name] = (...said) => { window.ran.push(name + said); };
"""
# What would run a script, now or at a touch, and is not one of ours.
FIND = r"""() => {
  const found = [...window.ran];
  for (const each of document.querySelectorAll("*")) {
    for (const { name, value } of each.attributes) {
      if (/^on/i.test(name)) found.push(each.outerHTML);
      if (/^(href|src|action|formaction|xlink:href|data|srcdoc)$/i.test(name)
          && /^[\s\x00-\x1f]*(javascript|vbscript|data):/i.test(value)) found.push(each.outerHTML);
    }
  }
  for (const script of document.scripts)
    if (!script.src.startsWith(location.origin + "/static/")) found.push(script.outerHTML);
  for (const each of document.querySelectorAll("iframe, object, embed, base, frame, applet"))
    found.push(each.outerHTML);
  return found;
}"""


@pytest.fixture
def page(browser, site):
    """Open a browser that would run what the policy of the site forbids."""
    context = browser.new_context(base_url=site.address, bypass_csp=True)
    context.add_init_script(WATCH)
    context.route(
        lambda url: not url.startswith(site.address), lambda route: route.abort()
    )
    yield context.new_page()
    context.close()


def is_harmless(page):
    assert page.evaluate(FIND) == [], page.url
    # And again, after what would have run a little later.
    page.wait_for_timeout(50)
    assert page.evaluate("window.ran") == [], page.url


def test_no_script_of_a_stranger_runs_anywhere(page, site):
    told = site.manage(
        "shell", "--command",
        "from tests.journeys import strange; print(*strange.store())",
    )  # fmt: skip
    discussion, root, edited = re.findall(r"\d+", told.splitlines()[-1])
    parts = -(-len(list(strange.texts())) // 50)
    paths = [
        f"/discussions/{discussion}/",
        f"/discussions/{discussion}/figures/",
        f"/comments/{edited}/history/",
        f"/comments/{edited}/reply/",
        "/strange-texts/",
        *(f"/comments/{root}/?block={part}" for part in range(parts - 1)),
    ]
    for path in paths:
        page.goto(path)
        is_harmless(page)
    for text in list(strange.texts())[::40]:
        sent = quote(text[:100], safe="", errors="replace")
        for key in ("q", "language", "sort", "cursor", "since"):
            page.goto(f"/discussions/{discussion}/?{key}={sent}")
            is_harmless(page)
    for text in list(strange.texts())[::60]:
        page.goto(f"/discussions/{discussion}/comment/")
        page.locator("textarea[name=text]").fill(text)
        page.get_by_role("button", name="Preview").click()
        page.wait_for_load_state()
        is_harmless(page)

    with urllib.request.urlopen(f"{site.address}{paths[0]}feed/") as feed:
        assert feed.headers["X-Content-Type-Options"] == "nosniff"
        # A parser takes it: nothing in it ends where it should not.
        ET.fromstring(feed.read())
