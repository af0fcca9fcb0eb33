"""What callers pass: days and numbers, or one clear error that says what is allowed."""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from typing import TypeVar

import numpy as np
import pandas as pd

from demine_analysis.errors import ParameterError

_Kind = TypeVar("_Kind")
DAY = re.compile(r"\s*\d{4}-\d{2}-\d{2}(?:[T ].*)?\s*")
PERIOD = re.compile(r"\d{4}(-?Q[1-4]|-\d{2}(-\d{2})?)?")


def span(
    start: object, end: object = None, *, what: str = "start"
) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return two days: those given, or the first and last of a year, quarter or month.

    Parameters
    ----------
    start : date, Period or str
        A day; without `end`, a period as pandas writes it: 2024, 2024Q3, 2024-07.
    end : date, optional
        The last day.
    what : str
        Name of the first, for the message.

    Raises
    ------
    ParameterError
        If these are no days, or no period.
    """
    if end is not None:
        return day(start, what), day(end, "end")
    period = start if isinstance(start, pd.Period) else _period(start)
    if period is None:
        raise ParameterError(
            f"{what} must be a period such as 2024, 2024Q3 or 2024-07, or come with end, "
            f"got {start!r}"
        )
    return period.start_time, period.end_time.normalize()


def _period(text: object) -> pd.Period | None:
    if not isinstance(text, str) or not PERIOD.fullmatch(text.strip()):
        return None
    try:
        return pd.Period(text.strip())
    except ValueError:  # no thirteenth month, no fifth quarter
        return None


def day(value: object, what: str) -> pd.Timestamp:
    """Return a date as midnight of its day, without a time zone.

    Parameters
    ----------
    value : date, datetime, Timestamp or str
        Text is YYYY-MM-DD: other ways of writing a day mean different days to different readers.
    what : str
        Its name, for the message.

    Raises
    ------
    ParameterError
        If it is no date.
    """
    given = isinstance(value, dt.date | np.datetime64)
    given |= isinstance(value, str) and DAY.fullmatch(value) is not None
    try:
        found = pd.Timestamp(value) if given else pd.NaT  # type: ignore[arg-type]  # checked above
    except ValueError as error:
        raise ParameterError(f"{_wanted_day(what, value)}: {error}") from error
    if not isinstance(found, pd.Timestamp):
        raise ParameterError(_wanted_day(what, value))
    return found.tz_localize(None).normalize()


def whole_number(value: object, what: str, *, least: int, most: int | None = None) -> int:
    """Return a whole number between two limits, both allowed.

    Raises
    ------
    ParameterError
        If it is none, or beyond the limits.
    """
    try:
        number = operator.index(value)  # type: ignore[arg-type]  # what is refused is the point
    except TypeError:
        number = least - 1
    if isinstance(value, bool) or number < least or (most is not None and number > most):
        limits = f"{least} or more" if most is None else f"from {least} to {most:,}"
        raise ParameterError(f"{what} must be a whole number, {limits}, got {value!r}")
    return number


def seed(value: object) -> int:
    """Return the seed of a random generator.

    Raises
    ------
    ParameterError
        If it is no whole number of 0 or more.
    """
    return whole_number(value, "seed", least=0)


def number(value: object, what: str) -> float:
    """Return a finite number.

    Raises
    ------
    ParameterError
        If it is none; text is not read as a number.
    """
    if isinstance(value, bool | str) or not isinstance(value, int | float | np.number):
        raise ParameterError(f"{what} must be a number, got {value!r}")
    if not math.isfinite(value):
        raise ParameterError(f"{what} must be a finite number, got {value!r}")
    return float(value)


def instance(value: object, kind: type[_Kind], what: str, source: str) -> _Kind:
    """Return an object of a kind.

    Parameters
    ----------
    value : object
        What was passed.
    kind : type
        What it must be.
    what, source : str
        Its name, and which function returns such a thing, for the message.

    Raises
    ------
    ParameterError
        If it is something else.
    """
    if isinstance(value, kind):
        return value
    raise ParameterError(
        f"{what} must be a {kind.__name__}, as {source} returns it, got {type(value).__name__}"
    )


def _wanted_day(what: str, value: object) -> str:
    return f"{what} must be a date, written YYYY-MM-DD, got {value!r}"
