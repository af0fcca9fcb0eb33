"""Find words for days beside a page's date, such as "last week"."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.dates.period import ONE, Period, kind_of
from demine_analysis.notices.reading.language import expression

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from demine_analysis.notices.reading.language import Language


def relative_periods(
    text: str,
    language: Language,
    published: dt.date | None,
    first_day: dt.date | None,
    beginnings: Mapping[str, dt.date],
) -> list[Period]:
    """Return what words such as "last week" or "since the ceasefire" mean."""
    found = _counted_back(text, language, published, first_day)
    taken = [(each.start, each.end) for each in found]
    for cue in language.cues["relative"].all(text):
        if any(start < cue.end and cue.start < end for start, end in taken):
            continue
        days = _meant(cue.name, published, first_day)
        if days is not None:
            first, last, kind, sure = days
            reason = f"{text[cue.start : cue.end]!r} is read from the page's date" if last else ""
            vague = cue.name == "week_of_month"
            found.append(
                Period(
                    cue.start, cue.end, first, last, kind, sure, reason,
                    explicit=False, month_only=vague,
                )
            )  # fmt: skip
    for words, day in beginnings.items():
        for match in re.finditer(expression(words), text):
            reason = f"{match[0]!r} is taken as {day}"
            found.append(
                Period(
                    match.start(),
                    match.end(),
                    day,
                    published,
                    "cumulative",
                    0.97,
                    reason,
                    begins=True,
                )
            )
    return found


def _counted_back(
    text: str, language: Language, published: dt.date | None, first_day: dt.date | None
) -> list[Period]:
    """Return the days of words such as "over the last ten days", which end on the page's day."""
    found = []
    for cue in language.cues["back"].all(text):
        said = text[cue.start : cue.end].split()
        counted = [int(each) if each.isdigit() else language.numbers.get(each) for each in said]
        count = next((each for each in counted if each), None)
        if count is None or not 1 < count < _MANY:
            continue
        first, last, kind, sure = _back(published, cue.name, count, first_day)
        reason = f"{text[cue.start : cue.end]!r} is read from the page's date"
        found.append(Period(cue.start, cue.end, first, last, kind, sure, reason, explicit=False))
    return found


_MANY = 100


def _back(
    day: dt.date | None, name: str, count: int, first_day: dt.date | None
) -> tuple[dt.date | None, dt.date | None, str, float]:
    """Return so many days, weeks, months or years that end on a day, their kind, how sure it is.

    Years that begin about when the programme's totals do are a running total.
    """
    if day is None:
        return None, None, "other", 0.5
    months = {"months_back": count, "years_back": 12 * count}.get(name)
    if months is None:
        first = day - (count * (7 if name == "weeks_back" else 1) - 1) * ONE
        return first, day, kind_of(first, day), 0.8
    whole = 12 * day.year + day.month - 1 - months
    first = dt.date(whole // 12, whole % 12 + 1, 1)
    if name == "years_back" and first_day and abs((first - first_day).days) < _ABOUT:
        return first_day, day, "cumulative", 0.8
    return first, day, "other", 0.5


_ABOUT = 200
"""Days by which "in the last five years" may begin before or behind a programme's first day."""


def _meant(
    name: str, published: dt.date | None, first_day: dt.date | None
) -> tuple[dt.date | None, dt.date | None, str, float] | None:
    """Return first and last day, kind, and how sure, of words such as "last week"."""
    without_days = {
        "same": (None, None, "same", 1.0),
        "year_end": (None, published and dt.date(published.year, 12, 31), "goal", 0.9),
        # since some day that the words do not tell
        "programme": (None, published, "cumulative", 0.8),
        "cumulative": (first_day, published, "cumulative", 0.9),
    }
    if name not in _SPANS:
        return without_days.get(name)
    kind, days_of = _SPANS[name]
    if published is None:
        return None, None, kind, 0.5
    first, last, sure = days_of(published)
    return first, last, kind, sure


def _last_week(day: dt.date) -> tuple[dt.date, dt.date, float]:
    """Return the week before a day; on a Saturday or Sunday its own is meant, until that day."""
    monday = day - dt.timedelta(days=day.weekday())
    if day.weekday() >= 5:
        return monday, day, 0.7
    return monday - 7 * ONE, monday - ONE, 0.85


def _last_month(day: dt.date) -> tuple[dt.date, dt.date, float]:
    last = day.replace(day=1) - ONE
    return last.replace(day=1), last, 0.85


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=28) + 4 * ONE).replace(day=1) - ONE


def _year(year: int, sure: float) -> tuple[dt.date, dt.date, float]:
    return dt.date(year, 1, 1), dt.date(year, 12, 31), sure


_LATE = 12
"""Month from which "over the year" means the one that is ending."""

_SPANS: dict[str, tuple[str, Callable[[dt.date], tuple[dt.date, dt.date, float]]]] = {
    "last_week": ("week", _last_week),
    "this_week": ("week", lambda day: (day - dt.timedelta(days=day.weekday()), day, 0.8)),
    "week_of_month": ("week", lambda day: (day.replace(day=1), _month_end(day), 0.9)),
    "last_month": ("month", _last_month),
    "this_month": ("month_to_date", lambda day: (day.replace(day=1), day, 0.9)),
    "last_year": ("year", lambda day: _year(day.year - 1, 0.8)),
    "the_year": ("year", lambda day: _year(day.year - (day.month < _LATE), 0.75)),
    "this_year": ("year_to_date", lambda day: (dt.date(day.year, 1, 1), day, 0.9)),
    "next_year": ("year", lambda day: _year(day.year + 1, 0.9)),
    "yesterday": ("day", lambda day: (day - ONE, day - ONE, 0.9)),
    "today": ("day", lambda day: (day - ONE, day, 0.7)),
}
"""Words for days beside a page's date: their kind, and the days with how sure they are."""
