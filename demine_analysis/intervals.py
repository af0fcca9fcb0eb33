"""Draws as tables: the median and the 50, 80 and 95% intervals that every result is given with."""

from __future__ import annotations

import numpy as np
import pandas as pd

QUANTILES = {
    "median": 0.5,
    "lower_50": 0.25,
    "upper_50": 0.75,
    "lower_80": 0.1,
    "upper_80": 0.9,
    "lower_95": 0.025,
    "upper_95": 0.975,
}
"""Column of an interval frame -> quantile."""

COLUMNS = list(QUANTILES)


def interval_frame(draws: np.ndarray, index: pd.Index) -> pd.DataFrame:
    """Return median and intervals of each row of draws.

    Parameters
    ----------
    draws : (rows, draws) array
        In the unit of the result, ha or items.
    index : Index
        A label for each row.

    Returns
    -------
    DataFrame
        `median`, `lower_50`, `upper_50`, `lower_80`, `upper_80`, `lower_95`, `upper_95`.
    """
    if not len(index):
        return pd.DataFrame(columns=COLUMNS, index=index, dtype=float)
    table = np.quantile(draws, list(QUANTILES.values()), axis=1).T
    return pd.DataFrame(table, columns=COLUMNS, index=index)
