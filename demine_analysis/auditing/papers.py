"""One figure, several papers: those that print another number."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from demine_analysis.auditing.findings import Finding
from demine_analysis.auditing.sums import bounded

_KEY = ["metric", "period_start", "period_end", "operator", "district", "land_use"]


def papers_disagree(statements: pd.DataFrame, judged: set[str]) -> list[Finding]:
    """Return figures of the same days and scope that differ between papers.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    judged : set of str
        Statements for which the series has told who is wrong.

    Returns
    -------
    list of Finding
        Those that fewer papers print; all of them where that is a tie.
    """
    rows = bounded(statements[statements["status"] == "achieved"])
    rows = rows[~rows["statement_id"].isin(judged)]
    found: list[Finding] = []
    for _, group in rows[rows.duplicated(_KEY, keep=False)].groupby(_KEY):
        slack = group["upper"] - group["lower"]
        if (group["lower"] - slack).max() > (group["upper"] + slack).min():
            found += _minority(group)
    return found


def _minority(group: pd.DataFrame) -> Iterator[Finding]:
    names: dict[float, tuple[str, ...]] = {}
    for name, value in zip(group["statement_id"], group["value"].astype(float), strict=True):
        names[value] = (*names.get(value, ()), name)
    most = max(len(each) for each in names.values())
    leading = [value for value, each in names.items() if len(each) == most]
    tie = len(leading) > 1
    likely, reading = (np.nan, "undecided") if tie else (leading[0], "papers_disagree")
    for value, own in names.items():
        against = [each for each in names if each != value] if tie else [likely]
        related = tuple(name for each in against for name in names[each])
        if value != likely:
            yield Finding(own, "papers_disagree", reading, likely, related)
