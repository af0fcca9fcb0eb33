"""The weeks to come, drawn from the weeks that were: level, drift, season and week effect.

Knows neither pandas nor file names. In the last week's draws of each part,

    log rate = level + season + week effect,

and the level runs on from a mean of past work in which a week counts half as much as one half a
year later; it drifts on with a damped part of last year's growth, and wanders on two scales,
within the year and over years. All of it reverts: after ten years the level is still a matter of
experience rather than of a straight line.

Season and growth are learnt from few years and may not come again. So in a quarter of the draws
neither is believed: weeks to come are weeks of the last year, in any order, about a level that
wanders as in the other draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from demine_analysis.model import Floats, Scales
from demine_analysis.model.mixture import burst_spread

YEAR = 52
QUARTER = 13
_LEVEL_HALF = 26.0
"""Weeks after which a week's work counts half in the level."""
_WANDER_HALF = 26.0
"""Weeks in which what the level wandered within a year halves."""
_CARRIED = 0.25
"""Part of a year's growth that goes on in the next year."""
_DAMPING = 0.5
"""What is left of that growth after each further year."""
_SLOW_HALF = 260.0
"""Weeks in which a lasting change of the level halves."""
_FREEDOM = 2.2
"""Degrees of freedom of week effects: quiet weeks and bursts, not a bell curve."""
_LARGEST = 8.0
"""Week effects are cut at this many of their scales, or their mean would not exist."""
_MEMORY = 52.0
"""Weeks after which an earlier error counts half in the size of those to come."""
_DOUBT = 0.25
"""Share of draws that know no season and no growth; docs/method.md says how it was chosen."""


@dataclass(frozen=True)
class Past:
    """What is known, as draws.

    Parameters
    ----------
    work : (weeks, parts, draws) work of each week.
    season : (weeks, draws) log of the season.
    scales : of the model.
    """

    work: Floats
    season: Floats
    scales: Scales

    @property
    def weeks(self) -> int:
        """Return the number of past weeks."""
        return len(self.work)

    @cached_property
    def factor(self) -> Floats:
        """Return what the season multiplies each past week's work by, (weeks, draws)."""
        return np.asarray(np.exp(self.season))

    @cached_property
    def wander(self) -> tuple[float, float]:
        """Return the size of the level's wandering within a year, and of its change over one.

        Notes
        -----
        From the programme's own past: how far quarters lay from their year, and how wrong the
        rule that is used here would have been a year ahead. Recent years count more, and a weak
        opinion holds both where the past is short.
        """
        return (
            _shrunk(*_quarters(self), typical=0.05, worth=12),
            _shrunk(*_year_ahead(self), typical=0.12, worth=6),
        )

    def mean(self, end: int, length: int) -> Floats:
        """Return the log of mean work without season in `length` weeks to `end`, (parts, draws)."""
        return self._weighted(end, np.ones(min(length, end)))

    def level(self, end: int) -> Floats:
        """Return the log of work without season as it was at week `end`, (parts, draws)."""
        return self._weighted(end, _fading(end))

    def _weighted(self, end: int, weight: Floats) -> Floats:
        span = slice(end - len(weight), end)
        work = np.tensordot(weight, self.work[span], axes=1)
        return np.asarray(np.log(work / (weight @ self.factor[span])))


@dataclass(frozen=True)
class Future:
    """Draws of the weeks to come.

    Parameters
    ----------
    level, common, rate : (horizon, parts, draws) and (horizon, draws), all logs.
    """

    level: Floats
    common: Floats
    rate: Floats


def future(past: Past, season: Floats, rng: np.random.Generator) -> Future:
    """Return draws of the weeks to come; `season`, the log of theirs, (horizon, draws), is used up.

    Thirty years of draws are large: what is not needed again is written over. Each kind of chance
    has a generator of its own, so that weeks are the same whatever the horizon.
    """
    parts, draws = past.work.shape[1:]
    of_weeks, of_parts, of_level, doubt, of_doubt, usual = rng.spawn(6)
    # All parts have a good or a bad week together.
    spread = burst_spread(past.scales.week)
    common = _week_effects(of_weeks, season.shape, spread)
    effect = common[:, np.newaxis]
    # Work is log-normal: the level is of logs, but what goes on is the mean amount of work.
    level = _level(past, len(season), of_level)
    level -= np.log(np.exp(_week_effects(usual, (YEAR, draws), spread)).mean())
    if parts > 1:
        shape = (len(season), parts, draws)
        own = burst_spread(past.scales.part)
        effect = effect + own * of_parts.standard_normal(shape)
        level -= own**2 / 2
    rate = season[:, np.newaxis] if parts == 1 else season[:, np.newaxis].repeat(parts, axis=1)
    rate += level
    rate += effect
    doubting = np.flatnonzero(doubt.random(draws) < _DOUBT)
    rate[..., doubting] = _weeks_again(past, doubting, len(season), of_doubt)
    return Future(level, common, rate)


