"""A reconciliation's draws, carried on to a longer grid."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache

import numpy as np
import pandas as pd

from demine_analysis import model
from demine_analysis.reconciliation.result import Reconciliation

from .forecast import Future, Past, future
from .result import Extended
from .scenario import Scenario

_NEVER = 1e-300
"""Work in a week without work: the model takes logs."""


def extend(
    r: Reconciliation,
    until: pd.Timestamp,
    scenario: Scenario,
    draws: int,
    rng: np.random.Generator,
) -> Extended:
    """Return the reconciliation with weeks to come, to the week of the horizon."""
    old = r.fitted.design.grid
    count = int((until - r.weeks[-1]).days // 7)
    grid = replace(old, weeks=old.weeks + count)
    known = _known(r, draws)
    season = grid.harmonics()[old.weeks :] @ known[old.season_slice()]
    ahead = future(_past(r, draws), season, rng)
    factor = np.log(np.maximum(scenario.factors(r.weeks[-1] + pd.Timedelta(days=7), count), _NEVER))
    ahead.rate[:] += factor[:, np.newaxis, np.newaxis]
    shares = _shares(r, known, grid, rng)
    return _extended(r, grid, _joined(old, known, ahead, shares), until)


def _extended(
    r: Reconciliation, grid: model.Grid, blocks: tuple[model.Floats, ...], until: pd.Timestamp
) -> Extended:
    design = model.Design(grid, r.fitted.design.figures, r.fitted.design.centre)
    kept = {each.name: getattr(r, each.name) for each in fields(r)}
    kept |= {"fitted": replace(r.fitted, design=design), "draw_count": blocks[0].shape[1]}
    return Extended(**kept, blocks=blocks, horizon=until)


def _known(r: Reconciliation, draws: int) -> model.Floats:
    """Return so many draws of the unknowns, the reconciled ones again where there are more."""
    return r.draws[:, np.arange(draws) % r.draw_count]


@lru_cache(maxsize=1)
def _past(r: Reconciliation, draws: int) -> Past:
    """Return the past of a reconciliation, which its projections to any horizon share."""
    grid, known = r.fitted.design.grid, _known(r, draws)
    work = np.exp(known[: grid.rates]).reshape(grid.weeks, grid.parts, -1)
    return Past(work, grid.harmonics() @ known[grid.season_slice()], r.scales)


def _joined(
    old: model.Grid, known: model.Floats, ahead: Future, shares: model.Floats
) -> tuple[model.Floats, ...]:
    """Return the blocks of the unknowns on the longer grid, in the grid's order."""
    flat = (-1, known.shape[1])
    return (
        known[: old.rates],
        ahead.rate.reshape(flat),
        known[old.level_slice()],
        ahead.level.reshape(flat),
        known[old.season_slice()],
        known[old.common_slice()],
        ahead.common[: len(ahead.common) if old.common else 0],
        shares,
    )


def _shares(
    r: Reconciliation, known: model.Floats, grid: model.Grid, rng: np.random.Generator
) -> model.Floats:
    """Return the log shares of notices of unstated scope; to come, they change as they did."""
    old, count = r.fitted.design.grid, known.shape[1]
    shares = np.empty((old.notices, grid.knots, count))
    shares[:, : old.knots] = known[old.share_slice()].reshape(old.notices, old.knots, count)
    for kind, own in zip(shares, rng.spawn(len(shares)), strict=True):
        later = kind[old.knots :]
        own.standard_normal(out=later)
        later *= r.scales.share
        # A share does not wander without end: later knots keep to what the first year brought.
        later[4:] = 0.0
        for knot in range(old.knots, grid.knots):
            kind[knot] += kind[knot - 1]
    return shares.reshape(-1, count)
