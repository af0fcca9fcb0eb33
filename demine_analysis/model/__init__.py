"""The mathematics of the reconciliation: sparse matrices in; mode, scales and draws out.

The work of part `p` (an operator, or what is left) in week `t` is `exp(z)`, with

    z = level (random walk) + yearly season (harmonics) + week effect.

A figure says `log(printed) = log(share) + log(sum of its parts' work in its days) + error`.
The linear steps solve for the cumulative totals at the ends of weeks rather than for `z`: an
interval's total then touches two weeks however long it is, so every matrix stays sparse and the
work grows linearly with weeks and figures. docs/method.md derives all of it.

Knows neither pandas nor file names.
"""

from demine_analysis.model.design import Design
from demine_analysis.model.draws import draw, leave_one_out
from demine_analysis.model.fit import Fit, fit
from demine_analysis.model.grid import TYPICAL, Figures, Floats, Grid, Scales, interpolation
from demine_analysis.model.mixture import base_variance, noise, odds, readings
from demine_analysis.model.plain import as_dict, from_dict
from demine_analysis.model.scales import estimate_scales

__all__ = [
    "TYPICAL",
    "Design",
    "Figures",
    "Fit",
    "Floats",
    "Grid",
    "Scales",
    "as_dict",
    "base_variance",
    "draw",
    "estimate_scales",
    "fit",
    "from_dict",
    "interpolation",
    "leave_one_out",
    "noise",
    "odds",
    "readings",
]
