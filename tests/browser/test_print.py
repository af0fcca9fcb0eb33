"""Pages on A4 paper: figures stay whole, nothing is cut off, sources have their addresses."""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from demine_analysis.publishing.manifest import load_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Paper is the same whatever the programme: each notebook with figures once, in each language.
_ONCE = {
    (report.notebook, report.parameters.get("language")): report.name
    for report in reversed(load_manifest().reports)
}
REPORTS = [name for name in _ONCE.values() if not name.startswith("about")]

#: Puts a word into the upper and the lower edge of each figure. They take no room.
MARK = """() => document.querySelectorAll('figure').forEach(figure => {
  figure.style.position = 'relative';
  for (const edge of ['top', 'bottom']) {
    const mark = document.createElement('span');
    mark.textContent = `<${figure.id} ${edge}>`;
    mark.style.cssText = `position: absolute; left: 0; ${edge}: 0; font: 3px monospace`;
    figure.append(mark);
  }
})"""
#: Few pages are new, and their addresses may be short.
BULLETINS = ("bulletin", "ukraine-bulletin", "yemen-bulletin")
#: The inside of an A4 page with margins of 15 mm, in CSS pixels.
INSIDE = 680


def opened(browser: Browser, path: Path) -> Page:
    page = browser.new_page(color_scheme="dark", viewport={"width": INSIDE, "height": 900})
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    return page


def printed(page: Page) -> list[str]:
    """Return the text of each printed page."""
    return [each.extract_text() for each in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def torn(page: Page) -> list[str]:
    """Return the figures whose edges are printed on different pages."""
    page.evaluate(MARK)
    figures = page.eval_on_selector_all("figure", "all => all.map(each => each.id)")
    texts = printed(page)
    places = {
        (figure, edge): [at for at, text in enumerate(texts) if f"<{figure} {edge}>" in text]
        for figure in figures
        for edge in ("top", "bottom")
    }
    assert figures
    assert all(len(at) == 1 for at in places.values()), places
    return [each for each in figures if places[each, "top"] != places[each, "bottom"]]


@pytest.mark.parametrize("name", REPORTS)
def test_no_figure_is_torn_between_pages(browser: Browser, site: Path, name: str) -> None:
    page = opened(browser, site / f"{name}.html")
    assert torn(page) == []
    page.close()


def test_a_torn_figure_is_noticed(browser: Browser, site: Path) -> None:
    page = opened(browser, site / "trend.html")
    page.eval_on_selector_all("figure", "all => all.forEach(f => { f.style.breakInside = 'auto' })")
    assert torn(page)
    page.close()


@pytest.mark.parametrize("name", ["index", "about", *REPORTS])
def test_nothing_is_wider_than_the_paper(browser: Browser, site: Path, name: str) -> None:
    page = opened(browser, site / f"{name}.html")
    widest = page.eval_on_selector_all(
        "body *", "all => Math.max(...all.map(each => each.getBoundingClientRect().right))"
    )
    assert widest <= INSIDE
    page.close()


@pytest.mark.parametrize("name", REPORTS)
def test_paper_is_light_and_has_addresses_in_place_of_links(
    browser: Browser, site: Path, name: str
) -> None:
    page = opened(browser, site / f"{name}.html")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator(".demine-links").first.is_visible()
    assert not page.locator("nav.contents").is_visible()
    texts = printed(page)
    assert all(re.search(rf"{at} */ *{len(texts)}\b", text) for at, text in enumerate(texts, 1))
    # As written, not as the browser sends them: letters of other alphabets are printed as such. Of
    # those that are written with joined signs, what is read back from a PDF is another order.
    written = "all => all.map(a => a.getAttribute('href'))"
    every = page.eval_on_selector_all(".demine-sources a", written)
    addresses = [each for each in every if max(each) < "\u0900"]
    assert len(addresses) >= 0.75 * len(every)
    assert max(map(len, every), default=0) > 80 or name.startswith(BULLETINS)
    # An address that goes on on the next page has the page's number in between.
    bare = [re.sub(rf"{at} */ *{len(texts)}\b", "", text) for at, text in enumerate(texts, 1)]
    # A font may print two letters as one sign: "ffi" in one.
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", "".join(bare)))
    missing = [each for each in addresses if re.sub(r"\s", "", each) not in text]
    assert len(missing) <= 0.05 * len(addresses)
    page.close()
