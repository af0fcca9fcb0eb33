"""`plot()` of a result draws what its frames say, on Axes that a notebook shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

import demine_analysis as da

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def series() -> da.Reconciliation:
    return da.reconcile(da.load_statements("azerbaijan"))


def lines(ax: Axes) -> list[np.ndarray]:
    return [np.asarray(line.get_ydata(), dtype=float) for line in ax.lines]


def test_a_reconciliation_draws_its_weeks(series: da.Reconciliation) -> None:
    ax = series.plot()
    daily = series.weekly()["median"].to_numpy() / 7
    assert any(np.array_equal(line, daily) for line in lines(ax))
    assert ax.get_ylabel() == "hectares a day"
    assert ax.figure is plt.gcf()  # a notebook shows it


def test_a_projection_draws_past_and_future(series: da.Reconciliation) -> None:
    outlook = da.project(series, "2027-12-31")
    drawn = lines(outlook.plot())
    for wanted in (series.cumulative(), outlook.cumulative()):
        assert any(np.array_equal(line, wanted["median"]) for line in drawn)


def test_axes_of_ones_own_are_used(series: da.Reconciliation) -> None:
    mine = Figure().add_subplot()
    assert series.plot(ax=mine) is mine
    assert plt.get_fignums() == []


def test_the_part_is_drawn() -> None:
    statements = da.load_statements("ukraine")
    series = da.reconcile(statements, "explosive_items")
    part = series.parts[-1]
    daily = series.weekly(part)["median"].to_numpy() / 7
    assert any(np.array_equal(line, daily) for line in lines(series.plot(part)))
