"""Say for which days a figure is: its own words, those before it, or those of the page."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.notices.reading.dates.period import Period
from demine_analysis.notices.reading.dates.usable import usable_periods
from demine_analysis.notices.reading.meaning import VICTIMS

if TYPE_CHECKING:
    from demine_analysis.notices.reading.amounts.figure import Figure
    from demine_analysis.notices.reading.look import Reading
    from demine_analysis.notices.reading.words.sentences import Sentence

_CARRIED, _FROM_PAGE = 0.94, 0.9
"""How sure days are that an earlier sentence, or only the page as a whole, names."""
_YEAR_ENDS = 350
_LEAD = 4
"""Sentences behind a title of which the first with a figure tells the title's days, at most."""
_SAID_REACH = 30
"""Letters within which "weekly" stands beside "report"."""
_RANGE = 16
"""Letters from which printed days are more than a month's or a year's name."""


def _year_before(period: Period | None) -> Period | None:
    """Return the days of a period, a year earlier."""
    if period is None or period.first is None or period.last is None:
        return None
    first = (pd.Timestamp(period.first) - pd.DateOffset(years=1)).date()
    last = (pd.Timestamp(period.last) - pd.DateOffset(years=1)).date()
    return replace(period, first=first, last=last, compared=True, sure=period.sure * 0.9)


def told_alone(reading: Reading, sentence: Sentence, periods: list[Period]) -> Period | None:
    """Return the days of a sentence without a figure, which the next one goes on with."""
    worked = bool(reading.of(sentence, "found") or reading.of(sentence, "actions"))
    said = [
        p
        for p in periods
        if p.kind not in {"same", "goal"}
        and (p.last or not (p.explicit or reading.published))
        and (p.kind != "day" or worked or not p.explicit)
        and (p.kind != "month" or not _bare(reading, p) or _of_work(reading, p))
    ]
    return said[-1] if said and _tells_since(reading, said[-1]) else None


def told_behind(reading: Reading, sentence: Sentence) -> Period | None:
    """Return the days of a sentence without a figure that says since when the work goes on."""
    place = reading.sentences.index(sentence) + 1
    behind = reading.sentences[place] if place < len(reading.sentences) else None
    if behind is None or any(behind.start <= f.start < behind.end for f in reading.figures):
        return None
    worked = reading.of(behind, "actions") or reading.of(behind, "found")
    begun = {"year_to_date", "month_to_date"}
    said = [p for p in usable_periods(reading, behind) if p.begins or p.kind in begun]
    return replace(said[0], sure=said[0].sure * _CARRIED) if worked and len(said) == 1 else None


def _tells_since(reading: Reading, period: Period) -> bool:
    """Tell words that say since when, or for which days, from "so far" alone."""
    if period.explicit or period.kind != "cumulative":
        return True
    return period.begins or period.first != reading.programme.first_day


def primary_period(reading: Reading) -> Period | None:
    """Return the period that the page as a whole is about: the first one with days."""
    dated = [p for p in reading.periods if p.last and p.kind not in {"same", "goal", "cumulative"}]
    dated = [p for p in dated if not _bare(reading, p) or _of_work(reading, p)]
    printed = [p for p in dated if p.explicit and p.kind != "day"]
    weeks = [p for p in printed if p.kind in {"week", "month"}]
    told = [p for p in dated if not p.explicit]
    return next(iter(weeks or printed or told), None)


def _bare(reading: Reading, period: Period) -> bool:
    """Tell whether only a year or the name of a month is printed."""
    month = period.explicit and period.kind == "month"
    return period.kind == "year" or (
        month and not re.search(r"\d", reading.text[period.start : period.end])
    )


def _of_work(reading: Reading, period: Period) -> bool:
    """Tell whether a year or month stands in a title, or in a sentence on work or with figures."""
    sentence = next(s for s in reading.sentences if s.start <= period.start < s.end)
    if period.start < reading.body_start:
        return True
    laid = any(cue.name == "laid" for cue in reading.of(sentence, "contamination"))
    worked = [*reading.of(sentence, "actions"), *reading.of(sentence, "found")]
    return bool(worked) and not laid


