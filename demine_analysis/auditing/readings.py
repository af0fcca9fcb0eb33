"""What a figure that cannot be right likely is."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, lgamma, log, pi
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from demine_analysis.auditing.expected import Expectation, log_value, same_days
from demine_analysis.vocabulary import UNIT_OF_METRIC

_POWERS = {1: 0.35, 2: 0.05, 3: 0.1}
"""Places by which a decimal point moves, and how often, in each direction."""

_ANYWHERE = 2.0
"""Log distance within which half of the figures lie that could be anything."""

_UNEXPLAINED = 0.2
_COUNT_WITH_POINT = 20
_THOUSAND = 3
_DAYS_OF_YEAR = 364
_OTHER_SPREAD = 0.05
"""Least spread (log) with which a figure must fit a reading; a printed one it must equal."""

_NEIGHBOURS = pd.Timedelta(weeks=5)
_TELLING = 100
"""Printed units from which an equal number in another week is no coincidence."""


class Reading(NamedTuple):
    """A reading: its code, the figure that would be right, and the statements it rests on."""

    code: str
    value: float
    related: tuple[str, ...] = ()
    weight: float = 0.0


def student_t(distance: Any, freedom: float, *, scale: Any = 1.0) -> Any:
    """Return the density of Student's t at a distance from its centre; of Cauchy's with 1 degree.

    Parameters
    ----------
    distance : float, array or Series
        From the centre, in the units of `scale`.
    freedom : float
        Degrees of freedom.
    scale : float, array or Series
        Spread of the distribution.

    Examples
    --------
    >>> round(student_t(0.0, 1), 4), round(student_t(2.0, 5, scale=2.0), 4)
    (0.3183, 0.1098)
    """
    # Written out: `scipy.stats` takes long to import.
    constant = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log(freedom * pi) / 2
    return exp(constant) * (1 + (distance / scale) ** 2 / freedom) ** (-(freedom + 1) / 2) / scale


def powers() -> Iterator[tuple[float, float]]:
    """Yield the logs by which a misplaced decimal point moves a figure, and how often."""
    for places, weight in _POWERS.items():
        yield from ((places * np.log(10), weight), (-places * np.log(10), weight))


def anywhere(distance: pd.Series | float) -> np.ndarray:
    """Return the density of the log distance of a figure that could be anything at all."""
    return np.asarray(student_t(distance, 1, scale=_ANYWHERE))


def readings(
    expectation: Expectation, others: dict[str, Expectation], figure: pd.Series, likely: float
) -> Reading:
    """Return the most likely reading of a figure.

    Parameters
    ----------
    expectation : Expectation
        Of the figure's metric.
    others : dict
        Expectations of all metrics.
    figure : Series
        A row of its figures.
    likely : float
        What other papers print for the same days, NaN where none does.
    """
    if np.isfinite(likely):
        return _from_papers(expectation, figure, likely)
    found: list[Reading] = [
        *(
            _moved_point(expectation.metric, figure)
            if _has_point(expectation.metric, figure)
            else ()
        ),
        *_other_week(expectation, figure),
        *_other_days(expectation, figure),
        *_other_metric(others, expectation.metric, figure),
    ]
    found.append(Reading("unexplained", np.nan, (), _unexplained(figure)))
    return max(found, key=lambda each: each.weight)


def _from_papers(expectation: Expectation, figure: pd.Series, likely: float) -> Reading:
    """Return how a figure came to differ from the right one that another paper prints."""
    figures = expectation.figures
    same = same_days(figures) == same_days(figure.to_frame().T.astype(figures.dtypes)).iloc[0]
    right = figures[same & (figures["value"] == likely)]
    names = tuple(name for names in right["statement_ids"] for name in names)
    moved = _moved_to(figure["value"], right)
    if moved is not None:
        return moved._replace(related=names)
    copied = _other_week(expectation, figure)
    if copied:
        return Reading("other_week", likely, (*names, *copied[0].related))
    return Reading("papers_disagree", likely, names)


def _moved_to(value: float, right: pd.DataFrame) -> Reading | None:
    """Return the reading that moves a point to where a figure is one of the right ones."""
    lower, upper = right["lower"].min(), right["upper"].max()
    for places in (*_POWERS, *(-places for places in _POWERS)):
        moved = float(f"{value / 10.0**places:.10g}")
        if lower - (upper - lower) <= moved <= upper + (upper - lower):
            return Reading(_point_code(places), moved)
    return None


def _point_code(places: int) -> str:
    return "thousands_separator" if abs(places) == _THOUSAND else "decimal_point"


def _has_point(metric: str, figure: pd.Series) -> bool:
    """Return whether a point can have moved: a count of a few items has none."""
    return UNIT_OF_METRIC[metric] == "ha" or figure["value"] >= _COUNT_WITH_POINT


def _moved_point(metric: str, figure: pd.Series) -> Iterator[Reading]:
    """Yield the readings that a point is moved; a count of items has no part of one."""
    distance = figure["z"] * figure["spread"]
    for places, weight in _POWERS.items():
        for sign in (1, -1):
            fit = _fit(distance - sign * places * np.log(10), figure["spread"])
            value = float(f"{figure['value'] / 10.0 ** (sign * places):.10g}")
            if UNIT_OF_METRIC[metric] == "ha" or value.is_integer():
                yield Reading(_point_code(places), value, (), weight * fit)


def _other_week(expectation: Expectation, figure: pd.Series) -> list[Reading]:
    """Return the reading that a figure is another week's: an equal number within five weeks."""
    figures = expectation.figures
    unit = figure["upper"] - figure["lower"]
    if figure["kind"] == "total" or figure["value"] < _TELLING * unit:
        return []
    near = (figures["end"] - figure["end"]).abs() <= _NEIGHBOURS
    apart = (figures["end"] < figure["start"]) | (figures["start"] > figure["end"])
    equal = figures[near & apart & (figures["value"] == figure["value"])]
    equal = equal[equal["kind"] != "total"]
    names = tuple(name for names in equal["statement_ids"] for name in names)
    return [Reading("other_week", np.nan, names, 10.0)] if len(equal) else []


