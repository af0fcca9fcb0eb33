"""Papers that print the same figure, joined into one row: the table that the model is fitted to."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from demine_analysis.errors import StatementError
from demine_analysis.reconciliation.statements import (
    LARGEST,
    first_days,
    intervals,
    notice_kind,
)

_TELLING = 100
"""Printed units in a figure from which the same number in two places is no coincidence."""

_LARGEST_UNIT = 0.1
"""No printed unit is a larger part of its figure; bounds the search for reprints."""

_REPRINT_DAYS = {"day": 1, "week": 3, "month": 3, "total": 14}
"""Days by which two papers may misdate one figure."""

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
