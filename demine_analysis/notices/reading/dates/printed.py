"""Find the dates that a text prints, and say which days they are."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.dates.calendar_days import (
    atom_of,
    counts_from_first_day,
    from_first_day,
    part_of_year,
    range_period,
)
from demine_analysis.notices.reading.dates.joining import Token
from demine_analysis.notices.reading.dates.parts import date_parts
from demine_analysis.notices.reading.dates.period import Period
from demine_analysis.notices.reading.dates.single import single_period, words_around

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Language


def printed_periods(
    text: str, language: Language, published: dt.date | None, first_day: dt.date | None
) -> list[Period]:
    """Return the dates, and ranges of them, that a text prints."""
    tokens = date_parts(text, language, published)
    symbols = "".join(each.kind for each in tokens)
    found = []
    taken_until = 0
    for match in _SHAPES.finditer(symbols):
        if match.start() < taken_until:
            continue
        run = tokens[match.start() : match.end()]
        if all(each.kind == "Y" for each in run) and (
            all(each.soft for each in run) or _inserted(text, run[0].start)
        ):
            continue
        period = _read_run(text, run, language, published, first_day)
        if period is not None:
            found.append(period)
            undated = {each.kind for each in run} <= {"Y", "M"} and period.kind in {"year", "month"}
            if undated and run[-1].kind == "Y" and _of_making(text, period, language):
                period = replace(period, kind="made")
            found[-1] = period
            taken_until = match.end()
    return found


def _of_making(text: str, year: Period, language: Language) -> bool:
    """Tell whether a year only says when a thing was made or agreed on: "produced in 2021"."""
    start, end = max(0, year.start - 60), year.end + 60
    for cue in language.cues["made"].all(text, start, end):
        gap = text[min(cue.end, year.end) : max(cue.start, year.start)]
        apart = cue.end <= year.start or year.end <= cue.start
        if apart and len(gap) < _MADE_REACH and not re.search(r"[,;:.()\n]", gap):
            return True
    return False


_MADE_REACH = 30


def _inserted(text: str, place: int) -> bool:
    """Tell whether a place lies in square brackets, in which editors name the war or treaty."""
    opened = text.rfind("[", max(0, place - 80), place)
    return opened >= 0 and "]" not in text[opened:place]


# Y year, M month, N day, D a whole date in digits, T a word between two dates, Q a quarter's or
# half's number with its word, G a gap that holds other words.
_ATOM = r"(?:D|YMN|MNY|NMY|YNM|MN|NM|MY|YM|NY|M|N|Y)"


_SHAPES = re.compile(rf"(?:{_ATOM}T{_ATOM}|QY|YQ|Q|D|YMN|MNY|NMY|YNM|MN|NM|MY|YM|M|Y)")


def _read_run(
    text: str,
    run: list[Token],
    language: Language,
    published: dt.date | None,
    first_day: dt.date | None,
) -> Period | None:
    """Return the period that a run of dates and what joins them says."""
    start, end = run[0].start, run[-1].end
    kinds = "".join(each.kind for each in run)
    if "T" in kinds:
        cut = kinds.index("T")
        found = range_period(start, end, atom_of(run[:cut]), atom_of(run[cut + 1 :]), published)
        found = from_first_day(found, atom_of(run[:cut]), first_day)
        running = found is not None and counts_from_first_day(found, first_day)
        return replace(found, kind="cumulative") if found is not None and running else found
    if "Q" in kinds:
        return part_of_year(start, end, run, published)
    words = words_around(text, run, language)
    if kinds == "M" and not _said_alone(run[0], words.before, language):
        return None
    return single_period(start, end, atom_of(run), words, published, first_day)


def _said_alone(token: Token, before: str, language: Language) -> bool:
    """Tell the month from the verb in "may" and "march": a month has a word of time before it."""
    if language.code != "en" or token.value not in {3, 5}:
        return True
    return _TIME.search(before) is not None


_TIME = re.compile(
    r"\b(in|of|during|for|since|throughout|until|by|from|last|this|early|late|mid)[ -]*$"
)
