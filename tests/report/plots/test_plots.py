"""Every figure draws the numbers of its frame, on the Axes given."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from country_rows import COUNTRIES, PACES, PARTED
from frames import interval, totals, weeks, years
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from demine_analysis.report import plots
from demine_analysis.report.plots import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

KINDS = ["anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"]
YEAR = pd.DatetimeIndex(["2023-01-01"] * 3, name="period_start")
PARTS = pd.DataFrame(
    {"value": [30.0, 10.0, 20.0], "district": ["Aghdam", "Shusha", "Fuzuli"],
     "land_use": ["energy", "water", "transport"], "operator": ["ANAMA", "MoD", "SBS"]},
    index=YEAR,
)  # fmt: skip
ORDNANCE = pd.DataFrame({"kind": KINDS, "value": [5.0, 7.0, 9.0]}, index=YEAR)
RUNNING = pd.DataFrame(
    {"value": [1.0, 5.0, 3.0], "set_aside": [False, True, False], "operator": "all"},
    index=years(count=3),
)
VICTIMS = pd.DataFrame(
    {"killed": [1.0, np.nan, 3.0], "total": [4.0, 9.0, 8.0], "set_aside": [False, True, False]},
    index=years(count=3),
)
SHARES = pd.DataFrame({823558.0: [0.1, 0.9], "mixture": [0.2, 0.7]}, index=years(2030, 2))
SCORES = pd.DataFrame({"ours": [0.1, 0.2], "mean": [0.2, 0.3]}, index=["1-4 weeks", "5-13 weeks"])
SUSPECTS = pd.DataFrame({"period_end": years(count=2), "metric": KINDS[:2], "factor": [10.0, 0.1]})
PUBLISHERS = pd.DataFrame({"first": ["Trend"], "second": ["Azernews"], "figures": [9], "same": [7]})
LINE = pd.DataFrame(
    {"contaminated_area": [900.0, 1200.0], "cleared": 200.0,
     "from_date": pd.Timestamp("2025-05-19"),
     "completion": pd.to_datetime(["2036-01-01", "2040-01-01"])}
)  # fmt: skip
PLANS = interval(pd.Index(["2023", "2024"])).assign(planned=[90.0, 150.0])
COVERAGE = pd.DataFrame({"kind": ["week", "month", "none"] * 50}, index=weeks())

TILES = {"Aghdam": (1, 0), "Fuzuli": (1, 1), "Shusha": (0, 1), "Lachin": (0, 0)}


def tiled(frame: pd.DataFrame, **options: Any) -> Axes:
    """Draw the map of tiles of an invented programme."""
    return plots.district_tiles(frame, tiles=TILES, **options)


FIGURES: list[tuple[Callable[..., Axes], pd.DataFrame]] = [
    (plots.cumulative, interval(weeks())),
    (plots.cumulative, RUNNING),
    (plots.monthly, interval(weeks())),
    (plots.monthly, totals([1.0, 2.0, 3.0]).assign(operator=["all", "unstated", "MoD"])),
    (plots.annual, interval(years())),
    (plots.annual, totals([1.0, 2.0])),
    (plots.victims, VICTIMS),
    (plots.victims_by_quarter, interval(years()).assign(kind="killed")),
    (plots.ordnance, ORDNANCE),
    (plots.items_per_hectare, ORDNANCE),
    (plots.land_use, PARTS),
    (plots.district_bars, PARTS),
    (tiled, PARTS),
    (plots.operators, PARTS),
    (plots.weekly_rate, interval(weeks())),
    (plots.season, interval(pd.Index(range(1, 54), name="week"))),
    (plots.years_compared, interval(weeks())),
    (plots.quarters, interval(pd.date_range("2023-01-01", periods=9, freq="QS"))),
    (plots.vintages, interval(years())),
    (plots.coverage, COVERAGE),
    (plots.fan, interval(weeks())),
    (plots.year_so_far, interval(weeks(52))),
    (plots.plan_outcomes, PLANS),
    (plots.straight_line, LINE),
    (plots.completion, SHARES),
    (plots.scoreboard, SCORES),
    (plots.suspects, SUSPECTS),
    (plots.publishers, PUBLISHERS),
    (plots.released_by_year, COUNTRIES),
    (plots.pace_against_remaining, PACES),
    (plots.years_left, PACES),
    (plots.mine_density, COUNTRIES),
    (plots.release_shares, PARTED),
]
NAMES = [f"{plot.__name__}-{number}" for number, (plot, _) in enumerate(FIGURES)]


def bars(ax: Axes) -> list[Rectangle]:
    return [patch for patch in ax.patches if isinstance(patch, Rectangle)]


def drawn(line: Line2D) -> list[float]:
    return [float(value) for value in np.asarray(line.get_ydata())]


@pytest.mark.parametrize(("plot", "frame"), FIGURES, ids=NAMES)
def test_figure_draws_on_the_axes_given(plot: Callable[..., Axes], frame: pd.DataFrame) -> None:
    ax = Figure().add_subplot()
    before = frame.copy()
    assert plot(frame, ax=ax) is ax
    assert ax.lines or ax.patches or ax.collections
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(("plot", "frame"), FIGURES, ids=NAMES)
def test_figure_makes_its_own_axes(plot: Callable[..., Axes], frame: pd.DataFrame) -> None:
    assert plot(frame).get_figure() is not None


def test_every_public_figure_is_tried() -> None:
    tests = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("*.py")
    )
    assert [name for name in plots.__all__ if f"plots.{name}" not in tests] == []


def test_names_that_have_no_room_are_thinned() -> None:
    quarters = interval(pd.date_range("2021-01-01", periods=16, freq="QS"))
    ax = plots.quarters(quarters)
    before = len(ax.get_xticks())
    theme.thin_names(ax)
    assert len(ax.get_xticks()) == -(-before // 2)


def test_bars_have_the_values_of_the_frame() -> None:
    ax = plots.ordnance(ORDNANCE)
    assert [bar.get_height() for bar in bars(ax)] == [5.0, 7.0, 9.0]


def test_bars_of_a_kind_that_misses_a_year_stay_in_their_places() -> None:
    first, second = years(count=2)
    frame = pd.DataFrame(
        {"kind": [KINDS[0], KINDS[1], KINDS[1]], "value": [1.0, 2.0, 3.0]},
        index=pd.DatetimeIndex([first, first, second], name="period_start"),
    )
    ax = plots.ordnance(frame)
    middles = [bar.get_x() + bar.get_width() / 2 for bar in bars(ax)]
    assert middles == pytest.approx([-0.2, 0.2, 1.2])
    assert [bar.get_hatch() for bar in bars(ax)] == ["", "//", "//"]


def test_band_spans_the_intervals() -> None:
    frame = interval(weeks(3))
    ax = plots.cumulative(frame)
    assert ax.dataLim.y0 == pytest.approx(frame["lower_95"].min())
    assert ax.dataLim.y1 == pytest.approx(frame["upper_95"].max())
    assert drawn(ax.lines[0]) == pytest.approx(frame["median"].tolist())


def test_set_aside_points_are_crosses() -> None:
    ax = plots.cumulative(RUNNING)
    crosses = [line for line in ax.lines if line.get_marker() == "x"]
    assert [drawn(line) for line in crosses] == [[5.0]]


def test_one_operators_bar_is_hatched() -> None:
    ax = plots.annual(totals([5.0, 9.0]).assign(operator=["SBS", "all"]))
    hatched = [bar.get_height() for bar in bars(ax) if bar.get_hatch()]
    assert hatched == [5.0]


def legend(ax: Axes) -> list[str]:
    return list(ax.get_legend_handles_labels()[1])


def test_a_year_without_published_bars_has_its_dot_above_it_and_no_word_of_them() -> None:
    frame = interval(years(count=3))
    for published in (None, totals([]).assign(operator="")):
        ax = plots.annual(frame, published=published)
        dots = [line for line in ax.lines if line.get_marker() == "o"]
        assert sorted(float(x) for line in dots for x in np.asarray(line.get_xdata())) == [0, 1, 2]
        assert not bars(ax)
        assert "published" not in legend(ax)
        assert ax.get_ylim()[1] > frame["upper_95"].max()
    alone = plots.annual(frame, published=totals([5.0]).assign(operator="SBS"))
    assert "published" not in legend(alone)
    assert "one operator only" in legend(alone)


def test_a_total_without_published_ones_has_no_word_of_them() -> None:
    ax = plots.cumulative(interval(weeks(9)), published=RUNNING.head(0))
    assert legend(ax) == ["reconciled, with bands"]


def test_misprint_does_not_stretch_the_axis() -> None:
    rate = interval(weeks(10))
    misprint = pd.DataFrame({"value": [453900.0], "operator": "all"}, index=rate.index[:1])
    ax = plots.weekly_rate(rate, published=misprint)
    assert ax.get_ylim()[1] < 1000
    assert "beyond the axis" in ax.get_legend_handles_labels()[1]


def test_largest_part_is_on_top_of_the_latest_year() -> None:
    older = PARTS.set_index(YEAR - pd.DateOffset(years=1)).assign(value=1000.0)
    ax = plots.district_bars(pd.concat([older, PARTS]))
    assert [text.get_text() for text in ax.get_yticklabels()] == ["Shusha", "Fuzuli", "Aghdam"]


def test_map_leaves_out_what_has_no_tile() -> None:
    parts = PARTS.assign(district=["Aghdam", "other", "Fuzuli"])
    assert plots.on_map(parts, TILES)["district"].tolist() == ["Aghdam", "Fuzuli"]


def test_names_stay_in_their_tiles() -> None:
    names = ["Şuşa", "Ходжавендский район", "Karabakh economic region", "Kharkiv"]
    tiles = {name: (place % 5, place // 2) for place, name in enumerate(names)} | {"Z": (4, 5)}
    frame = pd.DataFrame({"value": 174.5, "district": names}, index=years(2023, 1).repeat(4))
    drawing = Figure(figsize=theme.SIZE, dpi=1000)  # no hinting to speak of
    with style.context(theme.RC):
        ax = plots.district_tiles(frame, tiles=tiles, ax=drawing.add_axes((0.02, 0.02, 0.96, 0.96)))
        drawing.canvas.draw()
        boxes = [patch.get_window_extent() for patch in ax.patches]
        for text in ax.texts:
            inner = text.get_window_extent()
            middle = (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2
            around = next(box for box in boxes if box.contains(*middle))
            assert around.x0 < inner.x0
            assert inner.x1 < around.x1


def test_tiles_do_not_overlap() -> None:
    ax = plots.district_tiles(PARTS, tiles=TILES)
    outlines = [tile.get_bbox() for tile in bars(ax) if not tile.get_facecolor()[-1]]
    corners = {(round(box.x0, 3), round(box.y0, 3)) for box in outlines}
    assert len(corners) == len(outlines) == len(TILES)


def test_required_rate_shows_todays_beside() -> None:
    needed = interval(pd.Index(range(2027, 2040), name="year"))
    today = interval(weeks(1))
    ax = plots.required_rate(needed, today=today)
    assert any(drawn(line) == [today["median"].iloc[0]] * 2 for line in ax.lines)


def test_change_of_pace_stands_at_its_date() -> None:
    rate = interval(weeks(60))
    day = rate.index[30]
    changes = pd.DataFrame(
        {
            "lower_80": rate.index[28],
            "upper_80": rate.index[33],
            "ratio": 1.62,
            "ratio_lower_80": 1.1,
            "ratio_upper_80": 2.2,
        },
        index=pd.DatetimeIndex([day]),
    )
    ax = plots.change_dates(changes, rate=rate)
    assert [text.get_text() for text in ax.texts] == ["×1.6"]
    sharp = changes.assign(ratio_lower_80=1.56, ratio_upper_80=1.68)
    ax = plots.change_dates(sharp, rate=rate)
    assert [text.get_text() for text in ax.texts] == ["×1.62"]
    assert any(np.isclose(drawn(line)[0], 0) or line.get_linestyle() == "--" for line in ax.lines)
