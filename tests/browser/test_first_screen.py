"""A report opens with its finding, a chart and three figures, and says no figure thrice."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from demine_analysis.publishing.manifest import load_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORTS = [each for each in load_manifest().reports if not each.name.startswith("about")]
ENGLISH = {each.name for each in REPORTS if each.parameters.get("language", "en") == "en"}
SCREENS = [(1280, 800), (390, 844)]
MOST_WORDS = 750
MOST_FIGURES = 3

#: The text of a page without tables, charts and sources, whose lengths the data decide.
TEXT = """() => {
  const page = document.querySelector("body").cloneNode(true);
  page.querySelectorAll("table, svg, script, style, .demine-sources, .demine-reading").forEach(
    (each) => each.remove());
  return page.textContent.replace(/\\s+/g, " ").trim();
}"""
#: A number that is no year, no day and no interval's probability.
NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)")
_OF_DAYS_AND_INTERVALS = 100


def numbers(text: str) -> Counter[str]:
    """Return the figures of a text: years, days, and small numbers are none."""
    found = Counter(NUMBER.findall(text))
    return Counter({
        each: count
        for each, count in found.items()
        if float(each.replace(",", "")) >= _OF_DAYS_AND_INTERVALS
        and not re.fullmatch(r"(?:19|20)\d\d", each)
    })  # fmt: skip


@pytest.mark.parametrize("name", [each.name for each in REPORTS])
def test_page_opens_with_its_finding_is_short_and_repeats_nothing(
    browser: Browser, site: Path, name: str
) -> None:
    page = browser.new_page()
    page.goto((site / f"{name}.html").as_uri())
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        has_its_first_screen(page, height)
    told_to_machines(page)
    assert (site / f"{name}.html").stat().st_size < 900_000
    if name in ENGLISH:
        text = str(page.evaluate(TEXT))
        assert len(text.split()) <= MOST_WORDS
        assert [each for each, count in numbers(text).items() if count > 2] == []
    page.close()


def has_its_first_screen(page: Page, height: int) -> None:
    heading = page.get_by_role("heading", level=1)
    assert len((heading.text_content() or "").split()) > 3
    chart = page.locator(".demine-opening .demine-plot, .demine-opening .demine-missing")
    facts = page.locator(".demine-opening .demine-fact")
    assert facts.count() <= MOST_FIGURES
    for part in (heading, chart.first, *facts.all()):
        box = part.bounding_box()
        assert box is not None
        # The last lines of a third figure may need a turn of the wheel on a phone.
        assert box["y"] < height - 20
    figures = " ".join(facts.locator("strong").all_inner_texts())
    shown = numbers(f"{heading.inner_text()} {figures}")
    assert [each for each, count in shown.items() if count > 1] == []


def told_to_machines(page: Page) -> None:
    heading = page.locator("h1").text_content()
    assert page.locator('meta[name="description"]').get_attribute("content") == heading
    assert page.title()
    (told,) = page.locator('script[type="application/ld+json"]').all_text_contents()
    assert json.loads(told)["headline"] == heading


def test_index_tells_machines_where_the_data_are(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    found = page.locator('script[type="application/ld+json"]').all_text_contents()
    assert found
    for told in map(json.loads, found):
        assert told["@type"] == "Dataset"
        assert all((site / each["contentUrl"]).is_file() for each in told["distribution"])
    page.close()


def test_numbers_of_a_text_are_found() -> None:
    found = numbers("In 2024 62,024 ha, 62,024 (80% of 1,639.6) by 31 December 2025; 5.5 km², 100.")
    assert found == {"62,024": 2, "1,639.6": 1, "100": 1}
