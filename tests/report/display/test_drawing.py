"""A figure drawn in one pass is the figure that matplotlib's own `savefig` draws."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Literal

import matplotlib as mpl
import pandas as pd
import pytest
from frames import interval, totals, weeks, years
from matplotlib import style
from matplotlib.figure import Figure

from demine_analysis.report import display, plots
from demine_analysis.report.display.drawing import drawn
from demine_analysis.report.plots import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    Layout = Literal["constrained", "tight"]

WIDE, NARROW = (7.6, 4.2), (3.9, 3.9)
LINE = pd.DataFrame(
    {"contaminated_area": [823_558.0, 1_166_702.0], "cleared": 200_000.0,
     "from_date": pd.Timestamp("2025-05-19"),
     "completion": pd.to_datetime(["2037-01-01", "2043-01-01"])}
)  # fmt: skip
DISTRICTS = pd.DataFrame(
    {"value": [14_017.0, 7_956.0], "district": ["Jabrayil", "Aghdam"]},
    index=pd.DatetimeIndex(["2023-01-01"] * 2, name="period_start"),
)
QUARTERS = interval(pd.date_range("2021-01-01", periods=16, freq="QS"))
KINDS: dict[str, tuple[Callable[..., Axes], pd.DataFrame]] = {
    "band": (plots.cumulative, interval(weeks())),
    "bars": (plots.annual, totals([1.0, 20_000.0])),
    "names": (plots.quarters, QUARTERS),
    "tiles": (plots.district_tiles, DISTRICTS),
    "labels": (plots.district_bars, DISTRICTS),
    "points": (plots.straight_line, LINE),
    "sentences": (plots.how_sure, interval(years())),
}
EVERY = pytest.mark.parametrize("kind", KINDS)


def make(kind: str, size: tuple[float, float] = WIDE) -> Figure:
    plot, frame = KINDS[kind]
    with style.context(theme.RC):
        figure = Figure(figsize=size, layout="constrained")
        ax = plot(frame, ax=figure.add_subplot())
        if size == NARROW:
            theme.narrow(ax)
    return figure


def saved(figure: Figure) -> str:
    buffer = io.StringIO()
    with style.context({**theme.RC, "svg.hashsalt": "key"}):
        figure.savefig(
            buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    return buffer.getvalue()


def words(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def numbers(svg: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+\.\d+", svg)]


@EVERY
def test_the_same_texts_and_shapes_as_savefig(kind: str) -> None:
    ours, theirs = drawn(make(kind), key="key"), saved(make(kind))
    assert words(ours) == words(theirs)
    assert ours.count("<path") == theirs.count("<path")
    assert ours.count("<use") == theirs.count("<use")


@pytest.mark.parametrize("kind", ["band", "bars", "names", "tiles"])
def test_the_same_places_as_savefig(kind: str) -> None:
    # One pixel of 302 apart at most: matplotlib lays out a second time.
    ours, theirs = drawn(make(kind), key="key"), saved(make(kind))
    assert numbers(ours) == pytest.approx(numbers(theirs), abs=1)


@EVERY
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_is_cut_off(kind: str, size: tuple[float, float]) -> None:
    figure = make(kind, size)
    drawn(figure, key="key")
    box = figure.axes[0].get_tightbbox()
    assert box is not None
    width, height = figure.bbox.size
    slack = 0.01 * width  # texts are measured for the screen here
    assert box.x0 > -slack
    assert box.y0 > -slack
    assert box.x1 < width + slack
    assert box.y1 < height + slack


def test_the_figure_is_left_as_it_was() -> None:
    figure = make("band")
    (ax,) = figure.axes
    before = (
        figure.dpi, figure.get_facecolor(), figure.get_layout_engine(), ax.get_facecolor(),
        ax.xaxis.get_major_locator(), ax.yaxis.get_major_formatter(), ax.get_in_layout(),
    )  # fmt: skip
    settings = dict(mpl.rcParams)
    drawn(figure, key="key")
    after = (
        figure.dpi, figure.get_facecolor(), figure.get_layout_engine(), ax.get_facecolor(),
        ax.xaxis.get_major_locator(), ax.yaxis.get_major_formatter(), ax.get_in_layout(),
    )  # fmt: skip
    assert after == before
    assert dict(mpl.rcParams) == settings


def test_drawing_twice_gives_the_same_and_another_key_others() -> None:
    figure = make("bars")
    first = drawn(figure, key="one")
    assert drawn(figure, key="one") == first
    assert drawn(figure, key="two") != first


@pytest.mark.parametrize("layout", ["constrained", "tight", None])
def test_several_axes_and_other_layouts_are_drawn_too(layout: Layout | None) -> None:
    figure = Figure(figsize=WIDE, layout=layout)
    for ax in figure.subplots(1, 2):
        ax.plot([1, 2], [3, 4])
        ax.set_title("twice")
    assert words(drawn(figure, key="key")).count("twice") == 2
    block = display.figure(
        figure, title="Two", alt="two", data={"two": interval(weeks())}, name="two"
    )
    assert block.html.count("<svg") == 2


def test_several_axes_lie_where_savefig_puts_them() -> None:
    figures = [Figure(figsize=WIDE, layout="constrained") for _ in range(2)]
    for figure in figures:
        figure.subplots(2, 2)
    ours, theirs = drawn(figures[0], key="key"), saved(figures[1])
    assert numbers(ours) == pytest.approx(numbers(theirs), abs=1)


def test_mathematics_in_a_text_is_measured_as_such() -> None:
    figure = Figure(figsize=WIDE, layout="constrained")
    figure.add_subplot().set_title(r"$\frac{1}{2}$")
    assert "<svg" in drawn(figure, key="key")
