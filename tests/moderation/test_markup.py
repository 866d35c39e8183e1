"""What a stored text looks like to its readers."""

import random
import re
import threading
from html.parser import HTMLParser

import pytest

from moderation import sanitize
from moderation.sanitize import html
from tests.moderation import civic
from tests.moderation.payloads import PAYLOADS, Faults, load

SLOW = pytest.mark.slow


def words_of(markup: str) -> str:
    """Return the text a reader sees, without spaces."""
    pieces: list[str] = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = pieces.append
    parser.feed(markup)
    parser.close()
    return re.sub(r"\s", "", "".join(pieces))


class TestRender:
    @pytest.mark.parametrize(
        ("text", "markup"),
        [
            ("One\ntwo\n\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>"),
            ("*a* **b** _c_", "<p><em>a</em> <strong>b</strong> <em>c</em></p>"),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
            ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
            (
                "24. Dezember: geschlossen",
                '<ol start="24">\n<li>Dezember: geschlossen</li>\n</ol>',
            ),
            ("> a\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>"),
            ("a < b & c > d", "<p>a &lt; b &amp; c &gt; d</p>"),
            ("&amp; &copy;", "<p>&amp;amp; &amp;copy;</p>"),
            ("", ""),
        ],
    )
    def test_means_a_little_markdown(self, text, markup):
        assert sanitize.render(text) == markup

    @pytest.mark.parametrize(
        "text",
        [
            "Bürger*innen und Besucher*innen",
            "snake_case_name",
            "2 * 3 * 4",
            "# no heading",
            "    no code",
            "`no code`",
            "<b>no HTML</b>",
            "| no | table |",
            "---",
            "[x]: no reference",
            "![no image](x.png)",
            "[no link](/cms/)",
            "me@example.org",
        ],
    )
    def test_leaves_all_else_as_it_was_typed(self, text):
        markup = sanitize.render(text)
        assert words_of(markup) == text.replace(" ", "")
        assert set(re.findall(r"<(\w+)", markup)) == {"p"}

    @pytest.mark.parametrize(
        ("text", "href", "words"),
        [
            ("https://a.example/b", "https://a.example/b", "https://a.example/b"),
            ("See https://a.example.", "https://a.example", "https://a.example"),
            ("(www.a.example)", "https://www.a.example", "www.a.example"),
            ("bonn.de/rad", "https://bonn.de/rad", "bonn.de/rad"),
            ("[our plan](http://a.example)", "http://a.example", "our plan"),
            ("<www.a.example/b>", "https://www.a.example/b", "www.a.example/b"),
            ("*https://a.example*", "https://a.example", "https://a.example"),
            (
                "https://a.example/_b_/c?d=1&e=2",
                "https://a.example/_b_/c?d=1&amp;e=2",
                "https://a.example/_b_/c?d=1&amp;e=2",
            ),
            (
                "www.a.example/?b=1&c=2",
                "https://www.a.example/?b=1&amp;c=2",
                "www.a.example/?b=1&amp;c=2",
            ),
        ],
    )
    def test_links_web_addresses_and_vouches_for_none(self, text, href, words):
        rel = 'rel="nofollow ugc noopener"'
        assert f'<a href="{href}" {rel}>{words}</a>' in sanitize.render(text)

    def test_lets_no_link_pretend_to_lead_elsewhere(self):
        markup = sanitize.render("[https://bank.example](https://thief.example)")
        assert "bank" not in markup
        assert ">https://thief.example</a>" in markup
        markup = sanitize.render("[www.bonn.de](https://www.bonn.de/rad)")
        assert ">www.bonn.de</a>" in markup

    def test_links_nothing_that_the_rules_do_not_count(self):
        texts = ["x.de, [a](https://b.org) www.c.eu/d http://e", *PAYLOADS]
        for text in texts:
            counted = [each[0] for each in sanitize.WEB_ADDRESS.finditer(text)]
            hosts = {sanitize.host(address) for address in counted}
            for href in re.findall('href="([^"]*)"', sanitize.render(text)):
                assert sanitize.host(href) in hosts

    def test_keeps_what_lies_deeper_than_it_nests(self):
        assert words_of(sanitize.render(">" * 50 + " deep")).endswith("deep")
        assert words_of(sanitize.render("- " * 50 + "deep")).endswith("deep")

    @pytest.mark.slow
    def test_loses_no_word_whatever_signs_are_typed(self):
        signs = (
            "* ** _ > - 1. [ ] ( ) \\ a b cd < & ` ! ~ | # <b> &lt; ä 😀 + 2) y.com/"
        )
        signs = [*signs.split(), "> ", "- ", "\n", "\n\n", " ", "\t", "www.y.de", "[a]"]
        chance = random.Random(3)
        for _ in range(800):
            typed = "".join(chance.choices(signs, k=chance.randint(1, 30)))
            text = sanitize.clean_text(typed)
            markup = sanitize.render(text)
            assert Faults(markup).found == []
            assert html._by_nh3(markup) == html._by_bleach(markup) == markup
            if "](" not in text:
                letters = re.findall(r"[^\W\d_]", words_of(markup))
                assert letters == re.findall(r"[^\W\d_]", text)

    def test_writes_prose_at_once_as_it_would_step_by_step(self):
        signs = "abcäßñçШعم中あ١2 ,;?'’–€%-.:!…" + " " * 5
        chance = random.Random(5)
        step_by_step = {"@[nobody]": html.Within("/", "nobody")}
        for _ in range(400):
            typed = "".join(chance.choices(signs, k=chance.randint(1, 40)))
            text = sanitize.clean_text(typed)
            assert sanitize.render(text) == sanitize.render(text, step_by_step)

    def test_shows_very_long_texts_without_markdown(self):
        text = "*a* " * 6000
        assert "<em>" not in sanitize.render(text)
        assert words_of(sanitize.render(text)) == text.replace(" ", "")

    def test_serves_many_threads_at_once(self):
        texts = [f"**{number}** https://a.example/{number}" for number in range(40)]
        alone = [sanitize.render(text) for text in texts]
        together: dict[int, list[str]] = {}

        def work(worker: int) -> None:
            together[worker] = [sanitize.render(text) for text in texts]

        threads = [threading.Thread(target=work, args=(each,)) for each in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert list(together.values()) == [alone] * 8

    def test_is_quick_for_an_ordinary_comment(self, within_seconds):
        text = ("Der Radweg an der Kölnstraße ist zu schmal. " * 8)[:300]
        sanitize.render(text)
        with within_seconds(0.5):
            for _ in range(100):
                sanitize.render(text)

    def test_is_quick_for_real_contributions(self, within_seconds):
        texts = civic.contributions()[:500]
        with within_seconds(3):
            for text in texts:
                sanitize.render(sanitize.clean_text(text))

    @pytest.mark.parametrize(
        "size",
        [2_000, pytest.param(6_000, marks=SLOW), pytest.param(100_000, marks=SLOW)],
    )
    def test_withstands_markdown_bombs(self, size, within_seconds):
        # Known hole 26: slow parsing of long input.
        for bomb in load("markdown-pathological/pathological.json"):
            whole = sum(len(part) * count for part, count in bomb["parts"])
            share = min(1, size / whole)
            text = "".join(
                part * max(1, int(count * share)) for part, count in bomb["parts"]
            )
            with within_seconds(1):
                markup = sanitize.render(sanitize.clean_text(text))
            assert Faults(markup).found == [], bomb["name"]
