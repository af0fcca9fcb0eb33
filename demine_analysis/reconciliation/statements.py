"""A printed figure as an interval: what it says of which days, of whose work, and how exactly."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis.arguments import day
from demine_analysis.errors import StatementError
from demine_analysis.frames import tidied
from demine_analysis.scope import WHOLE, Scope
from demine_analysis.vocabulary import UNIT_OF_METRIC

PUBLICATION_LAG = pd.Timedelta(days=7)
"""A page without a date is taken to have come out this long after its period's end."""

_SIGNIFICANT = 2
"""A round number is taken to be known to this many figures at least: 20,000 is 19,500 to 20,500."""

_LONG_NOTICE = 21
"""Days from which a notice is called by its month rather than by its week."""

_WEEK = 7
_MONDAY, _SUNDAY = 0, 6

LARGEST = 1e15
"""No figure of work is as large; beyond it digits cannot be told apart."""

RECORD_METRICS = (
    "area_cleared",
    "anti_personnel_mines",
    "unexploded_ordnance",
    "explosive_items",
)
"""What a record may count, in its own column."""

COLUMNS = [
    "statement_id",
    "metric",
    "value",
    "qualifier",
    "status",
    "period",
    "period_start",
    "period_end",
    "operator",
    "district",
    "land_use",
]
"""Columns that a statement needs to say something of a series."""


def printed_unit(value: pd.Series) -> pd.Series:
    """Return the unit in which each figure is rounded: of its last digit printed.

    Parameters
    ----------
    value : Series of float
        Printed figures, in ha or items.

    Returns
    -------
    Series of float
        0.1 for 1,639.6; 1 for 41,915; 100 for 68,900; 1,000 for 20,000, because a round number
        is taken to be known to two figures.
    """
    numbers = value.to_numpy(dtype=float)
    unit = np.ones(len(numbers))
    for power in range(1, 5):
        scaled = numbers * 10.0 ** (power - 1)
        unit[np.abs(scaled - np.round(scaled)) > 1e-6 * np.maximum(1, scaled)] = 10.0**-power
    for power in range(1, 7):
        step = 10.0**power
        known = numbers >= step * 10 ** (_SIGNIFICANT - 1)
        unit[(np.mod(numbers, step) == 0) & known] = step
    return pd.Series(unit, index=value.index)


