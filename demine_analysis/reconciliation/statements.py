"""A printed figure as an interval: what it says of which days, of whose work, and how exactly.

`observations` turns the statements of one metric into the table that the model is fitted to:
one row a figure, however many papers print it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

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

_TELLING = 100
"""Printed units in a figure from which the same number in two places is no coincidence."""

_LARGEST_UNIT = 0.1
"""No printed unit is a larger part of its figure; bounds the search for reprints."""

LARGEST = 1e15
"""No figure of work is as large; beyond it digits cannot be told apart."""

_REPRINT_DAYS = {"day": 1, "week": 3, "month": 3, "total": 14}
"""Days by which two papers may misdate one figure."""

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

_PLACE = ["district", "land_use"]
_OBSERVED = [
    "statement_ids",
    "value",
    "lower",
    "upper",
    "start",
    "end",
    "operator",
    "kind",
    *_PLACE,
]


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
    """Return when each figure could be read: its page's date, else its period's end plus 7 days."""
    assumed = statements["period_end"] + PUBLICATION_LAG
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


def _of_metric(
    statements: pd.DataFrame, metric: str, as_of: str | pd.Timestamp | None
) -> pd.DataFrame:
    known = statements["period_start"].notna() & statements["period_end"].notna()
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


def observations(statements: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each figure, joining the papers that print the same one.

    Parameters
    ----------
    statements : DataFrame
        As `usable` returns them.

    Returns
    -------
    DataFrame
        `statement_ids` (tuple of str), `value`, `lower`, `upper`, `start`, `end` (inclusive
        days), `operator`, `kind` (`day`, `week`, `month`, `total`), `district`, `land_use`;
        ordered by content, so that the order of the rows given does not matter.

    Raises
    ------
    StatementError
        If a figure is no number of nought or more, or its days end before they begin.

    Notes
    -----
    Two papers print one figure where place and days are the same and their numbers within one
    printed unit of each other, or where the number is the same to three digits or more and the
    days overlap and differ by a week at most (a notice of 1 to 4 June reprinted as 1 to 6 June).
    The more exactly printed one is kept. Where papers name different operators for it,
    "unstated" gives way to a named scope, and of several named ones the most frequent counts.
    """
    table = _table(statements)
    table = table.sort_values(
        ["kind", "value", "end", "start", "unit", "operator", "statement_id"], ignore_index=True
    )
    table["figure"] = _figure_numbers(table)
    table = table.sort_values(["figure", "unit", "end", "start", "operator", "statement_id"])
    groups = table.groupby("figure", sort=True)
    joined = groups[["value", "lower", "upper", "start", "end", "kind", *_PLACE]].first()
    ids, operators = _by_figure(table, "statement_id"), _by_figure(table, "operator")
    joined["statement_ids"] = pd.Series(ids, dtype="object").map(sorted).map(tuple)
    joined["operator"] = pd.Series(operators, dtype="object").map(_common).astype("str")
    order = ["end", "start", "kind", "value", "operator", "statement_ids"]
    return joined[_OBSERVED].sort_values(order, ignore_index=True)


def one_each(statements: pd.DataFrame) -> pd.DataFrame:
    """Return `observations` of statements that are each a figure of its own, in their order."""
    table = _table(statements)
    ids = pd.Series([(each,) for each in table["statement_id"]], index=table.index, dtype="object")
    return table.assign(statement_ids=ids)[_OBSERVED]


def _table(statements: pd.DataFrame) -> pd.DataFrame:
    """Return what each statement says: its interval, its kind of notice, its days."""
    statements = statements.reset_index(drop=True)
    _require_figures(statements)
    return (
        statements.drop(columns="unit", errors="ignore")
        .join(intervals(statements))
        .assign(
            kind=notice_kind(statements),
            start=first_days(statements),
            end=statements["period_end"],
        )
    )


def _require_figures(statements: pd.DataFrame) -> None:
    readable = statements["value"].between(0, LARGEST)
    forward = statements["period_start"] <= statements["period_end"]
    wrong = statements[~(readable & forward)]
    if len(wrong):
        row = wrong.iloc[0]
        raise StatementError(
            f"{len(wrong)} of {len(statements)} statements cannot be read, the first "
            f"{row['statement_id']!r}: {row['value']} in {row['period_start']:%Y-%m-%d} to "
            f"{row['period_end']:%Y-%m-%d}; a value must be a number from 0 to {LARGEST:g}, and "
            "period_end not before period_start. Correct them or leave them out"
        )


def _figure_numbers(table: pd.DataFrame) -> list[int]:
    """Return a number a figure, the same for its rows; the table is sorted by kind and value."""
    day = np.timedelta64(1, "D")
    operator = table["operator"].to_numpy()
    subject = list(zip(table["kind"], *(table[name] for name in _PLACE), strict=True))
    start = ((table["start"].to_numpy() - np.datetime64("1970-01-01")) // day).astype(int)
    end = ((table["end"].to_numpy() - np.datetime64("1970-01-01")) // day).astype(int)
    value, unit = table["value"].to_numpy(float), table["unit"].to_numpy(float)
    figure: list[int] = []
    around: dict[tuple[tuple[str, ...], int], list[int]] = {}
    span = max(_REPRINT_DAYS.values())
    for row in range(len(table)):
        number = row
        place = int(end[row]) // span
        beside = [around.get((subject[row], place + step), []) for step in (-1, 0, 1)]
        for other in sorted(itertools.chain(*beside), reverse=True):
            near = value[row] - value[other]
            if near > max(unit[row], _LARGEST_UNIT * value[row]):
                break
            telling = value[row] >= _TELLING * unit[row]
            if operator[row] != operator[other] and not telling:
                continue
            same_days = start[row] == start[other] and end[row] == end[other]
            moved = max(abs(start[row] - start[other]), abs(end[row] - end[other]))
            overlap = start[row] <= end[other] and start[other] <= end[row]
            reprint = near == 0 and telling and overlap and moved <= _REPRINT_DAYS[subject[row][0]]
            if reprint or (same_days and near <= max(unit[row], unit[other])):
                number = figure[other]
                break
        figure.append(number)
        around.setdefault((subject[row], place), []).append(row)
    return figure


def _by_figure(table: pd.DataFrame, column: str) -> dict[int, list[str]]:
    """Return what the rows of each figure say."""
    said: dict[int, list[str]] = {}
    for figure, cell in zip(table["figure"], table[column], strict=True):
        said.setdefault(figure, []).append(cell)
    return said


def _common(operators: Sequence[str]) -> str:
    """Return the most frequent named operator, "unstated" where there is none or they tie."""
    named = Counter(name for name in operators if name != "unstated").most_common(2)
    tie = len(named) > 1 and named[0][1] == named[1][1]
    return named[0][0] if named and not tie else "unstated"


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
