"""Words for the values of a figure: those of the frame, where the frame's points are drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from frames import interval, totals, weeks, years
from matplotlib.figure import Figure

from demine_analysis.report import plots
from demine_analysis.report.display.pictures import drawn
from demine_analysis.report.plots import marks
from demine_analysis.report.plots.marks import Placed, Reading


def placed(drawing: Figure) -> list[Placed]:
    drawn(drawing, key="k")
    return marks.placed(drawing)


def figure() -> Figure:
    return Figure(figsize=(4, 3), layout="constrained")


def test_a_place_is_where_the_point_is_drawn() -> None:
    drawing = Figure(figsize=(4, 3))
    ax = drawing.add_axes((0.1, 0.2, 0.8, 0.6))
    ax.set_xlim(0, 10)
    ax.set_ylim(0, 10)
    words = [Reading(name, "", "") for name in "abc"]
    marks.mark(ax, [0.0, 5.0, 10.0], [0.0, 5.0, 10.0], words)
    # The axes span 10 to 90% across and, counted from the top, 20 to 80% down.
    assert [(each.reading.of, each.x, each.y) for each in placed(drawing)] == [
        ("a", 10.0, 80.0), ("b", 50.0, 50.0), ("c", 90.0, 20.0)]  # fmt: skip


def test_what_lies_beyond_the_axis_is_at_its_edge_and_what_is_missing_nowhere() -> None:
    drawing = Figure(figsize=(4, 3))
    ax = drawing.add_axes((0.1, 0.2, 0.8, 0.6))
    ax.set_xlim(0, 10)
    ax.set_ylim(0, 10)
    words = [Reading(name, "", "") for name in "abc"]
    marks.mark(ax, [5.0, 5.0, 6.0], [99.0, np.nan, 0.0], words)
    ax.set_ylim(0, 10)
    assert [(each.reading.of, each.y) for each in placed(drawing)] == [("a", 20.0), ("c", 80.0)]


def test_estimates_have_their_interval_and_printed_figures_their_statement() -> None:
    frame = interval(years(2023, 1), centre=41883.2, spread=0.02)
    page = totals([41915.77]).assign(statement_id="minval-1.01")
    drawing = figure()
    plots.annual(frame, published=page, ax=drawing.add_subplot())
    estimate, printed = (each.reading for each in placed(drawing))
    assert estimate == ("2023", "reconciled", "41,900 ha", "40,600 to 43,200", "")
    assert printed == ("2021", "published: all institutions", "41,916 ha", "", "minval-1.01")


def test_order_on_the_axis_is_that_of_the_frame() -> None:
    frame = interval(weeks(30))
    drawing = figure()
    plots.weekly_rate(frame, ax=drawing.add_subplot())
    found = placed(drawing)
    assert len(found) == len(frame)
    assert [each.x for each in found] == sorted(each.x for each in found)
    # A rising series rises: the later, the nearer to the top.
    assert [each.y for each in found] == sorted((each.y for each in found), reverse=True)
    assert found[0].reading.of == "2 – 8 January 2023"


@pytest.mark.parametrize("value", [0.5, 40.0])
def test_bars_are_found_along_their_length(value: float) -> None:
    frame = pd.DataFrame(
        {"district": ["Here", "There"], "value": [value, 40.0]},
        index=pd.DatetimeIndex(["2023-01-01"] * 2),
    )
    drawing = figure()
    plots.district_bars(frame, ax=drawing.add_subplot())
    assert {each.along for each in placed(drawing)} == {"y"}
