"""Parts that do not add up to the total that is printed with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from demine_analysis.auditing.findings import Finding
from demine_analysis.reconciliation.statements import intervals

SCOPES = ("operator", "district", "land_use")
_DAYS = ["period_start", "period_end"]
_WHOLE = "all"

_COMPLETE = 0.01
"""Parts that miss the total by less than this are meant to be all of it."""

_LEAST_PARTS = 2
_LONG = pd.Timedelta(days=26)
_SHORT = pd.Timedelta(days=8)
_VAGUE = (
    ("upper", "at_least", 1.25),
    ("lower", "at_most", 0.9),
    ("lower", "about", 0.95),
    ("upper", "about", 1.05),
)
"""How much more or less than the figure a qualifier may mean, as a part of it."""

_SLACK = 1.005
"""Weeks may pass the month they lie in by half a per cent: days are counted at both ends."""


def bounded(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the statements with known days, and `lower` and `upper` of what each stands for.

    A plain count that is no round number is taken at its word. A vague figure is not: "more than
    40,000" has been said of 45,000.
    """
    known = printed_bounds(statements).dropna(subset=_DAYS)
    if "days_exact" in known:
        # The days are the widest possible ones: they may hold more than the figure, not less.
        exact = known["days_exact"].astype("bool")
        return known.assign(upper=known["upper"].where(exact, np.inf))
    return known


def printed_bounds(statements: pd.DataFrame) -> pd.DataFrame:
    """Return all statements with the bounds of what each stands for, whatever its days.

    For figures that are held against others of the same page: the days that it means, if it does
    not tell them, it means for all of a period's figures.
    """
    limits = intervals(statements)
    literal = (
        (limits["unit"] == 1)
        & (statements["qualifier"] == "exact")
        & (statements["unit"] == "items")
    )
    for name, word, vague in _VAGUE:
        word_used = statements["qualifier"] == word
        limits[name] = limits[name].where(~literal, statements["value"])
        further = np.maximum if name == "upper" else np.minimum
        stretched = further(limits[name], statements["value"] * vague)
        limits[name] = limits[name].where(~word_used, stretched)
    return statements.assign(lower=limits["lower"], upper=limits["upper"])


def sum_mismatches(statements: pd.DataFrame) -> list[Finding]:
    """Return totals that are not the sum of their parts on the same page.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.

    Returns
    -------
    list of Finding
        For operators, districts and land uses. Where another paper prints a part so that the
        sum is right, that part is accused, else the total.
    """
    if "source_id" not in statements:
        return []
    rows = printed_bounds(statements)
    return [each for scope in SCOPES for each in _of_scope(rows, scope)]


