"""Series of a figure are told apart in grey print: by marker, dash, hatch, or much lightness."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from colours import lightness
from frames import interval, totals, weeks, years
from matplotlib import colors as mcolors
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from demine_analysis.report import plots
from demine_analysis.report.plots import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

#: A difference in CIE lightness that shows without comparing.
CLEAR = 20

KINDS = ["anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"]
METRICS = [*KINDS, "area_cleared", "mines", "explosive_items"]
RUNNING = pd.DataFrame(
    {"value": [1.0, 5.0, 3.0], "set_aside": [False, True, False], "operator": "all"},
    index=years(count=3),
)
BY_SCOPE = totals([1.0, 2.0, 3.0]).assign(operator=["all", "unstated", "MoD"])
VICTIMS = pd.DataFrame(
    {"killed": [1.0, 2.0, 3.0], "total": [4.0, 9.0, 8.0], "set_aside": [False, True, False]},
    index=years(count=3),
)
HARMED = pd.concat([interval(years()).assign(kind=kind) for kind in ("injured", "killed")])
ORDNANCE = pd.DataFrame(
    {"kind": KINDS, "value": [5.0, 7.0, 9.0]}, index=pd.DatetimeIndex(["2023-01-01"] * 3)
)
ESTIMATES = [8e5, 9e5, 10e5, 11e5, 12e5, "mixture"]
DONE = pd.DataFrame({name: [0.1, 0.9] for name in ESTIMATES}, index=years(2030, 2))
SCORES = pd.DataFrame({name: [0.1, 0.2] for name in "abcde"}, index=["1-4 weeks", "5-13 weeks"])
PLANS = interval(pd.Index(["2023", "2024"])).assign(planned=[90.0, 150.0])
CHANGES = pd.DataFrame(
    {
        "lower_80": weeks()[20],
        "upper_80": weeks()[30],
        "ratio": 2.0,
        "ratio_lower_80": 1.5,
        "ratio_upper_80": 2.5,
    },
    index=weeks()[25:26],
)
SUSPECTS = pd.DataFrame({"period_end": years(count=6), "metric": METRICS, "factor": 2.0})
PUBLISHERS = pd.DataFrame({"first": ["Trend"], "second": ["Azernews"], "figures": [9], "same": [7]})
COVERAGE = pd.DataFrame({"kind": ["week", "month", "none"] * 50}, index=weeks())
LINE = pd.DataFrame(
    {"contaminated_area": [900.0, 1200.0], "cleared": 200.0,
     "from_date": pd.Timestamp("2025-05-19"),
     "completion": pd.to_datetime(["2036-01-01", "2040-01-01"])}
)  # fmt: skip
OUTLIERS = pd.DataFrame({"value": [90.0, 5e5, 80.0], "operator": "all"}, index=weeks()[:3])
STEADY = interval(weeks())
COUNTRIES = pd.DataFrame(
    {"iso": list("ABC"), "country": list("ABC"), "year": 2020, "cleared": 0.25, "reduced": 0.25,
     "cancelled": 0.25, "together": 0.25, "released": [1.0, np.nan, 1.0],
     "counts": ["whole", "whole", "part"], "density": 5.0, "pooled": 5.0, "pace": 2.0,
     "remaining": 9.0, "reasons": ["", "old_pace", ""]}
)  # fmt: skip

FIGURES: dict[str, Callable[[], Axes]] = {
    "cumulative": lambda: plots.cumulative(STEADY, published=RUNNING),
    "monthly": lambda: plots.monthly(STEADY, published=BY_SCOPE),
    "annual": lambda: plots.annual(interval(years()), published=BY_SCOPE),
    "victims": lambda: plots.victims(VICTIMS),
    "victims_by_quarter": lambda: plots.victims_by_quarter(HARMED),
    "ordnance": lambda: plots.ordnance(ORDNANCE),
    "weekly_rate": lambda: plots.weekly_rate(STEADY, rolling=STEADY, published=OUTLIERS),
    "change_dates": lambda: plots.change_dates(CHANGES, rate=STEADY),
    "years_compared": lambda: plots.years_compared(interval(weeks(330))),
    "quarters": lambda: plots.quarters(interval(pd.date_range("2023", periods=9, freq="QS"))),
    "coverage": lambda: plots.coverage(COVERAGE),
    "fan": lambda: plots.fan(STEADY, history=STEADY, line=OUTLIERS),
    "straight_line": lambda: plots.straight_line(LINE, history=STEADY),
    "plan_outcomes": lambda: plots.plan_outcomes(PLANS),
    "completion": lambda: plots.completion(DONE),
    "required_rate": lambda: plots.required_rate(interval(years()), today=STEADY),
    "scoreboard": lambda: plots.scoreboard(SCORES),
    "suspects": lambda: plots.suspects(SUSPECTS),
    "publishers": lambda: plots.publishers(PUBLISHERS),
    "released_by_year": lambda: plots.released_by_year(COUNTRIES),
    "pace_against_remaining": lambda: plots.pace_against_remaining(COUNTRIES),
    "mine_density": lambda: plots.mine_density(COUNTRIES),
    "release_shares": lambda: plots.release_shares(COUNTRIES),
}


def look(handle: Any) -> tuple[tuple[object, ...], str]:
    """Return how an entry of a legend looks without colour, and its colour."""
    if isinstance(handle, Line2D):
        style = handle.get_linestyle()
        hollow = handle.get_markerfacecolor() == "none"
        shape = (handle.get_marker(), style, hollow, handle.get_linewidth() >= 2)
        return shape, mcolors.to_hex(handle.get_color())
    bar = handle.patches[0] if isinstance(handle, BarContainer) else handle
    filled = mcolors.to_rgba(bar.get_facecolor())[3] > 0
    colour = bar.get_facecolor() if filled else bar.get_edgecolor()
    return ("bar", bar.get_hatch() or "", filled), mcolors.to_hex(colour)


def alike(ax: Axes, scheme: int = 0) -> list[tuple[str, str]]:
    """Return the entries of a figure's legend that only a hue tells apart."""
    scheme_of = {pair[0]: pair[scheme] for pair in theme.COLOURS.values()}
    handles, labels = ax.get_legend_handles_labels()
    assert len(labels) > 1
    looks = [look(handle) for handle in handles]
    grey = [lightness(scheme_of[colour]) for _, colour in looks]
    return [
        (labels[one], labels[other])
        for one, other in combinations(range(len(labels)), 2)
        if looks[one][0] == looks[other][0] and abs(grey[one] - grey[other]) < CLEAR
    ]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", FIGURES)
def test_series_are_told_apart_without_colour(name: str, scheme: int) -> None:
    assert alike(FIGURES[name](), scheme) == []


def test_lines_that_differ_in_hue_alone_are_noticed() -> None:
    ax = Figure().add_subplot()
    ax.plot(np.arange(3), color=theme.TEAL, label="teal")
    ax.plot(np.arange(3), color=theme.PURPLE, label="purple")
    ax.plot(np.arange(3), ":", color=theme.RED, label="dotted")
    assert alike(ax) == [("teal", "purple")]
