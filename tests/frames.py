"""Small frames made by hand, for tests of figures and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from demine_analysis.reconciliation.intervals import interval_frame
from demine_analysis.vocabulary import UNIT_OF_METRIC

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULTS = {
    "metric": "area_cleared",
    "value": 100.0,
    "unit": "ha",
    "qualifier": "exact",
    "status": "achieved",
    "period": "year",
    "period_start": "2023-01-01",
    "period_end": "2023-12-31",
    "operator": "all",
    "district": "all",
    "land_use": "all",
    "printed": "",
    "note": "",
    "published": None,
    "corrected": False,
}
DATES = ["period_start", "period_end", "published"]


def statements(*rows: Mapping[str, object]) -> pd.DataFrame:
    """Return a frame of statements from what is special about each row."""
    named = [
        {"statement_id": f"page-{n}.01", "source_id": f"page-{n}", **DEFAULTS, **_unit(row), **row}
        for n, row in enumerate(rows)
    ]
    frame = pd.DataFrame(named)
    return frame.assign(**{name: pd.to_datetime(frame[name]) for name in DATES})


def _unit(row: Mapping[str, object]) -> dict[str, str]:
    return {"unit": UNIT_OF_METRIC.get(str(row.get("metric", DEFAULTS["metric"])), "ha")}


def interval(index: pd.Index, *, centre: float = 100.0, spread: float = 0.1) -> pd.DataFrame:
    """Return an interval frame around a rising centre."""
    middle = centre * np.linspace(1, 2, len(index))[:, None]
    return interval_frame(middle * np.exp(spread * np.linspace(-2, 2, 201)), index)


def weeks(count: int = 150) -> pd.DatetimeIndex:
    return pd.date_range("2023-01-02", periods=count, freq="W-MON", name="period_start")


def years(first: int = 2021, count: int = 4) -> pd.DatetimeIndex:
    return pd.date_range(f"{first}-01-01", periods=count, freq="YS", name="period_start")


def change(lower: float, upper: float) -> pd.DataFrame:
    """Return one row about a relative change, as from `Series.change`."""
    draws = np.linspace(lower, upper, 201)[None, :]
    index = pd.DatetimeIndex(["2024-01-01"], name="period_start")
    return interval_frame(draws, index).assign(through=pd.Timestamp("2024-12-31"))


def totals(values: list[float]) -> pd.DataFrame:
    """Return published annual totals from 2021 on."""
    return pd.DataFrame({"value": values, "operator": "all"}, index=years(count=len(values)))
