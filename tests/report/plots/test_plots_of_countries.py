"""Figures of countries: marks stand at their figures, and what is not whole looks so."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from country_rows import COUNTRIES, PACES, PARTED
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from demine_analysis.report import plots
from demine_analysis.report.plots import theme
from demine_analysis.report.plots.marks import Marks


def ends(line: Line2D) -> list[tuple[float, float]]:
    """Return the points of a line."""
    across, up = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
    return list(zip(across.tolist(), up.tolist(), strict=True))


def test_marks_have_the_size_of_their_area_and_stand_in_their_row() -> None:
    lines = plots.released_by_year(COUNTRIES).lines
    marks = [line for line in lines if ends(line) and not isinstance(line, Marks)]
    shown = {ends(line)[0]: line for line in marks}
    assert set(shown) == {(2020, 0), (2021, 0), (2021, -1)}
    sizes = [shown[place].get_markersize() for place in ((2020, 0), (2021, 0), (2021, -1))]
    assert sizes == sorted(set(sizes))
    looks = [shown[place].get_markerfacecolor() for place in ((2020, 0), (2021, 0), (2021, -1))]
    assert looks == [theme.ORANGE, theme.BLUE, "none"]


def test_lines_of_equal_years_are_what_remains_over_the_pace() -> None:
    ax = plots.pace_against_remaining(PACES)
    lines = [line for line in ax.lines if line.get_linestyle() == ":"]
    ratios = [left / pace for line in lines for left, pace in ends(line)[:1]]
    assert ratios == pytest.approx([1, 10, 100])
    assert {"10 years", "Aa", "Bb"} <= {text.get_text() for text in ax.texts}


def test_names_of_countries_do_not_lie_on_each_other() -> None:
    near = pd.concat([PACES.assign(iso=f"X{n}", remaining=100 + n, pace=5) for n in range(9)])
    far = PACES.head(1).assign(iso="YY", country="Country Of A Long Name", remaining=1, pace=1)
    frame = pd.concat([near.assign(reasons="old_pace"), far.assign(reasons="")])
    drawing = Figure(figsize=theme.SIZE, layout="constrained")
    ax = plots.pace_against_remaining(frame, ax=drawing.add_subplot())
    drawing.draw_without_rendering()
    names = [text for text in ax.texts if text.get_text() and "year" not in text.get_text()]
    boxes = [text.get_window_extent() for text in names]
    assert "Country Of A\nLong Name" in {text.get_text() for text in names}
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))
    assert len(names) < len(frame)


def test_an_interval_without_end_goes_beyond_all_others() -> None:
    (spread,) = plots.years_left(PACES).collections
    assert isinstance(spread, LineCollection)
    assert [float(np.asarray(segment)[1][0]) for segment in spread.get_segments()] == [20.0, 3.0]


def test_shares_lie_end_to_end() -> None:
    drawn = [bar for bar in plots.release_shares(PARTED).patches if isinstance(bar, Rectangle)]
    assert [bar.get_x() for bar in drawn] == pytest.approx([0.0, 0.3, 0.5])
    assert [bar.get_width() for bar in drawn] == pytest.approx([0.3, 0.2, 0.5])


def test_countries_keep_their_names() -> None:
    ax = plots.mine_density(COUNTRIES)
    theme.thin_names(ax)
    assert [text.get_text() for text in ax.get_yticklabels()] == ["Aa"]


def test_a_single_country_has_numbers_below_it() -> None:
    near = PACES[PACES["iso"].eq("BBB")]  # 1 to 3 years
    assert plots.years_left(near).get_xlim() == (1.0, 10.0)
    apart = pd.concat([near, PACES.assign(lower_80=8.0, upper_80=120.0).head(1)])
    assert plots.years_left(apart).get_xlim() == (1.0, 1000.0)
