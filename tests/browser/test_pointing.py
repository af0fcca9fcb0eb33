"""Pointer, finger and keyboard tell the values that the table below a chart has."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Every kind of chart is on one of these; other programmes and languages share them.
PAGES = ["trend", "clearance-rate", "projection", "data-audit", "compare"]
POINTS = 30

CHART = """(figure) => {
  const plot = figure.querySelector(".demine-plot"), box = plot.getBoundingClientRect();
  const cells = (row) => [...row.cells].map((cell) => cell.textContent).filter(Boolean);
  return {
    box: [box.left, box.top, box.width, box.height],
    places: plot.dataset.points.split(";").filter(Boolean).map((each) => each.split(" ")),
    rows: [...figure.querySelectorAll(".demine-values tbody tr")].map(cells),
  };
}"""


def charts(page: Page) -> list[Locator]:
    return [each for each in page.locator("figure.demine-figure").all()
            if each.locator(".demine-values tbody tr").count()]  # fmt: skip


def said(figure: Locator) -> str:
    words = figure.locator(".demine-reading")
    assert words.is_visible()
    return " ".join((words.text_content() or "").split())


def in_words(row: list[str]) -> str:
    return " ".join(f"{row[0]} {' · '.join(row[1:])}".split())


def alike(known: dict[str, Any], at: int) -> set[str]:
    """Return what may be told at a point: rows that stand at the same place, to a pixel."""
    x, y, _ = known["places"][at]
    return {
        in_words(row)
        for (across, down, _), row in zip(known["places"], known["rows"], strict=True)
        if abs(float(across) - float(x)) < 0.4 and abs(float(down) - float(y)) < 0.4
    }


@pytest.mark.parametrize("name", PAGES)
def test_pointer_and_finger_tell_what_the_table_has(
    browser: Browser, site: Path, name: str
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, has_touch=True)
    page = context.new_page()
    page.goto((site / f"{name}.html").as_uri())
    shown = charts(page)
    assert shown
    for figure in shown:
        figure.locator(".demine-plot").scroll_into_view_if_needed()
        known = figure.evaluate(CHART)
        assert len(known["places"]) == len(known["rows"])
        left, top, width, height = known["box"]
        chosen = random.Random(name).sample(  # noqa: S311 - no secret
            range(len(known["rows"])), min(POINTS, len(known["rows"]))
        )
        for turn, at in enumerate(chosen):
            x, y, _ = known["places"][at]
            place = left + float(x) / 100 * width, top + float(y) / 100 * height
            if not 0 < place[1] < 900:
                continue
            (page.touchscreen.tap if turn % 3 == 0 else page.mouse.move)(*place)
            assert said(figure) in alike(known, at)
        page.mouse.move(0, 0)
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_arrow_keys_tell_every_row_once(browser: Browser, site: Path, name: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((site / f"{name}.html").as_uri())
    for figure in charts(page):
        known = figure.evaluate(CHART)
        plot = figure.locator(".demine-plot")
        plot.focus()
        plot.press("Home")
        heard = [said(figure)]
        for _ in range(min(POINTS, len(known["rows"]) - 1)):
            plot.press("ArrowRight")
            heard.append(said(figure))
        assert set(heard) <= {in_words(row) for row in known["rows"]}
        if len(known["rows"]) <= POINTS:
            assert sorted(heard) == sorted(in_words(row) for row in known["rows"])
        plot.press("Escape")
        assert not figure.locator(".demine-reading").is_visible()
    context.close()


def test_without_the_script_the_table_is_there(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "trend.html").as_uri())
    values = page.locator("#figure-by-year .demine-values")
    values.locator("summary").click()
    assert values.locator("tbody tr").first.is_visible()
    assert page.locator(".demine-reading").count() == 0
    context.close()
