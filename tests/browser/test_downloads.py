"""The CSV files inside the pages: what a reader's click saves is what the figure shows."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import demine_analysis as da
from demine_analysis.publishing.manifest import load_manifest

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# What a cell offers is the same whatever the programme: each notebook once, in each language.
_ONCE = {
    (report.notebook, report.parameters.get("language")): report.name
    for report in reversed(load_manifest().reports)
}
REPORTS = [name for name in _ONCE.values() if not name.startswith("about")]
INTERVAL = ["median", "lower_50", "upper_50", "lower_80", "upper_80", "lower_95", "upper_95"]

Downloads = dict[str, dict[str, bytes]]


@pytest.fixture(scope="module")
def downloads(browser: Browser, site: Path) -> Downloads:
    """Return the content of every CSV link as the browser reads it, by page and file name."""
    found: Downloads = {}
    for name in REPORTS:
        page = browser.new_page()
        page.goto((site / f"{name}.html").as_uri())
        links = page.eval_on_selector_all(
            "a[download]", "all => all.map(a => [a.download, a.href])"
        )
        assert len({file for file, _ in links}) == len(links)
        found[name] = {file: content(address) for file, address in links}
        page.close()
    return found


@pytest.fixture(scope="module")
def statements() -> pd.DataFrame:
    return da.load_statements("azerbaijan")


@pytest.fixture(scope="module")
def reconciled(statements: pd.DataFrame) -> da.Reconciliation:
    return da.reconcile(statements, metric="area_cleared")


def content(address: str) -> bytes:
    kind, data = address.split(",", 1)
    assert kind == "data:text/csv;charset=utf-8;base64"
    return base64.b64decode(data)


def read(downloads: Downloads, name: str, file: str) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(downloads[name][file]))


def monthly(projection: da.Projection) -> pd.DataFrame:
    """Return the running total at the last week that begins in each month, whole weeks only."""
    total = projection.cumulative()
    return (
        total[total.index <= "2030-12-25"].groupby(pd.Grouper(freq="MS"), group_keys=False).tail(1)
    )


def running(r: da.Reconciliation) -> pd.DataFrame:
    """Return the work from the first day to the end of each week, at most to the last day."""
    ends = [min(week + pd.Timedelta(days=6), r.end) for week in r.weeks]
    rows = r.totals(pd.DatetimeIndex([r.start] * len(ends)), pd.DatetimeIndex(ends))
    return rows.set_axis(r.weeks.rename("period_start"))


def same(shown: pd.DataFrame, frame: pd.DataFrame) -> None:
    """Compare an interval frame with its download: every row and column, to four decimals."""
    first = shown.columns[0]
    assert first == frame.index.name
    assert pd.to_datetime(shown[first]).tolist() == frame.index.tolist()
    pd.testing.assert_frame_equal(
        shown[INTERVAL],
        frame[INTERVAL].reset_index(drop=True),
        check_dtype=False,
        atol=1e-4,
        rtol=0,
    )


@pytest.mark.parametrize("name", REPORTS)
def test_every_link_is_a_table_with_named_columns(downloads: Downloads, name: str) -> None:
    assert len(downloads[name]) >= 2
    for file in downloads[name]:
        frame = read(downloads, name, file)
        assert len(frame), file
        assert frame.columns.is_unique, file
        assert not frame.columns.str.match(r"Unnamed|\d+$|\s*$").any() or file == "completion.csv"
        assert not frame.isna().all(axis=1).any(), file
        days = [column for column in frame if str(column).startswith(("period_", "published"))]
        for column in set(days) & {"period_start", "period_end"}:
            pd.to_datetime(frame[column], format="%Y-%m-%d")


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_has_its_data(browser: Browser, site: Path, name: str) -> None:
    page = browser.new_page()
    page.goto((site / f"{name}.html").as_uri())
    counts = page.eval_on_selector_all(
        "figure", "all => all.map(f => f.querySelectorAll('a[download]').length)"
    )
    assert counts
    assert min(counts) >= 1
    page.close()


def test_a_click_saves_what_the_link_holds(
    browser: Browser, site: Path, downloads: Downloads
) -> None:
    page = browser.new_page()
    page.goto((site / "trend.html").as_uri())
    with page.expect_download() as waiting:
        page.locator("#figure-running-total summary").click()
        page.locator("#figure-running-total a[download]").first.click()
    assert waiting.value.suggested_filename == "running-total.csv"
    saved = Path(waiting.value.path()).read_bytes()
    assert saved == downloads["trend"]["running-total.csv"]
    page.close()


@pytest.mark.parametrize(
    ("name", "file", "frame"),
    [
        ("trend", "running-total.csv", running),
        ("trend", "by-year.csv", lambda r: r.annual()),
        ("trend", "by-month.csv", lambda r: r.monthly()),
        # Without the last week, of which the data have three days.
        (
            "clearance-rate",
            "weekly-rate-rolling.csv",
            lambda r: da.clearance_rate(r, window="4W").iloc[:-1],
        ),
        ("projection", "fan-history.csv", running),
        ("projection", "fan.csv", lambda r: monthly(da.project(r, until="2030-12-31"))),
    ],
)
def test_download_is_the_librarys_frame(
    downloads: Downloads,
    reconciled: da.Reconciliation,
    name: str,
    file: str,
    frame: Callable[[da.Reconciliation], pd.DataFrame],
) -> None:
    same(read(downloads, name, file), frame(reconciled))


def test_published_parts_are_printed_figures(
    downloads: Downloads, statements: pd.DataFrame
) -> None:
    printed = statements.set_index("statement_id")["value"]
    files = [
        "districts.csv",
        "land-use.csv",
        "running-total-published.csv",
        "by-month-published.csv",
    ]
    for file in files:
        shown = read(downloads, "trend", file)
        rows = shown[shown["statement_id"].isin(printed.index)]
        assert len(rows), file
        assert rows["value"].tolist() == printed.loc[rows["statement_id"]].tolist()


def test_suspect_figures_are_the_audits(downloads: Downloads) -> None:
    raw = da.load_statements("azerbaijan", corrected=False)
    assert len(read(downloads, "data-audit", "suspect-figures.csv")) == len(da.audit(raw))
