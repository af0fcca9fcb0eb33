"""A finding, and the frame of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Finding:
    """What is wrong with a figure.

    Parameters
    ----------
    statement_ids : tuple of str
        The statements that print it.
    code : str
        Which check it fails.
    reading : str
        What it likely is.
    value : float
        What the true figure would be; NaN where that cannot be told.
    related : tuple of str
        Statements that speak against it, or that it is read from.
    """

    statement_ids: tuple[str, ...]
    code: str
    reading: str
    value: float = np.nan
    related: tuple[str, ...] = ()


def frame(found: list[Finding]) -> pd.DataFrame:
    """Return one row a statement; of several findings the first, with the relations of all."""
    rows = pd.DataFrame(
        {
            "statement_id": [each.statement_ids for each in found],
            "finding": [each.code for each in found],
            "likely_reading": [each.reading for each in found],
            "likely_value": np.array([each.value for each in found], dtype=float),
            "related": [each.related for each in found],
        }
    ).explode("statement_id", ignore_index=True)
    if rows.empty:
        return rows.rename(columns={"related": "related_statement_ids"})
    groups = rows.groupby("statement_id", sort=False)
    first = groups.first()
    related = groups["related"].agg(lambda lists: tuple(sorted({name for each in lists for name in each})))
    own = pd.Series([tuple(n for n in names if n != me) for me, names in related.items()], related.index)
    return first.drop(columns="related").assign(related_statement_ids=own).reset_index()
