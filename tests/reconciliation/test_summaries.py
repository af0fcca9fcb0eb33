"""Results show themselves in short: the same numbers as direct calls, and nothing unescaped."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape

import numpy as np
import pandas as pd
import pytest
from frames import interval, weeks

import demine_analysis as da
from demine_analysis.reconciliation import summaries
from demine_analysis.wording import formats

AS_OF = "2024-06-30"


@pytest.fixture(scope="module")
def statements() -> pd.DataFrame:
    return da.load_statements("azerbaijan")


@pytest.fixture(scope="module")
def reconciled(statements: pd.DataFrame) -> da.Reconciliation:
    return da.reconcile(statements, as_of=AS_OF)


@pytest.fixture(scope="module")
def projected(reconciled: da.Reconciliation) -> da.Projection:
    return da.project(reconciled, until="2026-12-31")


def told(html: str) -> dict[str, str]:
    """Return what the table of a summary says."""
    rows = re.findall(r"<th[^>]*>([^<]*)</th><td[^>]*>([^<]*)</td>", html)
    return {unescape(name): unescape(said) for name, said in rows}


def hectares(row: pd.Series) -> str:
    step = formats.step_of(row["lower_80"], row["upper_80"])
    middle = formats.number(row["median"], step=step)
    return f"{middle} hectares (80% interval {formats.interval(row['lower_80'], row['upper_80'])})"


def test_reconciliation_shows_its_totals(reconciled: da.Reconciliation) -> None:
    shown = told(reconciled._repr_html_())
    assert shown["data through"] == formats.date(reconciled.end)
    assert shown["as published by"] == "30 June 2024"
    assert "2020" not in shown
    assert shown["2023"] == hectares(reconciled.total("2023-01-01", "2023-12-31"))
    assert shown["2024 so far"] == hectares(reconciled.total("2024-01-01", reconciled.end))
    since = f"since {formats.date(reconciled.start)}"
    assert shown[since] == hectares(reconciled.total(reconciled.start, reconciled.end))


def test_reconciliation_shows_its_evidence(reconciled: da.Reconciliation) -> None:
    shown, each = told(reconciled._repr_html_()), reconciled.residuals()
    aside = each[(each["z"].abs() > 4) | (each["set_aside"] > 0.5)].index.nunique()
    assert shown["statements"] == f"{each.index.nunique()} used, {aside} of them set aside"
    seen = reconciled.observed()
    share = formats.percent(seen.mean())
    assert shown["weeks with a notice"] == f"{seen.sum()} of {len(seen)} ({share})"


def test_projection_shows_years_and_completion(projected: da.Projection) -> None:
    shown, years = told(projected._repr_html_()), projected.annual()
    assert shown["scenario"] == "status quo: work goes on as it does"
    assert shown["horizon"] == "31 December 2026"
    for year in ("2024", "2025", "2026"):
        assert shown[year] == hectares(years.loc[year].iloc[0])
    start = projected.reconciliation.start
    assert shown["in all by then"] == hectares(projected.total(start, "2026-12-31"))
    done = projected.completion()
    assert done.not_done["mixture"] > 0.5
    chance = formats.probability(1 - done.not_done["mixture"])
    assert shown["complete"] == f"with probability {chance} by the horizon"
    areas = [formats.number(area) for area in done.weights.index]
    assert shown["of a contaminated area of"] == f"{areas[0]} to {areas[-1]} ha"


def test_a_far_horizon_has_a_date_of_completion(reconciled: da.Reconciliation) -> None:
    far = da.project(reconciled, until="2060-12-31")
    half = far.completion().quantiles.loc["mixture", "median"]
    assert told(far._repr_html_())["complete"].endswith(
        f"as likely as not by {formats.month(pd.Timestamp(str(half)))}"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"scenario": "growth", "growth": 5.0}, "capacity changes by 5% a year"),
        (
            {"scenario": "pause", "pause": ("2024-08-01", "2024-12-31")},
            "no work from 1 August 2024 to 31 December 2024",
        ),
        (
            {
                "scenario": "multiplier",
                "multiplier": pd.Series({pd.Timestamp("2025-01-01"): 1.5}),
            },
            "times the status quo: 1.5 from 1 January 2025",
        ),
    ],
)
def test_scenarios_are_told_in_words(
    reconciled: da.Reconciliation, options: dict[str, object], said: str
) -> None:
    ahead = da.project(reconciled, "2025-12-31", **options)  # type: ignore[arg-type]  # by scenario
    assert told(ahead._repr_html_())["scenario"] == said


def test_items_have_no_completion(statements: pd.DataFrame) -> None:
    mines = da.reconcile(statements, metric="anti_personnel_mines", as_of=AS_OF)
    shown = told(da.project(mines, until="2024-12-31")._repr_html_())
    assert "complete" not in shown
    assert " items (80% interval " in shown["2024"]


def test_a_terminal_shows_the_same_lines(
    reconciled: da.Reconciliation, projected: da.Projection
) -> None:
    for result in (reconciled, projected):
        first, *lines = repr(result).splitlines()
        assert first.endswith(": cleared area, all institutions, all districts, all land uses")
        pairs = [re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in lines]
        assert dict(pairs) == told(result._repr_html_())
        assert len(lines) < 14
        assert str(result) == repr(result)


def points(svg: str, element: str) -> np.ndarray:
    match = re.search(rf'<{element} points="([^"]*)"', svg)
    assert match is not None
    return np.array([[float(n) for n in pair.split(",")] for pair in match[1].split()])


def test_sparkline_is_drawn_to_scale() -> None:
    band = interval(weeks(5), centre=100, spread=0.1)
    svg = summaries.sparkline(band)
    line, area = points(svg, "polyline"), points(svg, "polygon")
    top = band["upper_80"].max()
    expected = 54 - 52 * band["median"].to_numpy() / top
    assert line[:, 1] == pytest.approx(expected, abs=0.06)
    assert area[:5, 1].min() == pytest.approx(2, abs=0.06)
    assert area[5:][::-1, 1] == pytest.approx(54 - 52 * band["lower_80"] / top, abs=0.06)
    assert (np.diff(line[:, 0]) > 0).all()
    title = re.search("<title>([^<]*)</title>", svg)
    assert title is not None
    assert title[1].startswith("5 values from ")
    assert f'aria-label="{title[1]}"' in svg


def test_what_is_projected_begins_at_a_mark(projected: da.Projection) -> None:
    assert "stroke-dasharray" in projected._repr_html_()
    assert "stroke-dasharray" not in projected.reconciliation._repr_html_()


def test_colours_are_those_of_the_text_around(reconciled: da.Reconciliation) -> None:
    html = reconciled._repr_html_()
    assert html.count('"currentColor"') == 2
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|url\(", html)


def test_sparkline_needs_a_few_points() -> None:
    assert summaries.sparkline(interval(weeks(2))) == ""


def test_short_series_show_weeks() -> None:
    rows = pd.DataFrame(
        {
            "statement_id": ["a.01", "b.01", "c.01", "d.01"],
            "source_id": ["a", "b", "c", "d"],
            "metric": "area_cleared",
            "value": [100.0, 120.0, 110.0, 90.0],
            "unit": "ha",
            "qualifier": "exact",
            "status": "achieved",
            "period": "week",
            "period_start": pd.date_range("2024-02-05", periods=4, freq="7D"),
            "period_end": pd.date_range("2024-02-11", periods=4, freq="7D"),
            "operator": "all",
            "district": "all",
            "land_use": "all",
            "published": pd.date_range("2024-02-12", periods=4, freq="7D"),
        }
    )
    r = da.reconcile(rows)
    assert summaries.whole_months(r).equals(r.weekly())
    assert "2024 so far" not in repr(r)
    assert "since 5 February 2024" in repr(r)


def test_names_of_places_are_escaped() -> None:
    bad = "<script>x</script>"
    html = summaries.Summary(bad, [(bad, f"{bad} & more")], interval(weeks(3))).html()
    assert "<script>" not in html
    assert "&amp; more" in html


def test_showing_a_result_draws_no_figures() -> None:
    code = (
        "import sys, demine_analysis.reconciliation.summaries; print('matplotlib' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
