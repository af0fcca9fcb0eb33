"""Mine victims as authorities stated them on different dates."""

from __future__ import annotations

import pandas as pd

from demine_analysis.reconciliation.casualties import beginning, since
from demine_analysis.reconciliation.evidence.running_totals import rising

from .select import known_by


def victims(
    casualties: pd.DataFrame,
    *,
    start: str | None = None,
    end: str | None = None,
    as_of: str | None = None,
) -> pd.DataFrame:
    """Return the stated number of mine victims since the day from which most totals count.

    Parameters
    ----------
    casualties : DataFrame
        As from `load_casualties`.
    start, end : str
        First and last day of reference, inclusive; None: no limit.
    as_of : str
        Only what had been published by this day; None: everything.

    Returns
    -------
    DataFrame
        Index `period_end`, the day up to which the figure counts; `killed`, `injured`,
        `total` (people, missing where not stated; total is the sum where only the parts are
        stated), `set_aside` (True where a total cannot stand between the earlier and the
        later ones), `publisher`, `url`, `since`: the day from which most totals count.
    """
    frame = _running(casualties)
    if as_of:
        frame = known_by(frame, as_of)
    if start:
        frame = frame[frame["period_end"] >= pd.Timestamp(start)]
    if end:
        frame = frame[frame["period_end"] <= pd.Timestamp(end)]
    frame = _one_a_day(frame).set_index("period_end")
    # A row with an odd number of killed counts something else, for instance civilians alone.
    odd = frame["killed"].notna() & ~rising(frame["killed"])
    frame["set_aside"] = odd | ~rising(frame["total"])
    frame["since"] = beginning(casualties)
    return frame[["killed", "injured", "total", "set_aside", "publisher", "url", "since"]]


def _running(casualties: pd.DataFrame) -> pd.DataFrame:
    """Keep dated running totals of everybody, soldiers and civilians."""
    everybody = casualties["civilians_only"].ne("yes")
    frame = casualties[since(casualties) & everybody].dropna(subset=["period_end"])
    total = frame["total"].fillna(frame["killed"] + frame["injured"])
    return frame.assign(total=total).dropna(subset=["total"])


def _one_a_day(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep, for each day, the figure with most parts, then the latest page."""
    parts = frame[["killed", "injured"]].notna().sum(axis=1)
    ranked = frame.assign(parts=parts).sort_values(
        ["period_end", "parts", "published", "url"],
        ascending=[True, False, False, True],
        na_position="last",
    )
    return ranked.drop_duplicates("period_end")
