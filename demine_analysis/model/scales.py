"""The scales of the model, by maximum of the Laplace-approximated evidence."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import expit

from demine_analysis.model.design import Design
from demine_analysis.model.fit import FLAT_ENOUGH, Fit, evidence, first_mode, newton
from demine_analysis.model.grid import TYPICAL, UNEVEN, Floats, Scales
from demine_analysis.model.mixture import LOOSE, base_variance, burst_missed, odds, readings
from demine_analysis.model.threads import single_threaded

# An opinion on each scale, in observations: how many its typical value is worth. A week's own
# effect and the spread of notices are hard to tell apart, so both lean on what is typical.
_OPINION = {
    "level": 30,
    "week": 60,
    "part": 60,
    "season": 2,
    "share": 40,
    "notice": 40,
    "day": 20,
    "error": 2,
    "odds": 50,
}
# Parts have few figures of their own, so that the split could follow any whim of the level.
_SPLIT_OPINION = 40

# Figures that contradict each other by many powers of ten would make any week possible, and the
# equations singular to rounding: no scale is wider than a factor of twenty.
_WIDEST = 3.0

_PROBES = 32
_BURST_BIAS = 0.1
# The standard deviation of what Laplace's approximation misses, as a part of it: counted only as
# far as figures leave a week open it is 4 to 64% less on seven series, 13% in the middle.
_MISSED_DOUBT = 0.13
_ROUNDS = 25
_SETTLED = 0.01


@single_threaded
def estimate_scales(design: Design) -> Scales:
    """Return the scales that make the figures most likely.

    Notes
    -----
    Fixed-point updates after MacKay (1992), "Bayesian interpolation", Neural Computation 4:
    a variance is its residuals' sum of squares over the number of them that the figures
    determine; that number is traced with the same random probes in every round, so the result
    is deterministic. Evidence has several peaks (uneven work, or figures that are wrong?), so
    the search is started from steady and from uneven work. At a week without a notice Laplace's
    approximation sees the density at the peak and misses the bursts beside it, which speaks
    against steady work. What it misses is known roughly, and so is which of the two is right: the
    scales are the mean of both, each counted as likely as it is. The probability from a log of odds
    that is not known for sure is MacKay's (1992, "The evidence framework applied to classification
    networks", Neural Computation 4).
    """
    steady, uneven = _climbed(design, TYPICAL), _climbed(design, UNEVEN)
    missed = _missed(steady, uneven)
    gained = evidence(uneven) - evidence(steady) - missed
    doubt = np.sqrt(1 + np.pi / 8 * (_MISSED_DOUBT * missed) ** 2)
    return _mean(steady.scales, uneven.scales, float(expit(gained / doubt)))


def _mean(steady: Scales, uneven: Scales, likely: float) -> Scales:
    """Return the mean of the logs of two sets of scales, where the second has a probability."""
    mean: dict[str, Any] = {}
    for name, first in asdict(steady).items():
        value = np.exp((1 - likely) * np.log(first) + likely * np.log(getattr(uneven, name)))
        mean[name] = float(value) if value.ndim == 0 else tuple((value / value.sum()).tolist())
    return Scales(**mean)


def _missed(steady: Fit, uneven: Fit) -> float:
    """Return by how much the evidence of steady work misses more of its bursts, in logs.

    For the effects common to all parts as a round number; parts have several times as many, and
    their scales lie anywhere.
    """
    design = steady.design
    own, other = (float(burst_missed(each.scales.part)) for each in (steady, uneven))
    parts = design.governed_by("part").sum() * (own - other)
    return float(_BURST_BIAS * design.grid.weeks + parts)


def _climbed(design: Design, typical: Scales) -> Fit:
    current = first_mode(design, typical)
    for _ in range(_ROUNDS):
        scales = _updated(current, typical)
        change = _largest_change(current.scales, scales)
        current = newton(current, scales, limit=4, flat=FLAT_ENOUGH)
        if change < _SETTLED:
            break
    return newton(current, current.scales)


def _updated(current: Fit, typical: Scales) -> Scales:
    design, linear = current.design, current.linear
    squares = current.misfit.weighted(current.prior_weight, current.weight) ** 2
    probes = _probes(linear.jacobian.shape[0])
    spread = linear.jacobian @ linear.factor.solve(linear.jacobian.T @ probes)
    leverage = (spread**2).mean(axis=1)
    new: dict[str, Any] = {
        name: _prior_scale(current, typical, name, squares, leverage)
        for name in ("week", "part", "level", "season", "share")
        if design.governed_by(name).any()
    }
    figures = leverage[len(current.prior_weight) :] / current.weight
    return replace(current.scales, **new, **_figure_scales(current, typical, figures))


@lru_cache(maxsize=2)
def _probes(rows: int) -> Floats:
    probes = np.random.default_rng(0).standard_normal((rows, _PROBES))
    probes.flags.writeable = False
    return probes


def _prior_scale(
    current: Fit, typical: Scales, name: str, squares: Floats, leverage: Floats
) -> float:
    rows = np.flatnonzero(current.design.governed_by(name))
    split = _SPLIT_OPINION * (current.design.grid.parts - 1) if name == "level" else 0
    determined = max(len(rows) - float(leverage[rows].sum()), 0.0)
    opinion = _OPINION[name] + split
    seen = getattr(current.scales, name) ** 2 * squares[rows].sum()
    total = seen + opinion * getattr(typical, name) ** 2
    return min(float(np.sqrt(total / (determined + opinion))), _WIDEST)


def _figure_scales(current: Fit, typical: Scales, variance: Floats) -> dict[str, Any]:
    """Return `error`, `notice`, `day` and odds by a step of expectation-maximisation."""
    figures, scales = current.design.figures, current.scales
    usual = base_variance(figures, scales)
    deviation = current.deviation()
    probability = readings(deviation, usual, odds(figures, scales))
    sound = probability[:, 0] + probability[:, 1]
    squares = (deviation**2 + variance) * (probability[:, 0] + probability[:, 1] / LOOSE**2)
    new: dict[str, Any] = {}
    sizes: dict[str, Floats] = {
        "error": np.ones(len(figures)),
        "notice": (figures.notice >= 0).astype(float),
        "day": figures.within_week,
    }
    for name, size in sizes.items():
        rows = size > 0
        own = (getattr(scales, name) * size[rows]) ** 2
        part = own / usual[rows]
        errors = sound[rows] * own * (1 - part) + part**2 * squares[rows]
        expected = (errors / size[rows] ** 2).sum()
        total = expected + _OPINION[name] * getattr(typical, name) ** 2
        spread = float(np.sqrt(total / (sound[rows].sum() + _OPINION[name])))
        new[name] = min(spread, _WIDEST)
    for name, rows in (("odds", figures.notice < 0), ("notice_odds", figures.notice >= 0)):
        counts = probability[rows].sum(axis=0) + _OPINION["odds"] * np.array(getattr(typical, name))
        new[name] = tuple(float(share) for share in counts / counts.sum())
    return new


def _largest_change(old: Scales, new: Scales) -> float:
    names = ("level", "week", "part", "season", "error", "notice", "day", "share")
    return max(abs(float(np.log(getattr(new, name) / getattr(old, name)))) for name in names)
