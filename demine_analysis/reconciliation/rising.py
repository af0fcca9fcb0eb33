"""Which of several running totals can stand together: a running total never falls."""

from __future__ import annotations

import numpy as np
import pandas as pd


def rising(values: pd.Series, weight: pd.Series | None = None) -> pd.Series:
    """Mark the heaviest run of values that never falls; missing values are not in it.

    Notes
    -----
    Longest non-decreasing subsequence with weights, by dynamic programming.
    """
    known = values.dropna()
    numbers = known.to_numpy(dtype=float)
    best = np.ones(len(known)) if weight is None else weight[values.notna()].to_numpy(dtype=float)
    before = np.full(len(known), -1)
    for position in range(1, len(known)):
        lower = np.flatnonzero(numbers[:position] <= numbers[position])
        if len(lower):
            before[position] = lower[best[lower].argmax()]
            best[position] += best[before[position]]
    kept = np.zeros(len(known), dtype=bool)
    position = int(best.argmax()) if len(best) else -1
    while position >= 0:
        kept[position] = True
        position = before[position]
    marked = values.notna().to_numpy(copy=True)
    marked[marked] = kept
    return pd.Series(marked, index=values.index)