def _other_days(expectation: Expectation, figure: pd.Series) -> Iterator[Reading]:
    """Yield the readings that a figure counts other days: last year's, or a year's to date."""
    year = pd.DateOffset(years=1)
    for sign in (-1, 1):
        moved = _total(expectation, figure["start"] + sign * year, figure["end"] + sign * year)
        if figure["kind"] != "total" or figure["start"].day_of_year == 1:
            yield from _fits(figure, moved, "last_years_date", 0.03)
    is_year = (
        figure["start"].day_of_year == 1 and (figure["end"] - figure["start"]).days >= _DAYS_OF_YEAR
    )
    for months in range(1, 12) if is_year else ():
        end = figure["start"] + pd.DateOffset(months=months) - pd.Timedelta(days=1)
        moved = _total(expectation, figure["start"], end)
        yield from _fits(figure, moved, "year_to_date_as_year", 0.02)


def _total(
    expectation: Expectation, start: pd.Timestamp, end: pd.Timestamp
) -> tuple[float, float] | None:
    """Return mean and spread of the log of the work of other days, None outside the series."""
    series = expectation.series
    if start < series.start or end > series.end:
        return None
    total = series.total(start, end)
    spread = np.log(total["upper_80"] / total["lower_80"]) / 2.5632
    return float(np.log(total["median"])), float(spread)


def _fits(
    figure: pd.Series, moved: tuple[float, float] | None, code: str, weight: float
) -> Iterator[Reading]:
    if moved is None or figure["operator"] == "unstated":
        return
    mean, spread = moved
    printed = float(log_value(figure.to_frame().T.astype({"lower": float, "upper": float})).iloc[0])
    fit = _fit(printed - mean, max(spread, _OTHER_SPREAD))
    yield Reading(code, np.nan, (), weight * fit)


def _other_metric(
    others: dict[str, Expectation], metric: str, figure: pd.Series
) -> Iterator[Reading]:
    """Yield the readings that a count of one kind of item is that of another, or of all."""
    for name, each in others.items():
        if name == metric or "area_cleared" in (name, metric):
            continue
        moved = _total(each, figure["start"], figure["end"])
        for reading in _fits(figure, moved, "other_metric", 0.1):
            yield reading._replace(related=_same_figure(each, figure))


def _same_figure(other: Expectation, figure: pd.Series) -> tuple[str, ...]:
    figures = other.figures
    near = (figures["end"] - figure["end"]).abs() <= pd.Timedelta(weeks=2)
    same = figures[near & (figures["value"] == figure["value"])]
    return tuple(name for names in same["statement_ids"] for name in names)


def _fit(distance: float, spread: float) -> float:
    return float(student_t(distance, 5, scale=spread))


def _unexplained(figure: pd.Series) -> float:
    return _UNEXPLAINED * float(anywhere(figure["z"] * figure["spread"]))
