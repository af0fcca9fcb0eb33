"""The explore notebook in JupyterLab: controls, chart, statements, and the cell to copy."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pandas as pd
import pytest
from playwright.sync_api import expect
from watching import Watch

import demine_analysis as da
from demine_analysis.publishing.manifest import find_notebook
from demine_analysis.report.plots import theme
from demine_analysis.wording import formats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Longest waits: for the server, for a kernel and the first reconciliation, for a change.
SERVER_S = 120
RUN_MS = 300_000
CHANGE_MS = 180_000
#: What a cell shows that failed, or that wrote to stderr.
ERROR = ", ".join(
    f"[data-mime-type='application/vnd.jupyter.{kind}']" for kind in ("error", "stderr")
)
OWN = ("config", "data", "runtime")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(SERVER_S * 5):
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except URLError:
            assert server.poll() is None, "JupyterLab ended"
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not answer within {SERVER_S} s")


@pytest.fixture(scope="module")
def lab(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001 - no browser, no server
    """Return the address of the notebook in a JupyterLab of its own, with nobody's settings."""
    folder = tmp_path_factory.mktemp("lab")
    (folder / "notebooks").mkdir()
    shutil.copy(find_notebook("explore"), folder / "notebooks" / "explore.ipynb")
    home = {f"JUPYTER_{name.upper()}_DIR": str(folder / name) for name in OWN}
    port, token = free_port(), secrets.token_hex(16)
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
        *(f"--port={port}", "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}"),
        *(f"--ServerApp.root_dir={folder / 'notebooks'}", "--LabApp.news_url="),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command,
            env={**os.environ, **home, "IPYTHONDIR": str(folder / "ipython")},
            stdout=log,
            stderr=log,
        )
        try:
            wait_until_up(f"http://127.0.0.1:{port}/api", server)
            yield f"http://127.0.0.1:{port}/lab/tree/explore.ipynb?token={token}"
        finally:
            server.terminate()
            server.wait(timeout=60)


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
def ran(browser: Browser, lab: str, watch: Watch) -> Iterator[Page]:
    """Return the notebook after Run All Cells."""
    page = watch.over(browser.new_page(viewport={"width": 1400, "height": 1000}))
    page.goto(lab)
    # Before the kernel is there, JupyterLab would ask which one to take.
    page.get_by_text("| Idle").wait_for(timeout=RUN_MS)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    figures(page).or_(page.locator(ERROR)).first.wait_for(timeout=RUN_MS)
    assert page.locator(ERROR).all_inner_texts() == []
    yield page
    page.close()


def output(page: Page) -> Locator:
    return page.locator(".jp-OutputArea-output .jupyter-widgets")


def figures(page: Page) -> Locator:
    return output(page).locator("figure .demine-plot svg")


def choose(page: Page, control: str, option: str) -> None:
    """Choose as a reader does, and wait until the page below speaks of it."""
    before = figures(page).first.inner_html()
    output(page).get_by_label(control, exact=True).select_option(label=option)
    expect(figures(page).first).not_to_be_empty(timeout=CHANGE_MS)
    page.wait_for_function(
        "([selector, before]) => { const now = document.querySelector(selector);"
        " return now && now.innerHTML !== before }",
        arg=[".jp-OutputArea-output .jupyter-widgets figure .demine-plot svg", before],
        timeout=CHANGE_MS,
    )


def statements(page: Page) -> list[str]:
    return output(page).locator("table[id] tbody th").all_inner_texts()


def test_figure_and_statements_stand_below_the_controls(ran: Page) -> None:
    expect(figures(ran)).to_have_count(2)
    assert statements(ran)
    link = output(ran).locator("table[id] tbody td a").first
    assert str(link.get_attribute("href")).startswith("http")
    # The statements of a chart lead to their pages, too: no list of sources stands in a notebook.
    values = output(ran).locator(".demine-values tbody td a")
    links = values.evaluate_all("all => all.map((each) => each.getAttribute('href'))")
    assert links
    assert all(each.startswith("http") for each in links)


def test_another_district_changes_figure_and_statements(ran: Page) -> None:
    before = statements(ran)
    choose(ran, "District", "Aghdam")
    expect(output(ran).get_by_text("Aghdam", exact=False).last).to_be_visible()
    after = statements(ran)
    assert after
    assert after != before


def test_another_metric_changes_figure_and_unit(ran: Page) -> None:
    choose(ran, "District", "all")
    choose(ran, "Metric", "anti-vehicle mines")
    expect(output(ran).locator(".demine-lead")).to_contain_text("Anti-vehicle mines")
    expect(figures(ran).first).to_contain_text("items")


def test_selection_can_be_saved_as_csv_and_png(ran: Page) -> None:
    output(ran).locator("#figure-selection summary").click()
    for name in ("selection.csv", "selection.png"):
        link = output(ran).locator(f'a[download="{name}"]')
        with ran.expect_download() as waiting:
            link.click()
        assert waiting.value.suggested_filename == name


