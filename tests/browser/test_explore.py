"""The explore notebook in JupyterLab: its controls change the page below them."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect
from watching import Watch

from demine_analysis.publishing.manifest import find_notebook

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


def test_nothing_went_wrong_and_nothing_was_fetched(ran: Page, lab: str, watch: Watch) -> None:
    assert ran.locator(ERROR).all_inner_texts() == []
    bad = [line for line in watch.said if line.startswith(("error", "exception"))]
    assert bad == []
    server = lab.split("/lab", maxsplit=1)[0].removeprefix("http://")
    schemes = (f"http://{server}", f"ws://{server}", "data:", "blob:")
    assert [url for url in watch.asked if not url.startswith(schemes)] == []
