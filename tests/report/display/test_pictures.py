"""A figure that was drawn once is found again, and never in the place of another."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from frames import interval, totals, weeks

from demine_analysis import cache
from demine_analysis.report import display, plots
from demine_analysis.report.display import pictures
from demine_analysis.wording import language

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

FRAME = interval(weeks())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "kept"
    folder.mkdir()
    monkeypatch.setenv(cache.ENVIRONMENT, str(folder))
    return folder


def chart(frame: pd.DataFrame = FRAME, *, name: str = "total", **options: Any) -> str:
    return display.chart(plots.cumulative, frame, name=name, title="T", alt="A", **options).html


def kept(place: Path) -> int:
    return len(list(place.glob("figure-*.json")))


def test_a_kept_figure_is_the_one_that_was_drawn(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = chart()
    assert kept(place) == 1
    assert chart(FRAME.copy()) == first
    assert kept(place) == 1
    monkeypatch.setenv(cache.ENVIRONMENT, "")
    assert chart() == first


def test_title_and_description_are_not_kept(place: Path) -> None:
    chart()
    other = display.chart(plots.cumulative, FRAME, name="total", title="New", alt="Other").html
    assert kept(place) == 1
    assert ">New</h3>" in other
    assert other.count(">Other</desc>") == 1


def test_whatever_decides_a_drawing_decides_where_it_is_kept(place: Path) -> None:
    changed = FRAME.copy()
    changed["median"] *= 1 + 1e-12
    chart()
    chart(changed)
    chart(name="another")
    chart(height=1.3)
    chart(unit="items")
    chart(FRAME.rename_axis("week"))
    chart(published=totals([1.0, 2.0]).assign(set_aside=False))
    chart(published=totals([1.0, 2.0]).assign(set_aside=[False, True]))
    display.chart(plots.monthly, FRAME, name="total", title="T", alt="A")
    assert kept(place) == 9


def test_another_language_is_another_figure(place: Path) -> None:
    english = chart(unit="items")
    language.use("ru")
    assert chart(unit="items") != english
    assert kept(place) == 2


def test_a_function_of_the_readers_own_is_drawn_each_time(place: Path) -> None:
    level = 1.0

    def cumulative(frame: pd.DataFrame, *, ax: Axes) -> Axes:
        ax.axhline(level)
        ax.plot(frame.index, frame["median"])
        return ax

    first = display.chart(cumulative, FRAME, name="own", title="T", alt="A").html
    level = 120.0
    assert display.chart(cumulative, FRAME, name="own", title="T", alt="A").html != first
    assert kept(place) == 0


@pytest.mark.parametrize("content", ["{}", '{"svg": "<svg>"}', "not JSON"])
def test_a_damaged_figure_is_drawn_anew(place: Path, content: str) -> None:
    first = chart()
    (file,) = place.glob("figure-*.json")
    file.write_text(content, encoding="utf-8")
    assert chart() == first


@pytest.mark.usefixtures("place")
def test_a_figure_is_drawn_where_babel_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(name: str) -> str:
        if name == "babel":
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(pictures, "version", installed)
    pictures._code.cache_clear()
    try:
        assert chart().count("<svg") == 1
    finally:
        pictures._code.cache_clear()
