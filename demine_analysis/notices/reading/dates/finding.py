"""Find the days of a text: dates, ranges of dates, and words such as "last week"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.dates.period import Period
from demine_analysis.notices.reading.dates.printed import printed_periods
from demine_analysis.notices.reading.dates.relative import relative_periods
from demine_analysis.notices.reading.dates.single import ends_with

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demine_analysis.notices.reading.language import Language


def find_periods(
    text: str,
    language: Language,
    published: dt.date | None,
    first_day: dt.date | None,
    beginnings: Mapping[str, dt.date],
) -> list[Period]:
    """Return the periods of a folded text, in their order.

    Parameters
    ----------
    text : str
        Folded.
    language : Language
        Its language.
    published : date or None
        The page's date, from which dates without a year take one.
    first_day : date or None
        Since when the programme's running totals count.
    beginnings : mapping
        Words of the programme for a day since which something counts, folded.
    """
    found = printed_periods(text, language, published, first_day)
    taken = [(each.start, each.end, each.kind) for each in found]
    relative = [
        each
        for each in relative_periods(text, language, published, first_day, beginnings)
        if each.begins or not any(_touch(text, each, *place) for place in taken)
    ]
    # "since the launch of the project in June 2018": the date only tells when that was.
    since = [each for each in relative if each.begins]
    ends = {each.start: _until(text, each, found, language) for each in since}
    relative = [replace(p, last=ends.get(p.start) or p.last) for p in relative]
    found = [each for each in found if not any(_tells(text, p, each) for p in since)]
    relative = _between(text, relative, language)
    both = sorted([*found, *relative], key=lambda each: each.start)
    return _compared([each for each in both if not _only_until_now(text, each, both)])


def _between(text: str, periods: list[Period], language: Language) -> list[Period]:
    """Let a beginning's days end with words behind it: "from the launch to last week"."""
    result: list[Period] = []
    ended: Period | None = None
    for period in sorted(periods, key=lambda each: each.start):
        start = ended.end if ended is not None else period.start
        joined = text[start : period.start].strip()
        to = language.cues["to"].at(joined, 0, len(joined))
        if ended is not None and to is not None and len(joined) < _BETWEEN and not period.begins:
            result[-1] = replace(ended, end=period.end, last=period.last)
            ended = None
            continue
        result.append(period)
        ended = period if period.begins else None
    return result


_BETWEEN = 20
"""Letters between a beginning and words for the day until which it is meant, at most."""


def _compared(periods: list[Period]) -> list[Period]:
    """Join "the same period" with "last year", in either order, as the days a year earlier."""
    years = [p for p in periods if p.kind == "year" and not p.explicit]
    result = []
    for period in periods:
        if period.kind == "same" and any(_beside(period, year) for year in years):
            result.append(replace(period, compared=True))
        elif period not in years or not any(
            p.kind == "same" and _beside(p, period) for p in periods
        ):
            result.append(period)
    return result


def _beside(one: Period, other: Period) -> bool:
    return max(one.start, other.start) - min(one.end, other.end) < _TOUCHING


_TOUCHING = 8


def _until(text: str, since: Period, dates: list[Period], language: Language) -> dt.date | None:
    """Return the day that ends a beginning's days: "since the launch until November 7"."""
    for date in dates:
        if _tells(text, since, date) and _goes_on(since, date):
            return _in_year(text, date, since.last)
        between = text[since.end : date.start] if date.start >= since.end else ""
        words = between.strip()
        if 0 < len(between) < 16 and ends_with(words, language, "until") and date.last:
            return date.last
    return None


def _in_year(text: str, date: Period, published: dt.date | None) -> dt.date | None:
    """Return the last day of "since the launch in June 2018 until December 5": of this year."""
    if date.last is None or published is None or "20" in text[date.end - 6 : date.end]:
        return date.last
    last = date.last.replace(year=published.year)
    return last if last <= published else last.replace(year=published.year - 1)


def _goes_on(since: Period, date: Period) -> bool:
    """Tell whether a date is the days from a beginning until long after it."""
    if date.first is None or date.last is None or since.first is None:
        return False
    near = abs((date.first - since.first).days) < _NEAR
    return near and (date.last - date.first).days > _NEAR


_NEAR = 62
"""Days by which a printed beginning may differ from the programme's."""


def _tells(text: str, since: Period, date: Period) -> bool:
    """Tell whether a date only says when a beginning was: right behind it, or in brackets."""
    if date.start < since.start:
        return False
    between = text[since.end : date.start]
    bracket = "(" in between and ")" not in between and len(between) < 60
    return bracket or len(between) < 16


def _touch(text: str, period: Period, start: int, end: int, kind: str) -> bool:
    """Tell whether words lie within a date, or belong to it: "3 July this year"."""
    days = period.kind == kind == "day"  # "on 15 August, in one day"
    marks, reach = ("\n", _TOUCHING) if days else ("\n,", 3)
    if not (period.start < end + reach and start < period.end):
        return False
    return period.start < end or not set(marks) & set(text[end : period.start])


def _going_on(period: Period, day: dt.date | None) -> bool:
    """Tell whether a printed month or year is the one in which a day lies."""
    if day is None or period.first is None or period.last is None:
        return False
    return period.kind in {"month", "year"} and period.first <= day <= period.last


def _only_until_now(text: str, period: Period, others: list[Period]) -> bool:
    """Tell whether words such as "to date" only say until when: others say since when."""
    if period.explicit or period.begins or period.kind != "cumulative":
        return False
    since = {"year_to_date", "month_to_date", "cumulative", "other"}
    for other in others:
        if _beside(period, other) and _going_on(other, period.last):
            return True  # "so far in November"
        if (
            other is period
            or other.kind not in since
            or (other.kind == "other" and other.last != period.last)
            or not (other.explicit or other.begins or other.kind != "cumulative")
        ):
            continue
        between = text[min(other.end, period.end) : max(other.start, period.start)]
        if not re.search(r"[.;]\s|\n", between):
            return True
    return False
