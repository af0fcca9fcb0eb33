"""Weekly notices compared with each other: swapped kinds, copied figures, two dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, takewhile

import numpy as np
import pandas as pd

from demine_analysis.auditing.findings import Finding
from demine_analysis.auditing.sums import bounded

_MINES = ("anti_personnel_mines", "anti_vehicle_mines")
_COUNTED = ("area_cleared", *_MINES, "unexploded_ordnance")
_LONGEST = pd.Timedelta(days=9)
_LEAST_EQUAL = 2
"""Figures that two notices must share before that tells anything."""

_TELLING_DIGITS = 4
"""Digits in the shared figures, all together, from which that is no coincidence."""

_NEXT_WEEK = pd.Timedelta(days=8)
_FEW_WEEKS = pd.Timedelta(weeks=5)
_YEAR = pd.Timedelta(weeks=52)
_SAME_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Notice:
    """What a page prints of a few days.

    Parameters
    ----------
    source : str
        The page.
    start, end : Timestamp
        Inclusive days.
    figures : dict of str to float
        Its figures, by metric.
    names : dict of str to str
        Their statements, by metric.
    """

    source: str
    start: pd.Timestamp
    end: pd.Timestamp
    figures: dict[str, float]
    names: dict[str, str]

    def shared(self, other: Notice) -> list[str]:
        """Return the metrics for which two notices print the same number."""
        return [
            metric
            for metric, value in self.figures.items()
            if value > 0 and other.figures.get(metric) == value
        ]

    def digits(self, metrics: list[str]) -> int:
        """Return how many digits the figures of these metrics have, all together."""
        return sum(len(f"{self.figures[metric]:g}".replace(".", "")) for metric in metrics)

    def overlaps(self, other: Notice) -> bool:
        """Return whether two notices have days in common."""
        return self.start <= other.end and other.start <= self.end


def notices(statements: pd.DataFrame) -> list[Notice]:
    """Return the notices of a week or less that count the whole country, by their days."""
    if "source_id" not in statements:
        return []
    rows = bounded(statements[statements["status"] == "achieved"])
    rows = rows[(rows["district"] == "all") & (rows["land_use"] == "all")]
    rows = rows[rows["period_end"] - rows["period_start"] < _LONGEST]
    rows = rows[rows["metric"].isin(_COUNTED)]
    found = []
    key = ["period_start", "period_end", "source_id"]
    for _, page in rows.drop_duplicates([*key, "metric"]).groupby(key):
        values = dict(zip(page["metric"], page["value"].astype(float), strict=True))
        names = dict(zip(page["metric"], page["statement_id"], strict=True))
        first = page.iloc[0]
        days = first["period_start"], first["period_end"]
        found.append(Notice(str(first["source_id"]), *days, values, names))
    return found


def swapped_types(found: list[Notice]) -> list[Finding]:
    """Return notices of the same days in which papers have the kinds of mine exchanged.

    The version that fewer print is accused, both where that is a tie: a wire copy, with all
    figures the same, counts once. Only what more pages print is told to be the likely figure, so
    that two accused ones never vouch for each other.
    """
    both = [each for each in found if set(_MINES) <= set(each.figures)]
    result: list[Finding] = []
    for notice in both:
        same_days = [each for each in both if (each.start, each.end) == (notice.start, notice.end)]
        pair = _pair(notice)
        others = [each for each in same_days if _pair(each) == pair[::-1] != pair]
        alike = [each for each in same_days if _pair(each) == pair]
        if others and _versions(others) >= _versions(alike):
            result += _exchange(notice, others, told=len(others) > len(alike))
    return result


def _pair(notice: Notice) -> tuple[float, float]:
    return notice.figures[_MINES[0]], notice.figures[_MINES[1]]


def _versions(alike: list[Notice]) -> int:
    return len({tuple(sorted(each.figures.items())) for each in alike})


def _exchange(notice: Notice, others: list[Notice], *, told: bool) -> Iterator[Finding]:
    for kind in _MINES:
        related = tuple(each.names[kind] for each in others)
        likely = others[0].figures[kind] if told else np.nan
        own = (notice.names[kind],)
        yield Finding(own, "papers_disagree", "swapped_types", likely, related)


def copied_figures(found: list[Notice], statements: pd.DataFrame) -> list[Finding]:
    """Return figures of a week that are those of another week.

    Notes
    -----
    Two kinds of figure must be the same with four digits together (five where the pages' other
    figures differ, and it is neither a few weeks nor a year ago), or one with four digits in the
    next week, or one with three that is also printed as another figure of its own page.
    """
    totals = _item_totals(statements)
    result: list[Finding] = []
    for one, other in combinations(found, 2):
        shared = one.shared(other) if other.start > one.end else []
        if shared and _copied(one, other, shared, totals):
            result += [
                Finding((other.names[each],), "copied", "other_week", related=(one.names[each],))
                for each in shared
            ]
    return result


def _copied(one: Notice, other: Notice, shared: list[str], totals: set[tuple[str, float]]) -> bool:
    digits, gap = one.digits(shared), other.start - one.end
    # Among a hundred weeks two small counts are the same by chance somewhere; then the pages'
    # other figures differ. Copies are of weeks shortly before, or of last year's notice.
    differing = len(one.figures.keys() & other.figures.keys()) > len(shared)
    likely = gap < _FEW_WEEKS or abs(other.start - one.start - _YEAR) < _NEXT_WEEK
    telling = _TELLING_DIGITS + (1 if differing and not likely else 0)
    if digits >= telling and (len(shared) >= _LEAST_EQUAL or gap < _NEXT_WEEK):
        return True
    twice = (other.source, other.figures[shared[0]]) in totals
    return twice and digits >= _TELLING_DIGITS - 1 and gap < _FEW_WEEKS


def _item_totals(statements: pd.DataFrame) -> set[tuple[str, float]]:
    """Return pages and the totals of items that they print."""
    rows = statements[statements["metric"].isin(["explosive_items", "mines"])]
    if "source_id" not in rows:
        return set()
    return set(zip(rows["source_id"], rows["value"].astype(float), strict=True))


def two_dates(found: list[Notice]) -> list[Finding]:
    """Return notices that print another one's figures for other days of the same week.

    The one that runs into another week's notice is accused, else the one with more days.
    """
    result: list[Finding] = []
    for place, one in enumerate(found, start=1):
        # They are sorted by their days: those that follow one overlap it up to the first that
        # does not.
        for other in takewhile(one.overlaps, found[place:]):
            moved = max(abs(one.start - other.start), abs(one.end - other.end))
            shared = one.shared(other) if moved > _SAME_DAY else []
            if len(shared) >= _LEAST_EQUAL and one.digits(shared) >= _TELLING_DIGITS:
                wrong, right = _wrong_first(one, other, found)
                result += _misdated(wrong, right, shared)
    return result


def _wrong_first(one: Notice, other: Notice, found: list[Notice]) -> tuple[Notice, Notice]:
    first, second = ((_clashes(each, found), each.end - each.start) for each in (one, other))
    return (one, other) if first > second else (other, one)


def _clashes(notice: Notice, found: list[Notice]) -> int:
    """Return how many notices with other figures have days in common with this one."""
    return sum(each.overlaps(notice) and not each.shared(notice) for each in found)


def _misdated(wrong: Notice, right: Notice, shared: list[str]) -> Iterator[Finding]:
    for each in shared:
        own, related = (wrong.names[each],), (right.names[each],)
        yield Finding(own, "two_dates", "two_dates", right.figures[each], related)
