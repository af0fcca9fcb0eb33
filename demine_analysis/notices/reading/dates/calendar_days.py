"""Say which days a date, a range of dates or a part of a year are."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from demine_analysis.notices.reading.dates.joining import Token
from demine_analysis.notices.reading.dates.period import Period, kind_of


class Atom(NamedTuple):
    """A date of which parts may be missing."""

    year: int | None
    month: int | None
    day: int | None


def from_first_day(period: Period | None, begin: Atom, first_day: dt.date | None) -> Period | None:
    """Return days that begin in the month of the programme's first day as beginning with it."""
    if period is None or first_day is None or begin.day is not None or begin.month is None:
        return period
    month = (first_day.year, first_day.month)
    if period.first is None or (period.first.year, period.first.month) != month:
        return period
    return replace(period, first=first_day)


def counts_from_first_day(period: Period, first_day: dt.date | None) -> bool:
    """Tell whether days are a running total's: they begin within a month of its first one."""
    if first_day is None or period.first is None or period.last is None:
        return False
    near = abs((period.first - first_day).days) <= 31
    return period.first == first_day or (near and (period.last - period.first).days > 180)


def atom_of(run: list[Token]) -> Atom:
    """Return the date that some parts make."""
    value = {each.kind: each.value for each in run}
    if "D" in value:
        date = dt.date.fromordinal(value["D"])
        return Atom(date.year, date.month, date.day)
    return Atom(value.get("Y"), value.get("M"), value.get("N"))


def days_of(
    atom: Atom, published: dt.date | None
) -> tuple[dt.date | None, dt.date | None, float, str]:
    """Return the first and last day of a date, a month or a year."""
    sure, reason = 1.0, ""
    year = atom.year
    if year is None:
        if published is None or atom.month is None:
            return None, None, 0.5, ""
        year = published.year
        if (atom.month, atom.day or 1) > (published.month, published.day):
            year -= 1
        sure, reason = 0.97, f"the year {year} is taken from the page's date"
    if atom.month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31), sure, reason
    length = calendar.monthrange(year, atom.month)[1]
    if atom.day is None:
        return dt.date(year, atom.month, 1), dt.date(year, atom.month, length), sure, reason
    day = dt.date(year, atom.month, min(atom.day, length))
    return day, day, sure, reason


def range_period(
    start: int, end: int, first: Atom, last: Atom, published: dt.date | None
) -> Period | None:
    """Return the period from one date to another, each of which may lack what the other has."""
    first, last = _with_months(first, last)
    bare = first.month is None and last.month is None and (first.day or last.day)
    if bare or (first.day is None and first.month is None and last.day is not None):
        return None
    if published is None and _of_another_year(first, last):
        return _until_some_day(start, end, first)
    last = _of_the_pages_year(first, last, published)
    turn = int(bool(first.month and last.month and first.month > last.month))
    if last.year is None and first.year is not None:
        last = last._replace(year=first.year + turn)
    undated = published is None and first.year is None and last.year is None
    if undated:
        published = _ANY_DAY
    _, until, sure, reason = days_of(last, published)
    if until is None:
        return None
    if first.year is None:
        first = first._replace(year=until.year - turn)
    begin, _, _, _ = days_of(first, published)
    if begin is None or begin > until:
        return None
    if undated:
        reason = "neither page nor text tells the year"
        days = (until - begin).days + 1
        kind = "week" if 6 <= days <= 8 else kind_of(begin, until)  # weekdays are not known
        return Period(start, end, None, None, kind, 0.8, reason)
    return Period(start, end, begin, until, kind_of(begin, until), sure, reason)


def _of_another_year(first: Atom, last: Atom) -> bool:
    """Tell whether "from June 2018 to 16 February" ends in a year that is not told."""
    return (
        first.year is not None and first.day is None and last.year is None and last.day is not None
    )


def _until_some_day(start: int, end: int, first: Atom) -> Period:
    """Return a running total whose last day has no year, on a page without a date."""
    begin, _, sure, _ = days_of(first, None)
    return Period(start, end, begin, None, "cumulative", sure * 0.8, "no year is told for its end")


def _with_months(first: Atom, last: Atom) -> tuple[Atom, Atom]:
    """Return two dates, each with the month of the other where its day has none."""
    if last.day is not None and last.month is None:
        last = last._replace(month=first.month)
    if first.day is not None and first.month is None:
        first = first._replace(month=last.month)
    return first, last


def _of_the_pages_year(first: Atom, last: Atom, published: dt.date | None) -> Atom:
    """Return the last date of "from June 2018 to 16 February": its day is of the page's year."""
    if last.year is not None or published is None or first.day is not None or last.day is None:
        return last
    ahead = (last.month or 1, last.day) > (published.month, published.day)
    return last._replace(year=published.year - ahead)


_ANY_DAY = dt.date(2001, 12, 31)
"""A day from which the length of days without a year is counted."""


def part_of_year(
    start: int, end: int, run: list[Token], published: dt.date | None
) -> Period | None:
    """Return the days of a quarter, a half or the first months of a year."""
    value = {each.kind: each.value for each in run}
    part = value["Q"]
    year, sure, reason = value.get("Y"), 1.0, ""
    months = (3 * part - 2, 3 * part) if part <= 4 else (1, 6) if part == 5 else (7, 12)
    if part > 10:
        months = (1, part - 10)
    if year is None:
        if published is None:
            return None
        year = published.year - (months[0] > published.month)
        if months[1] > published.month and part <= 6:
            year = published.year - 1 if months[1] - published.month > 0 and months[0] > 1 else year
        sure, reason = 0.95, f"the year {year} is taken from the page's date"
    first = dt.date(year, months[0], 1)
    last = dt.date(year, months[1], calendar.monthrange(year, months[1])[1])
    return Period(start, end, first, last, kind_of(first, last), sure, reason)
