"""The numbers of a page are the library's: read from the page, compared with direct calls."""

from __future__ import annotations

import base64
import io
import re

import pandas as pd
import pytest
from notebook_runs import run

import demine_analysis as da
from demine_analysis import published
from demine_analysis.wording import formats

AS_OF = "2023-06-30"


@pytest.fixture(scope="module")
def page() -> str:
    return run("trend", as_of=AS_OF)


@pytest.fixture(scope="module")
def reconciled() -> da.Reconciliation:
    return da.reconcile(da.load_statements("azerbaijan"), as_of=AS_OF)


def facts(page: str) -> dict[str, str]:
    found = re.findall(r"<dt>([^<]*)</dt><dd><strong>([^<]*)</strong>", page)
    return dict(found)


def download(page: str, name: str) -> pd.DataFrame:
    match = re.search(rf'download="{name}.csv" href="data:text/csv;[^,]*base64,([^"]+)"', page)
    assert match is not None
    return pd.read_csv(io.BytesIO(base64.b64decode(match[1])))


def rounded(row: pd.Series) -> str:
    step = formats.step_of(row["lower_80"], row["upper_80"])
    return formats.number(row["median"], step=step)


def test_finding_and_headline_figure_are_the_reconciliations(
    page: str, reconciled: da.Reconciliation
) -> None:
    (finding,) = re.findall(r'<h1 class="demine-finding">([^<]*)</h1>', page)
    year = reconciled.annual().iloc[-1]
    assert f"about {rounded(year)} hectares were cleared" in finding
    (total,) = (figure for what, figure in facts(page).items() if what.startswith("hectares in"))
    assert total == rounded(reconciled.total(reconciled.start, reconciled.end))


def test_published_totals_are_in_the_table_of_values(page: str) -> None:
    statements = da.load_statements("azerbaijan")
    totals = published.cumulative(statements, published.Scope(as_of=AS_OF))
    cells = re.findall(r"<td>([^<]*) ha</td>", page.partition('id="figure-running-total"')[2])
    assert {formats.number(value) for value in totals["value"]} <= set(cells)


@pytest.mark.parametrize(
    ("name", "method"),
    [("by-year", "annual"), ("by-month", "monthly")],
)
def test_downloads_are_the_reconciled_frames(
    page: str, reconciled: da.Reconciliation, name: str, method: str
) -> None:
    shown, frame = download(page, name), getattr(reconciled, method)()
    assert shown["period_start"].tolist() == [f"{day:%Y-%m-%d}" for day in frame.index]
    for column in ("median", "lower_80", "upper_95"):
        assert shown[column].tolist() == pytest.approx(frame[column].tolist(), abs=1e-4)


def test_running_total_counts_from_the_first_to_the_last_day(
    page: str, reconciled: da.Reconciliation
) -> None:
    shown = download(page, "running-total")
    last = reconciled.total(reconciled.start, reconciled.end)
    assert shown["median"].iloc[-1] == pytest.approx(last["median"], abs=1e-4)
    assert shown["through"].iloc[-1] == f"{reconciled.end:%Y-%m-%d}"
    row = shown[shown["through"] == "2022-12-25"].iloc[0]
    assert row["median"] == pytest.approx(
        reconciled.total(reconciled.start, "2022-12-25")["median"], abs=1e-4
    )


def test_published_beside_is_what_published_returns(page: str) -> None:
    scope = published.Scope(as_of=AS_OF)
    annual = published.annual(da.load_statements("azerbaijan"), scope)
    shown = download(page, "by-year-published")
    assert shown["value"].tolist() == annual["value"].tolist()
    assert shown["statement_id"].tolist() == annual["statement_id"].tolist()
