"""Write a fitted mode as plain numbers, and read it back without the hundred steps to find it."""

from __future__ import annotations

from typing import Any

import numpy as np

from demine_analysis.model.design import Design, Misfit
from demine_analysis.model.fit import Fit
from demine_analysis.model.grid import Floats, Scales
from demine_analysis.model.linear import linearisation
from demine_analysis.model.threads import single_threaded


def as_dict(fitted: Fit) -> dict[str, Any]:
    """Return what a fit cannot be had without, as JSON keeps it: to the last bit."""
    numbers = {
        "x": fitted.x,
        "prior_weight": fitted.prior_weight,
        "weight": fitted.weight,
        # The linear model is the one of the last step, taken from where that step began.
        "log_rate": fitted.linear.log_rate,
    }
    return {name: values.tolist() for name, values in numbers.items()}


@single_threaded
def from_dict(design: Design, scales: Scales, kept: dict[str, Any]) -> Fit | None:
    """Return the fit that `as_dict` was given, or None where this is not one of the design."""
    sizes = {
        "x": design.grid.size,
        "prior_weight": len(design.target),
        "weight": len(design.figures),
        "log_rate": design.grid.rates,
    }
    found = {name: _numbers(kept.get(name), size) for name, size in sizes.items()}
    x, prior_weight, weight, log_rate = found.values()
    if x is None or prior_weight is None or weight is None or log_rate is None:
        return None
    before = np.concatenate([log_rate, x[design.grid.rates :]])
    linear = linearisation(design).at(Misfit(design, before), prior_weight, weight)
    return Fit(design, scales, x, prior_weight, weight, linear)


def _numbers(kept: object, size: int) -> Floats | None:
    if not isinstance(kept, list) or len(kept) != size:
        return None
    if not all(isinstance(each, float) for each in kept):
        return None
    values = np.array(kept)
    return values if np.isfinite(values).all() else None