def intervals(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the range of true figures that each printed figure stands for.

    Parameters
    ----------
    statements : DataFrame
        Needs the columns `value` and `qualifier`.

    Returns
    -------
    DataFrame
        Same index; `lower`, `upper`, `unit`, in the statement's own unit.

    Notes
    -----
    "Over 68,900" says 68,900 up to the next round number, not anything above: a writer with
    69,400 at hand would print it. "About" widens on both sides.
    """
    value = statements["value"].astype(float)
    unit = printed_unit(value)
    qualifier = statements["qualifier"]
    below = np.select(
        [qualifier == "at_least", qualifier == "at_most", qualifier == "about"],
        [0.0, 1.0, 1.0],
        0.5,
    )
    above = np.select(
        [qualifier == "at_least", qualifier == "at_most", qualifier == "about"],
        [1.0, 0.0, 1.0],
        0.5,
    )
    lower = (value - below * unit).clip(lower=0)
    return pd.DataFrame({"lower": lower, "upper": value + above * unit, "unit": unit})


def publication_date(statements: pd.DataFrame) -> pd.Series:
    """Return when each figure could be read.

    That is its page's date, else a week after the end of its period; of a plan or a request, which
    is not told of only when it is over, a week after the beginning.
    """
    told = statements["period_end"]
    if "status" in statements:  # victims have none
        ahead = statements["status"].isin(["planned", "requested"])
        told = told.mask(ahead, statements["period_start"])
    assumed = told + PUBLICATION_LAG
    if "published" not in statements:
        return assumed
    return statements["published"].fillna(assumed)


def usable(
    statements: pd.DataFrame,
    *,
    metric: str = "area_cleared",
    district: str = "all",
    land_use: str = "all",
    as_of: str | pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return the statements of achieved work that say which days they count.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    metric, district, land_use : str
        What is counted, and where. "all" means the country's figures.
    as_of : date, optional
        Only what had been published by then.

    Raises
    ------
    StatementError
        If a column is missing, or a cell cannot be read.
    """
    statements = tidied(statements, COLUMNS)
    return achieved(statements, metric, district=district, land_use=land_use, as_of=as_of)


def achieved(
    statements: pd.DataFrame,
    metric: str,
    *,
    district: str = "all",
    land_use: str = "all",
    as_of: str | pd.Timestamp | None = None,
) -> pd.DataFrame:
    """Return what `usable` does, of statements that `tidied` has returned."""
    rows = _of_metric(statements, metric, as_of)
    return rows[_speaks_of(rows, district, land_use)]


def of_scope(statements: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the statements that a reconciliation takes: the country's, and those of the place.

    Parameters
    ----------
    statements : DataFrame
        As `tidied` returns them.
    scope : Scope
        Of its metric, district and land use, as known on its day; its operator is not looked at.
    """
    rows = _of_metric(statements, scope.metric, scope.as_of)
    return rows[_speaks_of(rows, WHOLE, WHOLE) | _speaks_of(rows, scope.district, scope.land_use)]


def without_first_day(statements: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the running totals of a scope that say whose work they count, but not since when."""
    rows = _of_metric(statements, scope.metric, scope.as_of, begins=False)
    rows = rows[rows["period"].eq("cumulative") & rows["operator"].ne("unstated")]
    return rows[_speaks_of(rows, WHOLE, WHOLE) | _speaks_of(rows, scope.district, scope.land_use)]


def _of_metric(
    statements: pd.DataFrame,
    metric: str,
    as_of: str | pd.Timestamp | None,
    *,
    begins: bool = True,
) -> pd.DataFrame:
    known = statements["period_start"].notna().eq(begins) & statements["period_end"].notna()
    if "days_exact" in statements:
        # A figure of some days of April says only that April had no less: no figure to fit.
        known &= statements["days_exact"].astype("bool")
    done = (statements["metric"] == metric) & (statements["status"] == "achieved")
    rows = statements[done & known]
    return rows if as_of is None else rows[publication_date(rows) <= day(as_of, "as_of")]


def _speaks_of(statements: pd.DataFrame, district: str, land_use: str) -> pd.Series:
    return (statements["district"] == district) & (statements["land_use"] == land_use)


def notice_kind(statements: pd.DataFrame) -> pd.Series:
    """Return `day`, `week`, `month` or `total`: kinds of notice whose errors are estimated apart.

    Notices of unstated scope count a share of the whole that differs by kind, a day's the week's.
    """
    days = (statements["period_end"] - statements["period_start"]).dt.days + 1
    total = statements["period"].isin(["cumulative", "year", "year_to_date"])
    kind = np.select(
        [total, days >= _LONG_NOTICE, statements["period"] == "day"],
        ["total", "month", "day"],
        "week",
    )
    return pd.Series(kind, index=statements.index, dtype="str")


def first_days(statements: pd.DataFrame) -> pd.Series:
    """Return the first day that each statement counts, of those that say their days.

    Notes
    -----
    A week printed with both its Fridays, as the next one is, counts the seven days that end with
    the second: that is what its page's running total grew by. One printed with both its Mondays or
    Sundays is an ISO week, which `placing` makes of it.
    """
    start, end = statements["period_start"], statements["period_end"]
    both_ends = (statements["period"] == "week") & ((end - start).dt.days == _WEEK)
    both_ends &= ~start.dt.day_of_week.isin([_MONDAY, _SUNDAY])
    return start.where(~both_ends, start + pd.Timedelta(days=1))


def days_counted(figures: pd.DataFrame) -> pd.Series:
    """Return how many days figures with `start`, `end` and `kind` count: a day's notice one."""
    days = (figures["end"] - figures["start"]).dt.days + 1
    return days.where(figures["kind"] != "day", 1)


def from_records(records: pd.DataFrame, *, metric: str = "area_cleared") -> pd.DataFrame:
    """Return records as statements: a record is a statement for its month and municipality.

    Parameters
    ----------
    records : DataFrame
        As `load_records` returns them.
    metric : str
        Which column counts: `area_cleared` (ha), `anti_personnel_mines`,
        `unexploded_ordnance` or `explosive_items` (items).

    Returns
    -------
    DataFrame
        Columns as `load_statements` has them, without `source_id`, `printed` and `note`. One row
        for each municipality and month (its records of all kinds of demining together), and one
        with district "all" for each month: the sum of its records.

    Raises
    ------
    StatementError
        If the records do not count the metric.

    Notes
    -----
    Months without a record say nothing: whether no work was done or none was reported is not
    known, so they are left to the model.
    """
    days = ["period_start", "period_end"]
    needed = ["municipality", *days]
    records = tidied(records, needed, what="records", source="load_records")
    counted = [name for name in RECORD_METRICS if name in records]
    if metric not in counted:
        raise StatementError(
            f"records have no column {metric!r}; they count {', '.join(counted) or 'nothing known'}"
        )
    records = records.dropna(subset=[metric])
    local = records.groupby(["municipality", *days], as_index=False, sort=True)[metric].sum()
    country = records.groupby(days, as_index=False, sort=True)[metric].sum()
    table = pd.concat([local, country.assign(municipality="all")], ignore_index=True)
    month = table["period_start"].dt.strftime("%Y-%m")
    return pd.DataFrame(
        {
            "statement_id": table["municipality"] + "." + month,
            "metric": metric,
            "value": table[metric].astype(float),
            "unit": UNIT_OF_METRIC[metric],
            "qualifier": "exact",
            "status": "achieved",
            "period": "month",
            "period_start": table["period_start"],
            "period_end": table["period_end"],
            "operator": "all",
            "district": table["municipality"],
            "land_use": "all",
        }
    )