def lead_period(reading: Reading) -> Period | None:
    """Return the days of the first sentence with figures behind the title, for those of a title."""
    body = [s for s in reading.sentences if s.start >= reading.body_start]
    for sentence in body[:_LEAD]:
        days = [p for p in usable_periods(reading, sentence) if p.kind not in {"same", "goal"}]
        if any(sentence.start <= f.start < sentence.end for f in reading.figures):
            return days[0] if days else None
    return None


def period_of(
    reading: Reading,
    figure: Figure,
    figures: list[Figure],
    periods: list[Period],
    last: Period | None,
    primary: Period | None,
) -> Period | None:
    """Return the period that a figure is for."""
    own = [p for p in periods if p.kind != "goal"]
    before = [p for p in own if p.end <= figure.start]
    after = [p for p in own if p.start >= figure.end]
    after = [p for p in after if not _in_bracket(reading.text, figure, figures, p)]
    leads = bool(own) and own[0].start < figures[0].start
    chosen = _chosen(reading.text, figure, figures, before, after, leads=leads)
    if figure.metric in VICTIMS and (chosen is None or chosen.kind in {"day", "week"}):
        chosen = next((p for p in own if p.kind == "cumulative"), chosen)
    if chosen is not None and chosen.compared:
        return _year_before(last or primary)
    if chosen is not None and chosen.kind == "same":
        rest = [p for p in before if p.kind != "same"]
        chosen = rest[-1] if rest else None
    if chosen is not None:
        if last is not None and _only_so_far(chosen, last) and not _in_all(reading, chosen, last):
            said = reading.text[chosen.start : chosen.end]
            return replace(last, reason=f"{said!r} is taken as since the days told before")
        return _since_before(chosen, last)
    carried = last or (primary if _of_page(reading, primary, figure) else None)
    if carried is None or carried.kind == "goal":
        return None
    sure = carried.sure * (_CARRIED if last is not None else _FROM_PAGE)
    return replace(carried, sure=sure)


def _in_bracket(text: str, figure: Figure, figures: list[Figure], period: Period) -> bool:
    """Tell whether days stand in a bracket with a figure of its own: "635 (4,804 since 2022)"."""
    opened = text.find("(", figure.end, period.start)
    inside = opened >= 0 and ")" not in text[opened : period.start]
    return inside and any(opened < f.start < period.start for f in figures)


def _of_page(reading: Reading, primary: Period | None, figure: Figure) -> bool:
    """Tell whether a page's days are a figure's: "last week" in a later paragraph is not.

    Printed days from one to another are, and so is "weekly" beside "report".
    """
    if primary is None or primary.start < max(figure.end, reading.body_start):
        return True
    if primary.explicit and primary.kind == "other" and primary.last == reading.published:
        return False  # "Since October work goes on in A", told behind other figures
    if primary.explicit and (primary.kind == "week" or primary.end - primary.start > _RANGE):
        return True
    if "\n" not in reading.text[figure.end : primary.start]:
        return True
    start, end = max(0, primary.start - _SAID_REACH), primary.end + _SAID_REACH
    cues = reading.language.cues["frame"].all(reading.text, start, end)
    return any(cue.name == "said" for cue in cues)


def _chosen(
    text: str,
    figure: Figure,
    figures: list[Figure],
    before: list[Period],
    after: list[Period],
    *,
    leads: bool,
) -> Period | None:
    """Return the period of a sentence that is a figure's.

    Where a sentence begins with days, a figure takes those before it, unless others stand closer
    behind it; where it begins with a figure, those behind.
    """
    if leads and before:
        following = next(iter(after), None)
        if following is not None and _own_clause(text, figure, figures, before[-1], following):
            return following
        return before[-1]
    return next(iter([*after[:1], *before[-1:]]), None)


def _only_so_far(chosen: Period, last: Period) -> bool:
    """Tell whether words such as "so far" follow ones that say since when."""
    bare = chosen.kind == "cumulative" and not chosen.explicit and not chosen.begins
    bare = bare and chosen.first is not None  # "since the beginning of the aggression" says more
    until_now = last.kind == "other" and last.last is not None and last.last == chosen.last
    dated = last.explicit and (last.kind == "cumulative" or until_now)
    return bare and (dated or last.kind in {"year_to_date", "month_to_date"})


