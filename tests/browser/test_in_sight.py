"""What a reader looks for is in sight: founding figures with days and page, suspects by choice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: The figures that the project began with, and the days that each counts, as its page prints them.
FOUNDING = {
    **dict.fromkeys(("27,204", "8,318", "9,176", "1,951", "708", "628"), "17 June 2025"),
    "1,639.6": "7 – 13 July 2025",
    **dict.fromkeys(("68,900", "5,600"), "6 March 2023"),
    "41,915": "2022",
}
PAGES = ("trend", "clearance-rate", "projection")

#: Rows of tables that are seen without opening anything, each as its text and its links.
ROWS = """() => [...document.querySelectorAll("main tr")]
  .filter((row) => !row.closest("details") && row.checkVisibility())
  .map((row) => [row.innerText, [...row.querySelectorAll("a")].map((link) => link.href)])"""


def test_founding_figures_are_in_sight_with_days_and_page(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    rows: list[tuple[str, list[str]]] = []
    for name in PAGES:
        page.goto((site / f"{name}.html").as_uri())
        rows += page.evaluate(ROWS)
    page.close()
    for figure, days in FOUNDING.items():
        alone = re.compile(rf"(?<![\d.,]){re.escape(figure)}(?:\.\d+)?(?![\d,])")
        found = [links for text, links in rows if alone.search(text) and days in text]
        assert found, figure
        assert all(any(each.startswith("http") for each in links) for links in found), figure


def shown(page: Page) -> int:
    return page.locator(".demine-filtered tbody tr:visible").count()


@pytest.mark.parametrize("width", [390, 1280])
def test_suspects_can_be_chosen_by_keyboard(browser: Browser, site: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    page.goto((site / "data-audit.html").as_uri())
    folded = page.locator(".demine-filtered details:not([open])").count()
    every, before = page.locator(".demine-filtered tbody tr").count(), shown(page)
    assert folded
    assert before < every
    page.get_by_label("What is counted", exact=True).focus()
    page.keyboard.type("anti-vehicle")
    page.keyboard.press("Tab")
    page.keyboard.type("2024")
    rows = page.locator(".demine-filtered tbody tr:visible")
    expect(page.locator(".demine-filter output")).to_have_text(f"{shown(page)} of {every}")
    assert 0 < rows.count() < before
    assert all("anti-vehicle mines" in text for text in rows.all_inner_texts())
    assert all("2024" in text for text in rows.all_inner_texts())
    for label in ("What is counted", "Year"):
        page.get_by_label(label, exact=True).select_option("")
    assert shown(page) == before
    page.close()


def test_without_scripts_all_suspects_are_there_and_no_list(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "data-audit.html").as_uri())
    assert page.locator("select:visible").count() == 0
    assert page.locator(".demine-filtered tbody tr").count() > shown(page) > 0
    assert page.locator(".demine-filtered summary:visible").count()
    context.close()