def test_bad_day_is_one_sentence(ran: Page) -> None:
    day = output(ran).get_by_label("Start", exact=True)
    day.fill("yesterday")
    day.press("Enter")
    expect(output(ran).locator(".demine-missing")).to_contain_text("yesterday", timeout=CHANGE_MS)
    day.fill("")
    day.press("Enter")
    figures(ran).first.wait_for(timeout=CHANGE_MS)


@pytest.fixture(scope="module")
def chart(ran: Page) -> Locator:
    """Return the chart of the whole work of Azerbaijan, as it is drawn at first."""
    choose(ran, "Metric", "cleared area")
    drawn = output(ran).locator(".vega-embed svg.marks")
    expect(drawn).to_have_count(1, timeout=CHANGE_MS)
    expect(drawn).to_contain_text("reconciled, with bands")
    drawn.scroll_into_view_if_needed()
    return drawn


@pytest.fixture(scope="module")
def reconciled() -> da.Reconciliation:
    return da.reconcile(da.load_statements("azerbaijan"))


def place(chart: Locator, across: float, down: float) -> tuple[float, float]:
    box = chart.bounding_box()
    assert box is not None
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def told(page: Page) -> dict[str, str]:
    """Return what the chart tells of the value that is pointed at."""
    words = page.locator("#vg-tooltip-element.visible")
    expect(words).to_be_visible()
    cells = words.locator("td").all_inner_texts()
    return dict(zip((each.strip(" :") for each in cells[::2]), cells[1::2], strict=True))


def ticks(chart: Locator) -> list[str]:
    """Return the labels of both axes; Vega appends those that are new."""
    return sorted(chart.locator(".role-axis-label text").all_text_contents())


def test_pointing_tells_the_total_of_the_days(
    ran: Page, chart: Locator, reconciled: da.Reconciliation
) -> None:
    heard = set()
    for across in (0.3, 0.5, 0.7, 0.9):
        ran.mouse.move(*place(chart, across, 0.5))
        words = told(ran)
        if words["What"] != "reconciled":
            continue
        day = pd.to_datetime(words["For"].removeprefix("up to "))
        total = reconciled.total(reconciled.start, day)
        lower, upper = total["lower_80"], total["upper_80"]
        step = formats.step_of(lower, upper)
        assert words["Value"] == f"{formats.number(total['median'], step=step)} ha"
        assert words["80% interval"] == formats.interval(lower, upper)
        heard.add(day)
    assert heard


def test_a_click_on_a_published_figure_shows_its_statement(ran: Page, chart: Locator) -> None:
    mark = chart.locator(f".role-mark path[fill='{theme.ORANGE}']").last
    box = mark.bounding_box()
    assert box is not None
    ran.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shown = output(ran).locator("table[id*='behind'] tbody tr")
    expect(shown).to_have_count(1, timeout=CHANGE_MS)
    name = shown.locator("th").inner_text()
    printed = da.load_statements("azerbaijan").set_index("statement_id").loc[name]
    assert printed["period"] == "cumulative"
    assert formats.printed(float(str(printed["value"]))) in shown.inner_text()
    pages = da.load_sources("azerbaijan").set_index("source_id")["url"]
    link = shown.locator("a")
    assert link.get_attribute("href") == pages[printed["source_id"]]
    assert link.get_attribute("target") == "_blank"  # JupyterLab stays


def test_the_wheel_zooms_and_a_double_click_goes_back(ran: Page, chart: Locator) -> None:
    before = ticks(chart)
    ran.mouse.move(*place(chart, 0.5, 0.5))
    ran.keyboard.down("Control")
    ran.mouse.wheel(0, -900)
    ran.keyboard.up("Control")
    assert "2021" in before
    expect(chart).not_to_contain_text("2021")
    assert ticks(chart) != before
    ran.mouse.dblclick(*place(chart, 0.5, 0.5))
    expect(chart).to_contain_text("2021")
    assert ticks(chart) == before


def test_a_second_district_is_laid_over_the_first(ran: Page, chart: Locator) -> None:
    beside = output(ran).get_by_label("A second selection beside it")
    beside.click()
    districts = output(ran).get_by_label("District", exact=True)
    expect(districts).to_have_count(2, timeout=CHANGE_MS)
    districts.nth(1).select_option(label="Fuzuli")
    expect(chart).to_contain_text("all districts: published", timeout=CHANGE_MS)
    expect(chart).to_contain_text("Fuzuli")
    output(ran).get_by_text("Copy as Python").click()
    cell = output(ran).locator("textarea")
    expect(cell).to_have_value(re.compile(r"Scope\(metric='area_cleared', district='Fuzuli'\)"))
    beside.click()
    expect(chart).to_contain_text("reconciled, with bands", timeout=CHANGE_MS)


def test_nothing_went_wrong_and_nothing_was_fetched(ran: Page, lab: str, watch: Watch) -> None:
    assert ran.locator(ERROR).all_inner_texts() == []
    bad = [line for line in watch.said if line.startswith(("error", "exception"))]
    assert bad == []
    server = lab.split("/lab", maxsplit=1)[0].removeprefix("http://")
    schemes = (f"http://{server}", f"ws://{server}", "data:", "blob:")
    assert [url for url in watch.asked if not url.startswith(schemes)] == []
