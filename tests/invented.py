"""A small invented programme with a known truth, for tests of rates and forecasts."""

from __future__ import annotations

import numpy as np
import pandas as pd
from frames import statements

START = pd.Timestamp("2021-01-04")


def printed(weekly: np.ndarray, *, every: int = 1) -> pd.DataFrame:
    """Return a notice for every so-manieth week of exact work, from the first Monday of 2021."""
    rows = []
    for week in range(0, len(weekly), every):
        first = START + pd.Timedelta(weeks=week)
        rows.append(
            {
                "value": round(float(weekly[week]), 1),
                "period": "week",
                "period_start": first,
                "period_end": first + pd.Timedelta(days=6),
                "published": first + pd.Timedelta(days=7),
            }
        )
    return statements(*rows)


def steady(weeks: int = 208, *, level: float = 700.0, spread: float = 0.1) -> np.ndarray:
    """Return weeks of one pace with small week effects, the same ones each time."""
    effect = np.random.default_rng(1).normal(0, spread, weeks)
    return np.asarray(level * np.exp(effect))


def row(frame: pd.DataFrame, label: object) -> pd.Series:
    """Return the one row of a frame that has this label; a text is a date."""
    key = pd.Timestamp(label) if isinstance(label, str) else label
    found = frame[frame.index == key]
    if len(found) != 1:
        message = f"{len(found)} rows are labelled {label!r}"
        raise KeyError(message)
    return found.iloc[0]


def at(frame: pd.DataFrame, label: object, column: str = "median") -> float:
    """Return one number of a frame."""
    return float(row(frame, label)[column])