def crowded(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the rows in groups large enough for a total and its parts."""
    return rows[rows.groupby(key, dropna=False)["value"].transform("size") > _LEAST_PARTS]


def _of_scope(rows: pd.DataFrame, scope: str) -> Iterator[Finding]:
    """Yield totals that differ from the sum of operators, districts or land uses."""
    others = [each for each in SCOPES if each != scope]
    key = ["source_id", "metric", "status", "period", *_DAYS, *others]
    for _, page in crowded(rows, key).groupby(key, dropna=False):
        whole = page[page[scope] == _WHOLE]
        parts = page[~page[scope].isin([_WHOLE, "unstated"])].drop_duplicates(scope)
        if len(whole) != 1 or len(parts) < _LEAST_PARTS or parts[scope].str.contains(";").any():
            continue
        excess = parts["lower"].sum() > whole["upper"].iloc[0]
        complete = parts["upper"].sum() > (1 - _COMPLETE) * whole["lower"].iloc[0]
        if excess or complete:
            yield from compared(rows, whole.iloc[0], [parts])


def compared(
    rows: pd.DataFrame, total: pd.Series, sums: Sequence[pd.DataFrame]
) -> Iterator[Finding]:
    """Yield a finding where a total is none of the sums that its parts may make.

    Parameters
    ----------
    rows : DataFrame
        As `printed_bounds` returns them: what other pages print of the parts.
    total : Series
        The total's row.
    sums : sequence of DataFrame
        Rows of parts that may all together be the total.
    """
    if any(meet(parts, total) for parts in sums):
        return
    for parts in sums:
        for _, part in parts.reset_index(drop=True).iterrows():
            rest = parts["value"].sum() - part["value"]
            other = _other_print(rows, part, total["value"] - rest)
            if other is not None:
                related = (total["statement_id"], *parts["statement_id"], other["statement_id"])
                own, value = (part["statement_id"],), float(other["value"])
                yield Finding(own, "sum_mismatch", "sum_mismatch", value, related)
                return
    nearest = closest(sums, total)
    own, value = (total["statement_id"],), float(nearest["value"].sum())
    yield Finding(own, "sum_mismatch", "sum_mismatch", value, tuple(nearest["statement_id"]))


def closest(sums: Sequence[pd.DataFrame], total: pd.Series) -> pd.DataFrame:
    """Return the parts whose sum is nearest to the total."""
    return min(sums, key=lambda parts: abs(parts["value"].sum() - total["value"]))


def meet(parts: pd.DataFrame, total: pd.Series) -> bool:
    """Return whether the sum of the parts can be the total."""
    lower, upper = parts["lower"].sum(), parts["upper"].sum()
    slack = 1e-9 * upper
    return bool(lower <= total["upper"] + slack and upper >= total["lower"] - slack)


def _other_print(rows: pd.DataFrame, part: pd.Series, wanted: float) -> pd.Series | None:
    """Return a statement of another page that prints the part as the sum needs it."""
    same = rows["source_id"] != part["source_id"]
    for name in ("metric", "status", *_DAYS, *SCOPES):
        same &= rows[name] == part[name]
    fitting = rows[same & ((rows["value"] - wanted).abs() < 1e-6 * max(wanted, 1))]
    return fitting.iloc[0] if len(fitting) else None


def weeks_beyond_month(statements: pd.DataFrame, accused: set[str]) -> list[Finding]:
    """Return months of all operators in which the weeks' notices alone add up to more.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    accused : set of str
        Statements that are known to be wrong, so that they accuse nobody.

    Returns
    -------
    list of Finding
        With reading `swapped_types` for both kinds of mine where only that makes them fit.
    """
    rows = bounded(statements)
    rows = rows[(rows["status"] == "achieved") & ~rows["statement_id"].isin(accused)]
    rows = rows[(rows["district"] == _WHOLE) & (rows["land_use"] == _WHOLE)]
    length = rows["period_end"] - rows["period_start"]
    weeks = rows[(length < _SHORT) & rows["operator"].isin([_WHOLE, "unstated"])]
    months = rows[(length >= _LONG) & (rows["period"] == "month") & (rows["operator"] == _WHOLE)]
    return [finding for _, month in months.iterrows() for finding in _beyond(month, months, weeks)]


def _beyond(month: pd.Series, months: pd.DataFrame, weeks: pd.DataFrame) -> Iterator[Finding]:
    least, names = _least(month, weeks, month["metric"])
    if least <= month["upper"] * _SLACK:
        return
    own = (month["statement_id"],)
    mines = {"anti_personnel_mines": "anti_vehicle_mines"}
    other = {**mines, **{v: k for k, v in mines.items()}}.get(month["metric"], "")
    beside = months[
        (months["source_id"] == month["source_id"])
        & (months["metric"] == other)
        & (months["period_start"] == month["period_start"])
    ]
    if len(beside) == 1:
        twin = beside.iloc[0]
        other_least, other_names = _least(month, weeks, other)
        if least <= twin["upper"] * _SLACK and other_least <= month["upper"] * _SLACK:
            related = (*names, *other_names)
            twin_id = (twin["statement_id"],)
            code = "sum_mismatch"
            yield Finding(own, code, "swapped_types", float(twin["value"]), (*twin_id, *related))
            yield Finding(twin_id, code, "swapped_types", float(month["value"]), (*own, *related))
            return
    yield Finding(own, "sum_mismatch", "sum_mismatch", related=names)


def _least(month: pd.Series, weeks: pd.DataFrame, metric: str) -> tuple[float, tuple[str, ...]]:
    """Return the least that the weeks inside a month add up to, and their statements."""
    inside = weeks[
        (weeks["metric"] == metric)
        & (weeks["period_start"] >= month["period_start"])
        & (weeks["period_end"] <= month["period_end"])
    ].sort_values(["period_end", "lower"])
    total, names, covered = 0.0, list[str](), pd.Timestamp.min
    for _, week in inside.iterrows():
        if week["period_start"] > covered:
            total += week["lower"]
            names.append(week["statement_id"])
            covered = week["period_end"]
    return total, tuple(names)
