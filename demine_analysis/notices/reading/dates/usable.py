"""Choose the days of a sentence that can be a figure's: not when a thing was said."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demine_analysis.notices.reading.dates.period import Period
    from demine_analysis.notices.reading.language import Cue
    from demine_analysis.notices.reading.look import Reading
    from demine_analysis.notices.reading.words.sentences import Sentence

_SAID_REACH = 30
"""Letters between a day and "said", at most, where it was said then."""


def usable_periods(reading: Reading, sentence: Sentence) -> list[Period]:
    """Return the periods of a sentence; a single day beside "said" is when it was said."""
    inside = [p for p in reading.periods if sentence.start <= p.start < sentence.end]
    said = [cue for cue in reading.of(sentence, "frame") if cue.name == "said"]
    compared = [cue for cue in reading.of(sentence, "frame") if cue.name == "compared"]
    kept = []
    for period in inside:
        if period.kind == "day" and period.explicit:
            near = any(_said_then(reading.text, period, cue) for cue in said)
            near = near or _dateline(reading, sentence, period)
            if near or (period.first == reading.published and len(inside) > 1):
                continue
        yesterday = period.kind == "day" and not period.explicit and period.first == period.last
        if yesterday and any(_told_then(reading.text, period, cue) for cue in said):
            continue
        if any(_compared_with(reading, cue, period) for cue in compared):
            continue
        if period.kind == "same" and any(_names(reading.text, period, p) for p in inside):
            continue
        kept.append(period)
    return _joined(kept)


def _dateline(reading: Reading, sentence: Sentence, day: Period) -> bool:
    """Tell whether a day only says when a page was written: "BAKU, June 15 (Agency) -- ..."."""
    near = day.start - sentence.start < _CITY and day.first == reading.published
    return near and _DASH.match(reading.text, day.end) is not None


_CITY = 40
_DASH = re.compile(r"\.?\s*(?:\([^)\n]{2,30}\)|/[^/\n]{2,30}/)?\.?\s*(?:--|[-–—])\s")


def _compared_with(reading: Reading, cue: Cue, period: Period) -> bool:
    """Tell whether days only stand there for a comparison: "fewer than in 2022"."""
    between = reading.text[cue.end : period.start] if period.start >= cue.end else "0"
    beside = any(
        period.end <= f.start and _NO_WORD.fullmatch(reading.text, period.end, f.start)
        for f in reading.figures
    )
    return not beside and len(between) < _NEAR and re.search(r"\d", between) is None


_NO_WORD = re.compile(r"[^\w]{0,6}")


def _names(text: str, same: Period, dated: Period) -> bool:
    """Tell whether printed days stand right behind: "during the period from August 1 to 29"."""
    between = text[same.end : dated.start]
    return dated.explicit and dated.start >= same.end and len(between) < _NEAR


def _joined(periods: list[Period]) -> list[Period]:
    """Join "as of December 15" with "since the beginning of the year" of the same sentence."""
    until = [p for p in periods if p.explicit and p.as_of]
    so_far = {"year_to_date", "month_to_date"}
    since = [p for p in periods if p.begins or (p.kind in so_far and not p.explicit)]
    told = {"cumulative", "other"}
    since = since or [
        p for p in periods if p.explicit and not p.as_of and p.kind in told and p.last is None
    ]
    if len(until) != 1 or len(since) != 1 or since[0].first is None:
        return periods
    if until[0].last is not None and until[0].last < since[0].first:
        return periods
    both = replace(since[0], last=until[0].last, explicit=True)
    return [both if p is since[0] else p for p in periods if p is not until[0]]


def _said_then(text: str, day: Period, said: Cue) -> bool:
    """Tell whether a day is when it was said: "told on May 19", not "he said, on May 19,"."""
    gap = text[min(day.end, said.end) : max(day.start, said.start)]
    return len(gap) < _SAID_REACH and not (said.end <= day.start and "," in gap)


def _told_then(text: str, day: Period, said: Cue) -> bool:
    """Tell whether "yesterday" is when it was told: "reported the agency yesterday"."""
    between = text[said.end : day.start]
    return said.end <= day.start and len(between) < _NEAR and not re.search(r"[,.;:\d]", between)


_NEAR = 16
"""Letters between a word and the days that it speaks of, at most."""
