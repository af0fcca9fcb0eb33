"""Say which days one date is, with the words around it: since it, until it, by it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple

from demine_analysis.notices.reading.dates.calendar_days import Atom, days_of
from demine_analysis.notices.reading.dates.joining import Token
from demine_analysis.notices.reading.dates.period import Period
from demine_analysis.notices.reading.language import NEVER

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Language


class _Around(NamedTuple):
    """What the words around a date say: since it, until it as of now, or by it as a goal."""

    before: str
    since: bool
    until: bool
    by: bool
    as_of: bool
    week_of: bool
    begun: bool
    end_of: bool
    far: bool
    started: bool
    on_a_day: bool


_BESIDE = ("since", "until", "by", "as_of", "week_of", "begun", "end_of")


def words_around(text: str, run: list[Token], language: Language) -> _Around:
    """Return what the words beside a date say."""
    start, end = run[0].start, run[-1].end
    before = text[max(0, start - 40) : start].rstrip(" \"'«“(")
    after = text[end : end + 45]
    said = {
        name: ends_with(before, language, name)
        or (_may_follow(name, language) and _begins_with(after, language, name))
        for name in _BESIDE
    }
    if ends_with(before, language, "until") or ends_with(before, language, "as_of"):
        # "as of 1 December since the war": what stands behind is of the next words.
        said["since"] = ends_with(before, language, "since")
    elif ends_with(before, language, "since"):
        said["until"] = said["as_of"] = False  # "since 8 October until today"
    ending = re.search(language.from_suffix + "$", text[run[-1].start : end]) is not None
    said["until"] = said["until"] or ends_with(text[start:end], language, "until")  # "19-dək"
    far = _since_before(text, start, language)
    on_a_day = far and _since_an_event(text, start, language)
    said["since"] = said["since"] or ending
    started = far and bool(language.cues["started"].all(text[max(0, start - _FAR) : start]))
    return _Around(before=before, far=far, started=started, on_a_day=on_a_day, **said)


def _may_follow(name: str, language: Language) -> bool:
    """Tell whether words may stand behind a date: "на" in "11 червня на Харківщині" is of a place.

    Languages that say "since" by an ending put "until" behind a date, too.
    """
    return name not in {"since", "until", "by", "as_of"} or language.from_suffix != NEVER


def _since_an_event(text: str, start: int, language: Language) -> bool:
    """Tell whether a day is when something began: "since the front moved on 12 November"."""
    lead = text[max(0, start - _FAR) : start]
    cues = language.cues["far_since"].all(lead)
    first = language.cues["since"].at(lead, cues[-1].start, len(lead)) if cues else None
    return first is not None and _ON.search(lead) is not None


_ON = re.compile(r"\b(?:on|of)\s+$")


def _since_before(text: str, start: int, language: Language) -> bool:
    """Tell whether "since" stands before a date, with other words: "since the launch in 2018"."""
    lead = text[max(0, start - _FAR) : start]
    cues = language.cues["far_since"].all(lead)
    return bool(cues) and not re.search(r"[.,;:()\n\d]", lead[cues[-1].end :])


_FAR = 60


def single_period(
    start: int,
    end: int,
    atom: Atom,
    words: _Around,
    published: dt.date | None,
    first_day: dt.date | None,
) -> Period | None:
    """Return the period of one date, month or year with the words around it."""
    first, last, sure, reason = days_of(atom, published)
    if first is None or last is None:
        return _undated(start, end, atom, words, first_day)
    near = first_day is None or first <= first_day <= last
    far = atom.day is None and ((words.far and (near or words.started)) or words.begun)
    far = far or (atom.day is not None and words.on_a_day)
    if words.since or far:
        begin, kind = _begin(first, atom, words, published, first_day)
        return Period(start, end, begin, published, kind, sure, reason)
    ahead = published is not None and last > published
    if words.by and (ahead or (atom.month is not None and atom.day is None)):
        return Period(start, end, None, last, "goal", sure, reason, goal=True)
    running = _running(first, last, atom, words, published, first_day)
    if running is not None:
        told_since = words.since or running[0] == first
        return Period(start, end, *running, "cumulative", sure * 0.9, reason, as_of=not told_since)
    if words.week_of and atom.month is not None and atom.day is None:
        return Period(start, end, first, last, "week", sure, reason, month_only=True)
    kind = "day" if atom.day is not None else "month" if atom.month is not None else "year"
    return Period(start, end, first, last, kind, sure * (0.9 if kind == "day" else 1), reason)


def _undated(start: int, end: int, atom: Atom, words: _Around, first_day: dt.date | None) -> Period:
    """Return the period of a date without a year on a page without a date: only its kind."""
    if words.until or words.as_of or words.end_of:
        return Period(start, end, first_day, None, "cumulative", 0.8, _NO_YEAR, as_of=True)
    kind = "other" if words.since else "day" if atom.day is not None else "month"
    kind = "week" if words.week_of and kind == "month" else kind
    kind = "month_to_date" if words.begun and atom.day is None and atom.month is not None else kind
    return Period(start, end, None, None, kind, 0.8, _NO_YEAR)


_NO_YEAR = "neither page nor text tells the year"


def _running(
    first: dt.date,
    last: dt.date,
    atom: Atom,
    words: _Around,
    published: dt.date | None,
    first_day: dt.date | None,
) -> tuple[dt.date | None, dt.date | None] | None:
    """Return the days of a running total: until a day, as of a month, or since the first day."""
    if atom.day is not None and first == first_day and published is not None:
        # "after the agreement of 10 November 2020": the programme's first day is a beginning.
        return (first, published) if (published - first).days > _LONG_AGO else None
    until = words.until if atom.day is not None else words.as_of and atom.month is not None
    ahead = published is not None and last > published
    ended = words.end_of and atom.day is None and not ahead
    return (first_day, last) if until or ended else None


_LONG_AGO = 60


def _begin(
    first: dt.date,
    atom: Atom,
    words: _Around,
    published: dt.date | None,
    first_day: dt.date | None,
) -> tuple[dt.date, str]:
    """Return the day since which something counts, and the period that makes it.

    A month or a year that holds the programme's first day stands for that day, but "since the
    beginning of 2022" means January; what begins long after it is no running total.
    """
    if first_day is not None and atom.day is None and not (words.begun and atom.month is None):
        near = abs((first - first_day).days) < 32
        if near or (atom.month is None and first.year == first_day.year):
            first = first_day
    in_month = published is not None and (published.year, published.month) == first.timetuple()[:2]
    if words.begun and atom.month is not None and in_month:
        return first, "month_to_date"
    new_year = (first.month, first.day) == (1, 1)
    if new_year and (words.begun if published is None else published.year == first.year):
        return first, "year_to_date"
    late = first_day is not None and (first - first_day).days > _LONG_AGO
    return first, "other" if late and not words.started else "cumulative"


def ends_with(before: str, language: Language, name: str) -> bool:
    """Tell whether a text ends with words of a table."""
    return any(cue.end == len(before) for cue in language.cues[name].all(before))


def _begins_with(after: str, language: Language, name: str) -> bool:
    lead = len(after) - len(after.lstrip(" -'"))
    return language.cues[name].at(after, lead, len(after)) is not None
