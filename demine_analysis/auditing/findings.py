"""A finding, the codes of findings and readings, and the frame of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

FINDINGS = {
    "far_from_expected": "far from what all other figures say",
    "papers_disagree": "papers print different numbers for the same days",
    "sum_mismatch": "parts and total do not agree",
    "falling_total": "a running total below an earlier one",
    "repeated_total": "an old total repeated beside new figures",
    "part_exceeds_whole": "a part larger than the whole",
    "whole_below_parts": "a whole smaller than its parts",
    "copied": "the same numbers as another week",
    "two_dates": "the same notice under two dates",
    "impossible_plan": "a plan beyond what there is, or beyond any pace",
    "tiny_plan": "a plan far below the pace reached",
}
"""Code of a finding -> what is wrong, in words."""

READINGS = {
    "decimal_point": "decimal point moved",
    "thousands_separator": "thousands separator misread",
    "swapped_types": "kinds of mine swapped",
    "other_week": "another week's figure",
    "last_years_date": "last year's or next year's date",
    "year_to_date_as_year": "year to date read as the year",
    "other_metric": "another kind of item, or all kinds",
    "one_operator": "one operator's figure",
    "earlier_total": "a total of an earlier day",
    "scope": "other work than stated",
    "sum_mismatch": "parts do not add up",
    "papers_disagree": "another paper's number is right",
    "undecided": "one of these numbers, undecided which",
    "falling_total": "cannot follow an earlier total",
    "two_dates": "another paper's date is right",
    "impossible_plan": "not a plan, or of another size",
    "tiny_plan": "of another size",
    "unexplained": "no reading fits",
}
"""Code of a reading -> what the figure likely is, in words."""

COLUMNS = ["statement_id", "finding", "likely_reading", "likely_value", "related_statement_ids"]


@dataclass(frozen=True)
class Finding:
    """What is wrong with a figure.

    Parameters
    ----------
    statement_ids : tuple of str
        The statements that print it.
    code : str
        Which check it fails, a key of `FINDINGS`.
    reading : str
        What it likely is, a key of `READINGS`.
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
    first: dict[str, Finding] = {}
    related: dict[str, set[str]] = {}
    for each in found:
        for name in each.statement_ids:
            first.setdefault(name, each)
            related.setdefault(name, set()).update(each.related)
    rows = [
        (name, each.code, each.reading, each.value, tuple(sorted(related[name] - {name})))
        for name, each in first.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"likely_value": float})
