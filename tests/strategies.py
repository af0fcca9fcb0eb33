"""Invented programmes for property tests: a known weekly truth, and figures printed from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from frames import statements
from hypothesis import strategies as st

ORIGIN = pd.Timestamp("2022-01-03")
_WEEK = pd.Timedelta(days=7)
_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Printed:
    """Figures, and the weekly work that they were printed from."""

    truth: pd.Series
    statements: pd.DataFrame


def weeks_of(truth: list[float] | np.ndarray) -> pd.Series:
    index = pd.date_range(ORIGIN, periods=len(truth), freq="7D", name="period_start")
    return pd.Series(np.asarray(truth, dtype=float), index=index)


def notice(truth: pd.Series, first: int, last: int, **special: object) -> dict[str, object]:
    """Return a statement of the work from the first to the last of some weeks, both included."""
    period = "week" if first == last else "cumulative" if first == 0 else "other"
    row = {
        "value": round(float(truth.iloc[first : last + 1].sum()), 1),
        "period": period,
        "period_start": truth.index[first],
        "period_end": truth.index[last] + _WEEK - _DAY,
        "published": truth.index[last] + _WEEK + _DAY,
    }
    return row | special


def printed(truth: pd.Series, spans: list[tuple[int, int]]) -> Printed:
    return Printed(truth, statements(*(notice(truth, *span) for span in spans)))


def weekly_programme(truth: list[float] | np.ndarray, *spans: tuple[int, int]) -> Printed:
    """Return a notice for every week, and one for each further span of weeks."""
    weeks = weeks_of(truth)
    return printed(weeks, [*((week, week) for week in range(len(weeks))), *spans])


@st.composite
def programmes(draw: st.DrawFn, *, step: float = 0.1) -> Printed:
    """Figures of a programme of some weeks: overlapping, with gaps, without contradictions.

    Weeks are multiples of the step, from 100 to 200: of two or three figures that are further
    apart, one may as well be misprinted, and nothing tells which.
    """
    count = draw(st.integers(8, 20))
    work = st.integers(round(100 / step), round(200 / step)).map(
        lambda steps: round(steps * step, 1)
    )
    truth = weeks_of(draw(st.lists(work, min_size=count, max_size=count)))
    start = draw(st.lists(st.integers(0, count - 1), min_size=4, max_size=12))
    length = draw(st.lists(st.sampled_from([1, 1, 1, 4, 8]), min_size=len(start)))
    spans = {
        (first, min(first + more, count) - 1) for first, more in zip(start, length, strict=False)
    }
    return printed(truth, sorted({*spans, (0, count - 1)}))
