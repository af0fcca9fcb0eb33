"""The chart of the explore page: the numbers of the reconciliation, their words, and the cell."""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

import demine_analysis as da
from demine_analysis.report.explorer import Explorer
from demine_analysis.report.explorer.chart import specification
from demine_analysis.report.explorer.curves import Form
from demine_analysis.report.explorer.explorer import behind
from demine_analysis.report.plots import theme
from demine_analysis.scope import Scope
from demine_analysis.wording import language

RUNNING, WEEKS = Form(), Form(weekly=True)
AGHDAM, FUZULI = Scope(district="Aghdam"), ("azerbaijan", Scope(district="Fuzuli"))
YEARS, WEEKS_OF_YEARS = Form(by_year=True), Form(weekly=True, by_year=True)


def explored(form: Form, *others: tuple[str, Scope], scope: Scope | None = None) -> Explorer:
    explorer = Explorer("azerbaijan", scope or Scope())
    for dataset, beside in others:
        explorer.shown.append(Explorer(dataset, beside).shown[0])
    explorer.form = form
    return explorer


def rows(explorer: Explorer, name: str) -> list[dict[str, Any]]:
    return [each.row for each in explorer.drawn().points if each.row["name"] == name]


@pytest.fixture(scope="module")
def reconciled() -> da.Reconciliation:
    return da.reconcile(da.load_statements("azerbaijan"))


def test_the_line_is_the_reconciliations(reconciled: da.Reconciliation) -> None:
    shown = rows(explored(WEEKS), "reconciled, with bands")
    weeks = reconciled.weekly().iloc[: len(shown)]
    assert len(weeks) >= len(reconciled.weekly()) - 1  # of the last one there may be few days
    assert [pd.Timestamp(each["x"], unit="ms") for each in shown] == list(weeks.index)
    for column in ("median", "lower_50", "upper_80", "lower_95"):
        assert [each[column] for each in shown] == weeks[column].tolist()


def test_running_totals_end_with_the_total_of_the_days(reconciled: da.Reconciliation) -> None:
    scope = Scope(start="2023-01-01", end="2023-12-31")
    last = rows(explored(RUNNING, scope=scope), "reconciled, with bands")[-1]
    assert last["y"] == pytest.approx(reconciled.total("2023")["median"])
    assert last["tip"]["For"] == "up to 31 December 2023"


def test_years_are_laid_over_each_other(reconciled: da.Reconciliation) -> None:
    explorer = explored(YEARS, scope=Scope(start="2022-01-01", end="2023-12-31"))
    assert [line.name for line in explorer.drawn().lines] == ["2022", "2023"]
    for year in ("2022", "2023"):
        shown = rows(explorer, year)
        assert {pd.Timestamp(each["x"], unit="ms").year for each in shown} == {2000}
        assert shown[-1]["y"] == pytest.approx(reconciled.total(year)["median"])


def test_years_begin_with_the_first_that_is_counted() -> None:
    explorer = Explorer("ukraine", Scope(metric="area_cancelled"))
    explorer.form = YEARS
    done = explorer.shown[0].series.reconciliation
    assert done is not None
    assert done.weeks[0].year < done.start.year  # the first week has days of the year before
    lines = explorer.drawn().lines
    assert [line.name for line in lines] == [
        f"{year}" for year in range(done.start.year, done.end.year + 1)
    ]


def test_published_figures_have_words_and_pages() -> None:
    statements = da.load_statements("azerbaijan").set_index("statement_id")
    sources = da.load_sources("azerbaijan").set_index("source_id")
    values = [each for each in explored(RUNNING).drawn().points if each.statement]
    assert values
    for each in values:
        printed = statements.loc[each.statement]
        assert each.row["y"] == printed["value"]
        assert each.row["tip"]["Page"] == sources.loc[printed["source_id"], "url"]
        assert each.row["tip"]["Source"].startswith(sources.loc[printed["source_id"], "publisher"])