def _level(past: Past, horizon: int, rng: np.random.Generator) -> Floats:
    years = np.arange(1, horizon + 1)[:, np.newaxis, np.newaxis] / YEAR
    path = _ahead(past, past.weeks, years)
    path += _wandering(past, path.shape, rng)
    return path


def _wandering(past: Past, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    within, over = past.wander
    size = within * np.sqrt(1 - 0.5 ** (2 / _WANDER_HALF))
    quick, slow = rng.spawn(2)
    path = _reverting(quick, shape, size, _WANDER_HALF)
    path += _reverting(slow, shape, over / np.sqrt(YEAR), _SLOW_HALF)
    return path


def _weeks_again(past: Past, draws: np.ndarray, horizon: int, rng: np.random.Generator) -> Floats:
    """Return log work of weeks picked from the last year, about a level that wanders."""
    year = past.work[-YEAR:, :, draws]
    # All parts take the same week: they have a good or a bad one together.
    picked = rng.integers(len(year), size=(horizon, 1, len(draws)))
    again = np.log(np.take_along_axis(year, picked, axis=0))
    again += _wandering(past, again.shape, rng)
    return again


def _ahead(past: Past, end: int, years: Floats | float) -> Floats:
    """Return the level so many years after week `end`, before it wanders."""
    weight = _fading(end)
    # The level is a mean of weeks that lie some time back; growth since then is added first.
    age = float(weight @ np.arange(end)[::-1]) / float(weight.sum()) / YEAR
    now = past.level(end)
    if end < 2 * YEAR:
        return np.asarray(now + np.zeros(np.shape(years)))
    growth = _CARRIED * (past.mean(end, YEAR) - past.mean(end - YEAR, YEAR))
    return np.asarray(now + growth * (_damped(age) + _damped(years)))


def _fading(end: int) -> Floats:
    """Return the weights of the weeks before `end` in the level."""
    return np.asarray(0.5 ** (np.arange(end)[::-1] / _LEVEL_HALF))


def _damped(years: Floats | float) -> Floats:
    """Return how many years' worth of growth there is after so many years; it is bounded."""
    return np.asarray((1 - np.power(_DAMPING, years)) / -np.log(_DAMPING))


def _reverting(
    rng: np.random.Generator, shape: tuple[int, ...], size: float, half: float
) -> Floats:
    """Return paths that start at nought, step by `size` a week, and halve in `half` weeks."""
    keep = 0.5 ** (1 / half)
    path = rng.standard_normal(shape)
    path *= size
    for week in range(1, len(path)):
        path[week] += keep * path[week - 1]
    return path


def _week_effects(rng: np.random.Generator, shape: tuple[int, ...], spread: float) -> Floats:
    """Return week effects of the spread that the model found, with heavier tails.

    Notes
    -----
    The model's mixture of usual weeks and bursts suits weeks with figures of their own. For weeks
    to come a sharper middle and longer tails of the same spread score better in backtests.
    """
    effects = rng.standard_t(_FREEDOM, shape)
    np.clip(effects, -_LARGEST, _LARGEST, out=effects)
    effects *= spread * np.sqrt((_FREEDOM - 2) / _FREEDOM)
    return effects


def _quarters(past: Past) -> tuple[Floats, Floats]:
    """Return the variance of the quarters about each past year, and its weight."""
    ends = range(past.weeks, YEAR - 1, -YEAR)
    # Even where the level stood still, quarters would differ by their week effects.
    idle = burst_spread(past.scales.week) ** 2 / QUARTER
    found = []
    for end in ends:
        quarters = np.stack([past.mean(end - QUARTER * back, QUARTER) for back in range(4)])
        found.append(max(float(np.median(quarters.var(axis=0, ddof=1))) - idle, 0.0))
    return np.array(found), 3 * _weight(past, ends)


def _year_ahead(past: Past) -> tuple[Floats, Floats]:
    """Return the squared errors of the rule in past years, and their weight."""
    ends = range(past.weeks, 3 * YEAR - 1, -QUARTER)
    found = []
    for end in ends:
        expected = _ahead(past, end - YEAR, 0.5)
        found.append(float(np.median(past.mean(end, YEAR) - expected)) ** 2)
    # Years that overlap by three quarters are a quarter of a year's news each.
    return np.array(found), _weight(past, ends) * QUARTER / YEAR


def _weight(past: Past, ends: range) -> Floats:
    return np.asarray(0.5 ** ((past.weeks - np.array(ends)) / _MEMORY))


def _shrunk(variance: Floats, weight: Floats, *, typical: float, worth: float) -> float:
    """Return the standard deviation, with an opinion worth so many observations."""
    seen = float((variance * weight).sum()) + worth * typical**2
    return float(np.sqrt(seen / (float(weight.sum()) + worth)))
