"""What was published last of parts and of single weeks, whatever days the figures count."""

from __future__ import annotations

import pandas as pd

from demine_analysis.scope import WHOLE, Scope

from .breakdown import KINDS
from .select import known_by, matching
from .totals import weekly

_PARTS = ("land_use", "district", "operator")
_PAGE = ["by", "period_start", "period_end", "source_id"]
_LEAST_PARTS = 2
_UNSTATED = "unstated"


def breakdowns(statements: pd.DataFrame, scope: Scope | None = None) -> pd.DataFrame:
    """Return what pages print of parts of the work, for days that are no whole year.

    Parameters
    ----------
    statements : DataFrame
        As from `load_statements`.
    scope : Scope, optional
        Of its metric, as known on its day; the cleared area by default.

    Returns
    -------
    DataFrame
        One row a part: `by` (``land_use``, ``district`` or ``operator``), `part`, `value`,
        `unit`, `qualifier`, `period_start`, `period_end`, `operator`, `statement_id`,
        `source_id`, `whole` and `whole_qualifier`: what the same page prints of all work in the
        same days, NaN where it does not; the latest days first, the largest part first. Of several
        pages for the same days the one with most parts stands. Whole years are in
        `land_use_totals` and the others.
    """
    scope = scope or Scope()
    frame = known_by(statements, scope.as_of)
    frame = frame.iloc[matching(frame, {"metric": scope.metric, "status": "achieved"})]
    frame = frame[(frame["period"] != "year") & frame["value"].notna()]
    frame = frame.dropna(subset=["period_start", "period_end"])
    found = pd.concat([_by(frame, column) for column in _PARTS])
    found = found.join(_wholes(frame), on=_PAGE[1:])
    order = ["period_end", "period_start", "by", "value"]
    columns = ["by", "part", "value", "unit", "qualifier", "period_start", "period_end",
               "operator", "statement_id", "source_id", "whole", "whole_qualifier"]  # fmt: skip
    ranked = found.sort_values(order, ascending=[False, False, True, False], kind="stable")
    return ranked[columns].reset_index(drop=True)


def _by(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the figures that name a part in one column alone, of one page for each days."""
    others = [frame[name].isin([WHOLE, _UNSTATED]) for name in _PARTS if name != column]
    part = ~frame[column].isin([WHOLE, _UNSTATED])
    rows = frame[part & others[0] & others[1]].assign(by=column, part=frame[column])
    rows = rows.drop_duplicates([*_PAGE, "part"])
    count = rows.groupby(_PAGE)["part"].transform("size")
    rows = rows.assign(count=count)[count >= _LEAST_PARTS]
    days = ["by", "period_start", "period_end"]
    best = rows.sort_values(["count", "published", "source_id"]).groupby(days)["source_id"].last()
    return rows[rows["source_id"].eq(rows.join(best.rename("best"), on=days)["best"])]


def _wholes(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what each page prints of all work in some days, by days and page."""
    every = (frame["district"] == WHOLE) & (frame["land_use"] == WHOLE)
    rows = frame[every & frame["operator"].isin([WHOLE, _UNSTATED])]
    first = rows.sort_values(["operator", "statement_id"]).drop_duplicates(_PAGE[1:])
    named = first.set_index(_PAGE[1:])[["value", "qualifier"]]
    return named.set_axis(["whole", "whole_qualifier"], axis="columns")


def most_noticed(statements: pd.DataFrame) -> str:
    """Return the metric of which most weeks and days have a notice for the country.

    Parameters
    ----------
    statements : DataFrame
        As from `load_statements`.

    Returns
    -------
    str
        The cleared area where there is no such notice.
    """
    short = statements["period"].isin(["day", "week"]) & statements["status"].eq("achieved")
    whole = statements["district"].eq(WHOLE) & statements["land_use"].eq(WHOLE)
    begins = statements[short & whole].groupby("metric", sort=False)["period_start"].nunique()
    return str(begins.idxmax()) if len(begins) else Scope().metric


def weekly_notices(
    statements: pd.DataFrame, scope: Scope | None = None, *, count: int = 26
) -> pd.DataFrame:
    """Return the last weekly notices, with the items that they count by kind.

    Parameters
    ----------
    statements : DataFrame
        As from `load_statements`.
    scope : Scope, optional
        Of its metric; the cleared area by default.
    count : int
        How many weeks.

    Returns
    -------
    DataFrame
        Index `period_start` (Mondays), the latest first: the columns of `weekly`, and one of each
        of `KINDS`, NaN where a week's count is not published.
    """
    scope = scope or Scope()
    notices = weekly(statements, scope).tail(count)
    kinds = {kind: weekly(statements, scope.but(metric=kind))["value"] for kind in KINDS}
    return notices.assign(**kinds).iloc[::-1]
