"""What the model is told: the weekly grid, the figures on it, and the scales that govern it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]

HARMONICS = 2
"""How many pairs of sine and cosine describe the yearly season."""

KNOT_WEEKS = 13
"""Weeks after which the share of the whole that notices of unstated scope count may change."""

WEEKS_A_YEAR = 365.2425 / 7


@dataclass(frozen=True)
class Scales:
    """Standard deviations on the log scale, and how often a figure is how wrong.

    Parameters
    ----------
    level : change of the level from week to week.
    week : work of one week about level and season, common to all parts.
    part : work of one part in one week about that, where there are several.
    season : coefficients of the yearly harmonics.
    day : work of one day about the days of its week.
    error : relative error of a figure beside its rounding.
    notice : extra spread of notices of unstated scope about their share of the whole.
    share : change of that share from quarter to quarter.
    odds : probabilities that a figure's error is of the usual size, loose, doubtful, anything.
    notice_odds : the same for notices of unstated scope.
    """

    level: float = 0.05
    week: float = 0.2
    part: float = 0.2
    season: float = 0.2
    day: float = 0.5
    error: float = 0.005
    notice: float = 0.2
    share: float = 0.08
    odds: tuple[float, ...] = (0.80, 0.11, 0.05, 0.04)
    notice_odds: tuple[float, ...] = (0.65, 0.25, 0.05, 0.05)

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Scales:
        """Return the scales that were kept as a JSON object of their names."""
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()
        }
        return cls(**plain)


TYPICAL = Scales()
"""Where the scales start, and what they stay near while few figures say otherwise."""

UNEVEN = Scales(level=0.2, week=1.0, part=1.0)
"""A second start, for work that comes in bursts."""


@dataclass(frozen=True)
class Figures:
    """The printed figures as numbers, m of them.

    Parameters
    ----------
    start, end : (m,) weeks since the grid's start at which the figure's days begin and are over.
    parts : (m, parts) bool, whose work it counts.
    log_value : (m,) log of the middle of its interval.
    rounding : (m,) standard deviation of the log that its rounding leaves.
    log_share : (m,) log of the share of its days' work that it is known to count, mostly 0.
    within_week : (m,) how far its days may be from the week's, in units of one day's spread.
    notice : (m,) kind of notice whose share applies, -1 where the scope is stated.
    """

    start: Floats
    end: Floats
    parts: NDArray[np.bool_]
    log_value: Floats
    rounding: Floats
    log_share: Floats
    within_week: Floats
    notice: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True)
class Grid:
    """The layout of the unknowns: weeks, parts, kinds of notice, and where in the year it starts.

    `first` says from which week on, counted with fractions, each part works; empty: all from the
    first. The unknowns are one vector: log work of each week and part (week by week), levels in the
    same order, season coefficients, week effects common to all parts, log shares (notice by
    notice, knot by knot).
    """

    weeks: int
    parts: int
    notices: int
    phase: float = 0.0
    first: tuple[float, ...] = ()

    @property
    def begins(self) -> Floats:
        """Return the week from which on each part works, (parts,)."""
        return np.array(self.first or (0.0,) * self.parts)

    @property
    def active(self) -> Floats:
        """Return the share of each week in which each part works, (weeks, parts)."""
        week = np.arange(1, self.weeks + 1)[:, np.newaxis]
        return np.asarray(np.clip(week - self.begins, 0.0, 1.0))

    @property
    def rates(self) -> int:
        """Return the number of weekly rates."""
        return self.weeks * self.parts

    @property
    def common(self) -> int:
        """Return the number of week effects that all parts share."""
        return self.weeks if self.parts > 1 else 0

    @property
    def knots(self) -> int:
        """Return the number of quarters at which a share is free."""
        return max(2, -(-self.weeks // KNOT_WEEKS) + 1)

    @property
    def size(self) -> int:
        """Return the number of unknowns."""
        return int(self.common_slice().stop) + self.knots * self.notices

    def level_slice(self) -> slice:
        """Return where the levels stand among the unknowns."""
        return slice(self.rates, 2 * self.rates)

    def season_slice(self) -> slice:
        """Return where the season's coefficients stand among the unknowns."""
        return slice(2 * self.rates, 2 * self.rates + 2 * HARMONICS)

    def common_slice(self) -> slice:
        """Return where the week effects that all parts share stand; empty with a single part."""
        first = 2 * self.rates + 2 * HARMONICS
        return slice(first, first + self.common)

    def share_slice(self) -> slice:
        """Return where the log shares stand among the unknowns."""
        return slice(self.common_slice().stop, self.size)

    def harmonics(self, weeks: int | None = None) -> Floats:
        """Return the (weeks, 2 * HARMONICS) waves of the season; higher orders are damped."""
        count = self.weeks if weeks is None else weeks
        angle = 2 * np.pi * (self.phase + np.arange(count) / WEEKS_A_YEAR)
        order = np.arange(1, HARMONICS + 1)
        waves = angle[:, np.newaxis] * order
        return np.concatenate([np.sin(waves) / order, np.cos(waves) / order], axis=1)


def interpolation(position: Floats, columns: int) -> sparse.csr_array:
    """Return the (m, columns) weights that read a piecewise linear curve at each position."""
    position = np.clip(position, 0, columns - 1)
    left = np.minimum(position.astype(np.int64), columns - 2)
    part = position - left
    rows = np.arange(len(position))
    entries = np.concatenate([1 - part, part])
    places = (np.concatenate([rows, rows]), np.concatenate([left, left + 1]))
    return sparse.csr_array((entries, places), shape=(len(position), columns))


def steps(count: int, stride: int = 1) -> sparse.csr_array:
    """Return the (count, count) matrix that takes a series to its first values and differences."""
    bands = sparse.diags_array([1.0, -1.0], offsets=[0, -stride], shape=(count, count))
    return sparse.csr_array(bands)
