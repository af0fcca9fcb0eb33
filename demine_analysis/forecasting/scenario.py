"""What is assumed of capacity: a factor on each week's work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from demine_analysis.arguments import day, number
from demine_analysis.errors import ParameterError
from demine_analysis.model import Floats
from demine_analysis.vocabulary import describe_allowed

SCENARIOS = ("status_quo", "growth", "pause", "multiplier")

_NEEDS = {"growth": "growth", "pause": "pause", "multiplier": "multiplier"}


_NOTHING_LEFT = -100
"""Growth, in per cent a year, at which capacity is gone after a year."""
_FASTEST = 1000
"""Growth, in per cent a year: eleven times the capacity every year."""
_LARGEST = 1000
"""What work may be multiplied by."""


@dataclass(frozen=True)
class Scenario:
    """A scenario and its own option.

    Parameters
    ----------
    name : str
        One of `SCENARIOS`.
    growth : float, optional
        Per cent a year by which capacity grows from the data's end on.
    pause : (date, date), optional
        First and last day without work.
    multiplier : Series, optional
        By date: from that day on work is so many times what it would be. Before the first date
        it is as it would be.
    """

    name: str = "status_quo"
    growth: float | None = None
    pause: tuple[str | pd.Timestamp, str | pd.Timestamp] | None = None
    multiplier: pd.Series | None = None

    def checked(self) -> Scenario:
        """Return the scenario if it makes sense.

        Raises
        ------
        ParameterError
            Where the name is unknown, its option is missing or impossible, or another's is given.
        """
        if self.name not in SCENARIOS:
            allowed = describe_allowed(str(self.name), SCENARIOS)
            raise ParameterError(f"scenario must be {allowed}, got {self.name!r}")
        if self.growth is not None:
            growth = number(self.growth, "growth")
            if not _NOTHING_LEFT <= growth <= _FASTEST:
                raise ParameterError(
                    f"growth is in per cent a year, from {_NOTHING_LEFT} to {_FASTEST:,}, "
                    f"got {self.growth}"
                )
        for name, option in _NEEDS.items():
            given = getattr(self, option) is not None
            if given and self.name != name and not (option == "growth" and self.growth == 0):
                raise ParameterError(f"{option} goes with scenario={name!r}, got {self.name!r}")
            if not given and self.name == name:
                raise ParameterError(f"scenario={name!r} needs {option}; give {option}=...")
        if self.name == "pause":
            self._pause()
        if self.name == "multiplier":
            self._multiplier()
        return self

    def factors(self, first: pd.Timestamp, weeks: int) -> Floats:
        """Return the factor on the work of each of so many weeks, the first beginning on a day.

        Raises
        ------
        ParameterError
            If a pause ends before the first of them.
        """
        days = pd.date_range(first, periods=7 * weeks, freq="D")
        if self.name == "pause" and self._pause()[1] < first:
            raise ParameterError(
                f"pause must end on or after {first.date()}, the first day projected, "
                f"got {self.pause!r}"
            )
        return np.asarray(self._daily(days).reshape(weeks, 7).mean(axis=1))

    def _daily(self, days: pd.DatetimeIndex) -> Floats:
        if self.name == "growth":
            years = np.arange(1, len(days) + 1) / 365.2425
            return np.asarray((1 + (self.growth or 0) / 100) ** years)
        if self.name == "pause":
            first, last = self._pause()
            return np.where((days >= first) & (days <= last), 0.0, 1.0)
        if self.name == "multiplier":
            series = self._multiplier()
            found = np.searchsorted(series.index, days, side="right") - 1
            return np.where(found < 0, 1.0, series.to_numpy(dtype=float)[np.maximum(found, 0)])
        return np.ones(len(days))

    def _pause(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        given = tuple(self.pause) if isinstance(self.pause, tuple | list) else ()
        if len(given) != 2:  # noqa: PLR2004 - from and to
            raise ParameterError(f"pause must be two dates, from and to, got {self.pause!r}")
        first, last = (day(each, "each date of pause") for each in given)
        if not first <= last:
            raise ParameterError(f"pause must not end before it starts, got {self.pause!r}")
        return first, last

    def _multiplier(self) -> pd.Series:
        series = self.multiplier
        if not isinstance(series, pd.Series) or not isinstance(series.index, pd.DatetimeIndex):
            raise ParameterError("multiplier must be a Series with dates as its index")
        dates = series.index.tz_localize(None).normalize()
        if dates.hasnans or dates.has_duplicates:
            raise ParameterError("multiplier must have each date once in its index, and no NaT")
        values = pd.to_numeric(series, errors="coerce").to_numpy(dtype=float, na_value=np.nan)
        if not len(series) or not ((values >= 0) & (values <= _LARGEST)).all():
            raise ParameterError(
                f"multiplier must hold numbers from 0 to {_LARGEST:,}, and at least one"
            )
        return pd.Series(values, dates).sort_index()