def _in_all(reading: Reading, chosen: Period, last: Period) -> bool:
    """Tell whether "so far" is meant in all, behind a total of some years: "overall, so far"."""
    cues = reading.language.cues["frame"].all(
        reading.text, max(0, chosen.start - _SAID_REACH), chosen.start
    )
    close = [c for c in cues if c.name == "totals"]
    beside = bool(close) and not re.search(r"[.;:\d]", reading.text[close[-1].end : chosen.start])
    return beside and last.kind == "cumulative" and last.first != reading.programme.first_day


def _since_before(chosen: Period, last: Period | None) -> Period:
    """Give "as of December 15" the beginning that the text has told: "since the new year"."""
    if not chosen.as_of or last is None or last.kind not in {"year_to_date", "month_to_date"}:
        return chosen
    if not (chosen.last and last.first and last.first < chosen.last):
        return chosen
    return replace(chosen, first=last.first, kind=last.kind)


def _own_clause(
    text: str, figure: Figure, figures: list[Figure], before: Period, after: Period
) -> bool:
    """Tell whether a period behind a figure belongs to it rather than the one in front."""
    between = text[figure.end : after.start]
    if any(figure.end <= f.start < after.start for f in figures):
        return False
    gap_after = len(between) + 40 * len(re.findall(r"[,;:(]| [-–] ", between))
    middle = text[before.end : figure.start]
    gap_before = len(middle) + 40 * len(re.findall(r"[,;:(]| [-–] ", middle))
    used = any(before.end <= f.start < figure.start for f in figures)
    return gap_after < gap_before if used else gap_after + 60 < gap_before


def planned_days(
    reading: Reading, sentence: Sentence, period: Period | None
) -> tuple[str, dt.date | None, dt.date | None]:
    """Return kind, first and last day of what is planned or requested."""
    goals = [
        p for p in reading.periods if sentence.start <= p.start < sentence.end and p.kind == "goal"
    ]
    years = [period] if period is not None and period.kind == "year" and period.explicit else []
    if goals and years and sentence.start <= years[0].start < goals[-1].start:
        goals = []  # "clear 11,300 ha in 2021 to be free of mines by 2030"
    if goals and goals[-1].last is not None:
        last = goals[-1].last
        if reading.published and last.year == reading.published.year and last.month == 12:
            return "year", dt.date(last.year, 1, 1), last
        return "other", None, last
    if period is None or period.last is None or not sentence.start <= period.start < sentence.end:
        return "other", None, None  # what is told of the work before says nothing of a plan
    if period.kind in {"year", "year_to_date"}:
        return "year", dt.date(period.last.year, 1, 1), dt.date(period.last.year, 12, 31)
    if period.kind == "cumulative":
        return "other", None, None
    return period.kind, period.first, period.last


def so_far(
    kind: str, first: dt.date | None, last: dt.date, sure: float, published: dt.date
) -> tuple[str, dt.date | None, dt.date, float]:
    """Return a year or month that is not over yet as what it is: so far."""
    if kind == "month" and last <= published and published.month == last.month:
        over = (last + dt.timedelta(days=1)).day == 1
        return kind if over else "month_to_date", first, last, sure
    if last <= published or first is None or first > published:
        return kind, first, last, sure
    if kind == "year_to_date":
        return kind, first, published, sure * 0.9
    left = (last - published).days
    if kind == "year" and left > 365 - _YEAR_ENDS:
        return "year_to_date", first, published, sure * 0.9
    if kind == "month" and left > 3:
        return "month_to_date", first, published, sure * 0.8
    return kind, first, last, sure


def long_enough(period: Period) -> bool:
    """Tell whether a period is one for which victims are counted up."""
    if period.kind == "cumulative":
        return True
    if period.kind in {"day", "week", "same"}:
        return False
    if period.first is not None and period.last is None:
        return True  # since a day, until one that is not told
    if period.first is None or period.last is None:
        return period.kind != "other"
    return period.kind != "other" or (period.last - period.first).days > 60
