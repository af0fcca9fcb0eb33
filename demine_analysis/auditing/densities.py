"""Probability densities that the audit needs, written out: `scipy.stats` takes long to import."""

from __future__ import annotations

from math import exp, lgamma, log, pi
from typing import Any


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
    constant = lgamma((freedom + 1) / 2) - lgamma(freedom / 2) - log(freedom * pi) / 2
    return exp(constant) * (1 + (distance / scale) ** 2 / freedom) ** (-(freedom + 1) / 2) / scale
