"""How far publishers agree, and which weeks have a notice."""

from __future__ import annotations

import pandas as pd

from demine_analysis.auditing.sums import bounded
from demine_analysis.errors import StatementError
from demine_analysis.frames import tidied

_KEY = ["metric", "status", "period_start", "period_end", "operator", "district", "land_use"]
_LONGEST_NOTICE = 8


def agreement(statements: pd.DataFrame, sources: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return how often two publishers print the same figure for the same days and scope.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    sources : DataFrame, optional
        As `load_sources` returns them; where they are not given the statements need a column
        `publisher`.

    Returns
    -------
    DataFrame
        A row a pair of publishers that have figures in common, those with most first: `first`,
        `second`, `figures` (both print one), `same` (no more than rounding apart), `share`.

    Raises
    ------
    StatementError
        If the publishers are not known.

    Examples
    --------
    >>> import demine_analysis as da
    >>> pairs = agreement(da.load_statements("azerbaijan"), da.load_sources("azerbaijan"))
    >>> bool(pairs["share"].between(0, 1).all())
    True
    """
    statements = tidied(statements, (*_KEY, "value", "unit", "qualifier")).reset_index(drop=True)
    rows = bounded(_with_publisher(statements, sources))
    rows = rows[rows["status"] == "achieved"]
    counts = _pairs(rows).groupby(["first", "second"])["same"].agg(figures="size", same="sum")
    table = pd.DataFrame(counts.reset_index()).astype({"same": int})
    table["share"] = table["same"] / table["figures"]
    order = ["figures", "first", "second"]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)


def _with_publisher(statements: pd.DataFrame, sources: pd.DataFrame | None) -> pd.DataFrame:
    if sources is not None:
        pages = tidied(sources, ["source_id", "publisher"], what="sources", source="load_sources")
        names = pages.drop_duplicates("source_id").set_index("source_id")["publisher"]
        statements = tidied(statements, ["source_id"])
        return statements.assign(publisher=statements["source_id"].map(names))
    if "publisher" not in statements:
        raise StatementError(
            "statements do not say who published them; give agreement the sources as well, "
            "as load_sources returns them"
        )
    return statements


def _pairs(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of publishers of each figure, and whether theirs may be one number."""
    own = rows.drop_duplicates([*_KEY, "publisher", "value"])
    both = own.merge(own, on=_KEY, suffixes=("", "_other"))
    both = both[both["publisher"] < both["publisher_other"]]
    meet = (both["lower"] <= both["upper_other"]) & (both["lower_other"] <= both["upper"])
    return pd.DataFrame(
        {"first": both["publisher"], "second": both["publisher_other"], "same": meet}
    )


def calendar(statements: pd.DataFrame, *, metric: str = "area_cleared") -> pd.DataFrame:
    """Return every week from the first notice to the last, and how many notices tell of it.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    metric : str
        Of which metric.

    Returns
    -------
    DataFrame
        Index `period_start`, Mondays; `notices` (pages with a figure for days of this week
        alone, for the country), `figures` (different numbers among them), `observed`.

    Notes
    -----
    A notice belongs to the week that holds its middle day; at most eight days, as some print
    both Mondays.
    """
    statements = tidied(statements, (*_KEY, "value")).reset_index(drop=True)
    days = (statements["period_end"] - statements["period_start"]).dt.days + 1
    rows = statements[
        (statements["metric"] == metric)
        & (statements["status"] == "achieved")
        & (statements["district"] == "all")
        & (statements["land_use"] == "all")
        & (days <= _LONGEST_NOTICE)
        & statements["operator"].isin(["all", "unstated"])
    ]
    if rows.empty:
        columns = {"notices": int, "figures": int, "observed": bool}
        index = pd.DatetimeIndex([], name="period_start")
        return pd.DataFrame(index=index, columns=list(columns)).astype(columns)
    middle = rows["period_start"] + (rows["period_end"] - rows["period_start"]) / 2
    monday = middle.dt.normalize() - pd.to_timedelta(middle.dt.day_of_week, unit="D")
    values = rows.groupby(monday)["value"]
    table = pd.DataFrame({"notices": values.size(), "figures": values.nunique()})
    weeks = pd.date_range(monday.min(), monday.max(), freq="7D", name="period_start")
    table = table.reindex(weeks, fill_value=0).astype("int64")
    return table.assign(observed=table["notices"] > 0)