def test_behind_a_computed_week_are_the_figures_that_count_it() -> None:
    statements = da.load_statements("azerbaijan").set_index("statement_id")
    value = next(each for each in explored(WEEKS).drawn().points if "2023-10-02" in str(each.first))
    shown = behind(value)
    named = [name for name in statements.index if f">{name}<" in shown]
    assert named
    assert (statements.loc[named, "period_start"] <= "2023-10-08").all()
    assert (statements.loc[named, "period_end"] >= "2023-10-02").all()
    # A notice of that week comes before a total of the year.
    weekly = statements.loc[named].query("period == 'week'").index
    yearly = statements.loc[named].query("period == 'year'").index
    assert max(map(shown.index, weekly)) < min(map(shown.index, yearly))


def test_totals_since_an_earlier_day_are_not_drawn_beside_later_ones() -> None:
    later = explored(RUNNING, scope=Scope(start="2024-01-01")).drawn().lines[0]
    assert (later.printed["printed_start"] >= "2024-01-01").all()
    assert len(later.printed) < len(explored(RUNNING).drawn().lines[0].printed)


@pytest.mark.parametrize("form", [RUNNING, WEEKS, YEARS, WEEKS_OF_YEARS], ids=str)
@pytest.mark.parametrize(
    ("scope", "others"),
    [
        (AGHDAM, [FUZULI]),
        (Scope(start="2023-02-01", end="2024-06-30"), []),
        (Scope(), [("ukraine", Scope(start="2023-01-01"))]),
    ],
    ids=["districts", "days", "datasets"],
)
def test_copied_cell_gives_the_numbers_that_are_shown(
    form: Form, scope: Scope, others: list[tuple[str, Scope]]
) -> None:
    shown = explored(form, *others, scope=scope).drawn()
    cell: dict[str, Any] = {}
    with mpl.rc_context({"backend": "agg"}):
        exec(shown.code, cell)  # noqa: S102 - it is our own
        plt.close()
    assert list(cell["frames"]) == [line.name or "area_cleared" for line in shown.lines]
    for frame, line in zip(cell["frames"].values(), shown.lines, strict=True):
        assert len(frame)
        pd.testing.assert_frame_equal(frame, line.frame[frame.columns])


def test_the_cell_is_drawn_as_the_chart_is() -> None:
    explorer = explored(RUNNING, FUZULI, scope=AGHDAM)
    with mpl.rc_context({"backend": "agg"}):
        exec(explorer.drawn().code, {})  # noqa: S102 - it is our own
        lines = plt.gca().get_lines()
        plt.close()
    assert [line.get_label() for line in lines] == ["Aghdam", "Fuzuli"]
    for line in lines:
        median = [each["y"] for each in rows(explorer, str(line.get_label()))]
        assert np.asarray(line.get_ydata()).tolist() == median


def test_chart_has_the_pages_colours_and_intervals() -> None:
    explorer = explored(RUNNING)
    shown = explorer.drawn()
    spec = specification(shown.lines, shown.points, RUNNING, clicked=".here input")
    colours = spec["encoding"]["color"]["scale"]["range"]
    assert colours == [theme.BLUE, theme.ORANGE, theme.GREY]
    bands = [each["encoding"] for each in spec["layer"] if each["mark"]["type"] == "area"]
    drawn = [(each["y"]["field"], each["y2"]["field"]) for each in bands]
    assert drawn == [(f"lower_{width}", f"upper_{width}") for width in (95, 80, 50)]
    fields = {field for pair in drawn for field in pair} | {"name", "x", "y", "tip", "key"}
    assert fields <= set(shown.points[0].row)


def test_twelve_lines_are_told_apart() -> None:
    explorer = explored(YEARS, FUZULI, scope=AGHDAM)
    shown = explorer.drawn()
    spec = specification(shown.lines, shown.points, YEARS, clicked=".here input")
    colours = spec["encoding"]["color"]["scale"]["range"]
    (line,) = [each for each in spec["layer"] if each["mark"]["type"] == "line"]
    dashes = line["encoding"]["strokeDash"]["scale"]["range"]
    assert len({*zip(colours, map(tuple, dashes), strict=True)}) == len(shown.lines) > 10


def test_words_are_in_the_language_in_use() -> None:
    language.use("az")
    row = explored(WEEKS).drawn().points[0].row
    assert "For" not in row["tip"]
    assert row["name"] == language.translate("reconciled, with bands", language="az")
