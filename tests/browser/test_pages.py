"""Every page of a site, light and dark, on a phone and on a desk."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from watching import Watch

from demine_analysis.publishing.manifest import load_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    Scheme = Literal["light", "dark"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Each notebook once in each language, and two of other programmes.
_ONCE = {
    (report.notebook, report.parameters.get("language")): report.name
    for report in reversed(load_manifest().reports)
}
PAGES = ["index", *_ONCE.values(), "ukraine-clearance-rate", "yemen-trend"]
WIDTHS = [390, 1280]

#: All rules of axe-core that are on by default, and those of WCAG 2.2 AA that are not.
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def opened(
    browser: Browser,
    path: Path,
    *,
    scheme: Scheme = "light",
    width: int = 1280,
    bypass_csp: bool = False,
    watch: Watch | None = None,
) -> Page:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=bypass_csp
    )
    page = context.new_page()
    if watch is not None:
        watch.over(page)
    page.goto(path.as_uri())
    return page


def axe_finds(page: Page) -> list[str]:
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{each['id']}: {[node['html'][:200] for node in each['nodes']]}" for each in found]


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def invented(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><title>T</title>{body}", encoding="utf-8")
    return path


# Colours depend on the scheme and the layout on the width: each of them is seen once.
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_page_is_silent_alone_and_fits(
    browser: Browser, site: Path, name: str, scheme: Scheme, width: int
) -> None:
    path, watch = site / f"{name}.html", Watch()
    page = opened(browser, path, scheme=scheme, width=width, watch=watch)
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert dark == (scheme == "dark")
    assert watch.said == []
    assert path.as_uri() in watch.asked
    assert watch.elsewhere(path.as_uri()) == []
    assert not scrolls_sideways(page)
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1280)])
def test_axe_finds_nothing(
    browser: Browser, site: Path, name: str, scheme: Scheme, width: int
) -> None:
    # Pages forbid scripts, and axe is one.
    page = opened(browser, site / f"{name}.html", scheme=scheme, width=width, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert axe_finds(page) == []
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_links_within_the_site_lead_somewhere(browser: Browser, site: Path, name: str) -> None:
    page = opened(browser, site / f"{name}.html")
    links = page.eval_on_selector_all(
        "a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"
    )
    inside = [link for link in links if not link.startswith(("https://", "http://"))]
    assert inside
    for link in set(inside):
        file, _, anchor = link.partition("#")
        target = site / (file or f"{name}.html")
        assert target.is_file(), link
        assert not anchor or f'id="{anchor}"' in target.read_text(encoding="utf-8"), link
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_page_has_landmarks_and_headings_in_order(browser: Browser, site: Path, name: str) -> None:
    page = opened(browser, site / f"{name}.html")
    assert page.get_by_role("main").count() == 1
    assert page.evaluate("document.documentElement.lang")
    levels = page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    page.context.close()


@pytest.mark.parametrize("name", PAGES)
def test_identifiers_are_unique(browser: Browser, site: Path, name: str) -> None:
    page = opened(browser, site / f"{name}.html")
    names = page.eval_on_selector_all("[id]", "all => all.map(each => each.id)")
    assert "" not in names
    assert len(set(names)) == len(names)
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_contents_leave_room_on_a_phone(browser: Browser, site: Path, width: int) -> None:
    page = opened(browser, site / "trend.html", width=width)
    assert page.locator("nav.contents ol").is_visible() == (width == 1280)
    heading = page.get_by_role("heading", level=1).bounding_box()
    assert heading is not None
    assert heading["y"] < 200
    page.context.close()


def test_watch_notices_what_it_is_there_for(browser: Browser, tmp_path: Path) -> None:
    path, watch = tmp_path / "page.html", Watch()
    invented(tmp_path, "<script>console.error('no')</script><img src='http://127.0.0.1:9/x.png'>")
    opened(browser, path, watch=watch).context.close()
    assert "error: no" in watch.said
    assert watch.elsewhere(path.as_uri()) == ["http://127.0.0.1:9/x.png"]


def test_a_page_too_wide_is_noticed(browser: Browser, tmp_path: Path) -> None:
    path = invented(tmp_path, "<p style='width: 2000px'>wide</p>")
    page = opened(browser, path, width=390)
    assert scrolls_sideways(page)
    page.context.close()


def test_axe_notices_pale_text_and_small_targets(browser: Browser, tmp_path: Path) -> None:
    small = "<a href='#a' style='display:inline-block;font-size:5px'>a</a>" * 4
    path = invented(tmp_path, f"<p style='color: #bbb'>pale</p>{small}")
    page = opened(browser, path, bypass_csp=True)
    found = json.dumps(axe_finds(page))
    assert "color-contrast" in found
    assert "target-size" in found
    page.context.close()
