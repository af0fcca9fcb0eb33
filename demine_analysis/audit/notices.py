"""Notices compared with each other: one figure, two papers; one week's figures, two weeks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from demine_analysis.audit.findings import Finding
from demine_analysis.audit.sums import bounded

_KEY = ["metric", "period_start", "period_end", "operator", "district", "land_use"]
_COUNTED = ("area_cleared", "anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance")
_LONGEST = pd.Timedelta(days=9)
_LEAST_EQUAL = 2
"""Figures that two notices must share before that tells anything."""

_TELLING_DIGITS = 4
"""Digits in the shared figures, all together, from which that is no coincidence."""

_NEXT_WEEK = pd.Timedelta(days=8)
_FEW_WEEKS = pd.Timedelta(weeks=5)
_SAME_DAY = pd.Timedelta(days=1)


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
    values = group.groupby("value")["statement_id"].agg(tuple)
    papers = values.map(len)
    most = papers.max()
    clear = (papers == most).sum() == 1
    right = values[papers.idxmax()] if clear else ()
    for value, names in values.items():
        if clear and value == papers.idxmax():
            continue
        others = tuple(name for each in values if each != names for name in each)
        likely = float(papers.idxmax()) if clear else float("nan")
        yield Finding(names, "papers_disagree", "papers_disagree", likely, right or others)


def _notices(statements: pd.DataFrame) -> pd.DataFrame:
    """Return a row for each page and week: its figures by metric, and `names` of statements."""
    rows = bounded(statements[statements["status"] == "achieved"])
    rows = rows[(rows["district"] == "all") & (rows["land_use"] == "all")]
    rows = rows[rows["period_end"] - rows["period_start"] < _LONGEST]
    rows = rows[rows["metric"].isin(_COUNTED)] if "source_id" in rows else rows.head(0)
    key = ["period_start", "period_end", "source_id"]
    if rows.empty:
        return pd.DataFrame(columns=[*key, "names", "values"])
    groups = rows.groupby(key, sort=True)
    table = groups.apply(_as_notice, include_groups=False)
    return table.reset_index()


def _as_notice(group: pd.DataFrame) -> pd.Series:
    own = group.drop_duplicates("metric").set_index("metric")
    return pd.Series({"names": own["statement_id"].to_dict(), "values": own["value"].to_dict()})


def _shared(one: dict[str, float], other: dict[str, float]) -> list[str]:
    """Return the metrics that two notices print the same figure for."""
    return [metric for metric in one if one[metric] > 0 and other.get(metric) == one[metric]]


def _digits(values: dict[str, float], metrics: list[str]) -> int:
    return sum(len(f"{values[metric]:g}".replace(".", "")) for metric in metrics)


def swapped_types(statements: pd.DataFrame) -> list[Finding]:
    """Return notices of the same days in which two papers have the kinds of mine exchanged."""
    found: list[Finding] = []
    kinds = ("anti_personnel_mines", "anti_vehicle_mines")
    for _, week in _notices(statements).groupby(["period_start", "period_end"]):
        rows = [row for row in week.itertuples() if set(kinds) <= set(row.values)]
        for row in rows:
            pair = tuple(row.values[kind] for kind in kinds)
            others = [
                each
                for each in rows
                if tuple(each.values[kind] for kind in kinds) == pair[::-1] != pair
            ]
            same = [each for each in rows if tuple(each.values[kind] for kind in kinds) == pair]
            if others and _papers(others) >= _papers(same):
                found += _exchange(row, others, kinds)
    return found


def _papers(rows: list) -> int:
    """Return how many publishers stand behind notices; a wire copy of the same day is one."""
    return len({tuple(sorted(row.values.items())) for row in rows})


def _exchange(row, others: list, kinds: tuple[str, str]) -> Iterator[Finding]:
    for kind, twin in (kinds, kinds[::-1]):
        related = tuple(each.names[kind] for each in others)
        value = row.values[twin]
        yield Finding((row.names[kind],), "papers_disagree", "swapped_types", value, related)


def copied_figures(statements: pd.DataFrame) -> list[Finding]:
    """Return figures of a week that are those of another week.

    Notes
    -----
    Two kinds of figure must be the same with four digits together, or one with four digits in
    the next week, or one with three that is also printed as another figure of its own page.
    """
    notices = list(_notices(statements).itertuples())
    totals = _item_totals(statements)
    found: list[Finding] = []
    for one, other in combinations(notices, 2):
        if other.period_start <= one.period_end:
            continue
        shared = _shared(one.values, other.values)
        if shared and _copied(one, other, shared, totals):
            found += [
                Finding((other.names[each],), "copied", "other_week", related=(one.names[each],))
                for each in shared
            ]
    return found


def _copied(one, other, shared: list[str], totals: set[tuple[str, float]]) -> bool:
    digits = _digits(one.values, shared)
    if len(shared) >= _LEAST_EQUAL and digits >= _TELLING_DIGITS:
        return True
    gap = other.period_start - one.period_end
    if digits >= _TELLING_DIGITS and gap < _NEXT_WEEK:
        return True
    value = other.values[shared[0]]
    return digits >= _TELLING_DIGITS - 1 and gap < _FEW_WEEKS and (other.source_id, value) in totals


def _item_totals(statements: pd.DataFrame) -> set[tuple[str, float]]:
    """Return pages and the totals of items that they print."""
    rows = statements[statements["metric"].isin(["explosive_items", "mines"])]
    if "source_id" not in rows:
        return set()
    return set(zip(rows["source_id"], rows["value"], strict=True))


def two_dates(statements: pd.DataFrame) -> list[Finding]:
    """Return notices that print another one's figures for other days of the same week.

    The one that runs into another week's notice is accused, else the one with more days.
    """
    notices = list(_notices(statements).itertuples())
    found: list[Finding] = []
    for one, other in combinations(notices, 2):
        overlap = one.period_start <= other.period_end and other.period_start <= one.period_end
        moved = max(
            abs(one.period_start - other.period_start), abs(one.period_end - other.period_end)
        )
        if not overlap or moved <= _SAME_DAY:
            continue
        shared = _shared(one.values, other.values)
        if len(shared) >= _LEAST_EQUAL and _digits(one.values, shared) >= _TELLING_DIGITS:
            found += _misdated(*_wrong_first(one, other, notices), shared)
    return found


def _wrong_first(one, other, notices: list) -> tuple:
    clashes = [_clashes(each, notices) for each in (one, other)]
    if clashes[0] == clashes[1]:
        clashes = [each.period_end - each.period_start for each in (one, other)]
    return (one, other) if clashes[0] > clashes[1] else (other, one)


def _clashes(notice, notices: list) -> int:
    """Return how many notices with other figures have days in common with this one."""
    return sum(
        each.period_start <= notice.period_end
        and notice.period_start <= each.period_end
        and not _shared(each.values, notice.values)
        for each in notices
    )


def _misdated(wrong, right, shared: list[str]) -> Iterator[Finding]:
    for metric in shared:
        names = (wrong.names[metric],)
        yield Finding(
            names, "two_dates", "two_dates", right.values[metric], (right.names[metric],)
        )
