"""A text with all that was found in it: sentences, days, amounts, names."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from demine_analysis.notices.reading.amounts.elliptic import PLACED
from demine_analysis.notices.reading.amounts.finding import find_figures
from demine_analysis.notices.reading.dates.finding import find_periods
from demine_analysis.notices.reading.language import language
from demine_analysis.notices.reading.names import find_districts, names_in, operators_finder
from demine_analysis.notices.reading.words.folding import fold
from demine_analysis.notices.reading.words.sentences import sentences

if TYPE_CHECKING:
    from demine_analysis.datasets.programme import Programme
    from demine_analysis.notices.pages import Page
    from demine_analysis.notices.reading.amounts.figure import Figure
    from demine_analysis.notices.reading.dates.period import Period
    from demine_analysis.notices.reading.language import Cue, Finder, Language
    from demine_analysis.notices.reading.words.sentences import Sentence


@dataclass
class Reading:
    """A text with all that was found in it."""

    text: str
    body_start: int
    language: Language
    published: dt.date | None
    programme: Programme
    sentences: list[Sentence]
    periods: list[Period]
    figures: list[Figure]
    operators: Finder
    districts: list[Cue]
    month_only: bool = False

    @property
    def only_operator(self) -> str:
        """The one who does all the work of a programme; empty where there are several."""
        names = list(self.programme.operators)
        return names[0] if len(names) == 1 else ""

    def of(self, sentence: Sentence, cues: str) -> list[Cue]:
        """Return a sentence's words of one table of the language."""
        return self.language.cues[cues].all(self.text, sentence.start, sentence.end)


def look(page: Page, programme: Programme) -> Reading:
    """Return a page's text with its sentences, days, amounts and names."""
    text, published, words = page.text, page.published, language(page.language)
    folded = fold(text)
    if programme.country and len(text) > _A_PAGE and not names_in(text, programme):
        # A page that names nobody and no place of the programme is about another one.
        programme = replace(programme, first_day=None, beginnings={})
    cut = sentences(text, ordinals=words.point_after_ordinals)
    cut = _own_sentences(folded, _without_news(folded, cut), words)
    cut = [each for each in cut if not _is_title(folded, each, page.body_start)]
    beginnings = {fold(each): day for each, day in programme.beginnings.items()}
    periods = find_periods(folded, words, published, programme.first_day, beginnings)
    if page.month_only:
        periods = [_until_told(_of_a_month(each), periods, published) for each in periods]
    periods = _ended(_same_kind(periods), published)
    nouns = words.cues["nouns"]
    if programme.words:
        nouns = nouns.overridden(programme.words)
    dates = [(each.start, each.end) for each in periods]
    periods = _within([each for each in periods if each.kind != "made"], cut)
    districts = _within(find_districts(folded, programme.districts), cut)
    districts = [d for d in districts if not _one_of_several(folded, d, words)]
    districts = [d for d in districts if not _dateline(folded, d, page.body_start)]
    own = "\n".join(folded[each.start : each.end] for each in cut)
    operators = operators_finder(
        own, programme.operators, programme.trades, words.cues["authorities"]
    )
    names = [*districts, *operators.all(folded)]
    figures = find_figures(folded, text, cut, words, dates, nouns, names)
    return Reading(
        folded, page.body_start, words, published, programme, cut, periods, figures,
        operators, districts, page.month_only,
    )  # fmt: skip


_A_PAGE = 600
"""Letters from which a text is a page, in which some name can be expected."""


def _without_news(text: str, cut: list[Sentence]) -> list[Sentence]:
    """Return sentences without lists of other news, each of which has its hour."""
    kept: list[Sentence] = []
    listed = False
    for each in cut:
        hours = len(_AN_HOUR.findall(text, each.start, each.end))
        listed = hours >= _HOURS or (listed and _AN_HOUR.match(text, each.start) is not None)
        if not listed:
            kept.append(each)
    return kept


_AN_HOUR = re.compile(r"\b\d{1,2}:\d\d\b")
_HOURS = 3
"""Hours from which a run of words is a list of news."""


def _own_sentences(text: str, cut: list[Sentence], words: Language) -> list[Sentence]:
    """Return sentences without links to other pages, from "read also" on, and photo credits."""
    kept: list[Sentence] = []
    linked = False
    for each in cut:
        line = text[each.start :].partition("\n")[0].strip()
        linked = linked and _A_LINK.search(line) is not None
        if linked:
            continue
        cue = words.cues["elsewhere"].first(text, each.start, each.end)
        credit = words.cues["credit"].first(text, each.start, min(each.end, each.start + _CREDIT))
        if credit is not None and each.end - each.start < _SHORT:
            if kept and kept[-1].paragraph == each.paragraph and len(line) < _SHORT:
                kept.pop()  # a picture's caption stands before its credit
            continue
        linked = cue is not None and _heads(line, cue)
        own = each if cue is None else each._replace(end=cue.start)
        if text[own.start : own.end].strip():
            kept.append(own)
    return kept


def _is_title(text: str, sentence: Sentence, body: int) -> bool:
    """Tell whether a line of the body only repeats the title."""
    line = text[sentence.start : sentence.end].strip()
    return sentence.start >= body and line in text[:body].split("\n")


def _heads(line: str, cue: Cue) -> bool:
    """Tell whether a line says nothing but "read also", and a name in quotation marks."""
    return len(re.sub(r"[\"«“].*[\"»”]", "", line)) < cue.end - cue.start + _BESIDE


_BESIDE = 10
"""Letters beside "read also" in a line that is a heading, at most; its links have no full stop."""
_A_LINK = re.compile(r"[^.!?…\"'»”)]$|\d{2}[:.]\d{2}")
_CREDIT, _SHORT = 24, 90
"""Letters from a line's beginning within which "photo" makes it a credit, and its length."""


def _of_a_month(period: Period) -> Period:
    """Return "last week" and the like without days, on a page of which only the month is known."""
    near = not period.explicit and not period.begins and period.kind in {"day", "week", "other"}
    return replace(period, first=None, last=None) if near else period


def _until_told(period: Period, others: list[Period], published: dt.date | None) -> Period:
    """Return a running total of which another one prints the last day, in the page's month."""
    if published is None or period.first is None or period.last != published:
        return period
    month = (published.year, published.month)
    told = {
        each.last
        for each in others
        if each.first == period.first
        and each.last
        and each.last != published
        and (each.last.year, each.last.month) == month
    }
    return replace(period, last=told.pop()) if len(told) == 1 else period


def _within(found: list[Any], cut: list[Sentence]) -> list[Any]:
    """Return what stands in one of the sentences."""
    return [each for each in found if any(s.start <= each.start < s.end for s in cut)]


def _one_of_several(text: str, district: Cue, words: Language) -> bool:
    """Tell whether work was done in other places, too: "mostly in A", "including in B"."""
    start = max(0, district.start - _MOSTLY_REACH)
    cue = words.cues["mostly"].first(text, start, district.start)
    if cue is not None:
        return not re.search(r"[.;,:\d]", text[cue.end : district.start])
    most = words.cues["most"].first(text, start, district.start)
    if most is not None and not re.search(r"[.;:\d]", text[most.end : district.start]):
        return PLACED.match(text, district.end) is None
    named = [c for c in words.cues["frame"].all(text, start, district.start) if c.name in _PARTS]
    if not named or re.search(r"[.;:\d]", text[named[-1].end : district.start]):
        return False
    return re.search(r"\d", text[district.end : district.end + _MOSTLY_REACH]) is None


def _dateline(text: str, district: Cue, body: int) -> bool:
    """Tell whether a place only says where a page was written: "ADEN - AGENCY", "ADEN, 3 June:"."""
    line = text.rfind("\n", 0, district.start) + 1
    opens = district.start - line < _QUOTE and district.start - body < _LEAD
    return opens and _WRITTEN.match(text, district.end) is not None


_QUOTE, _LEAD = 3, 300
"""Letters before a dateline in its line, and from the body's beginning to it, at most."""
_WRITTEN = re.compile(r"(?:,[^\n.:–—]{2,40})?\s*(?:[-–—:(/]|\s--)\s*(?![^\n]{0,16}\d)[^\n]")
_MOSTLY_REACH = 80
_PARTS = {"including"}


def speaks_of_mine_action(reading: Reading) -> bool:
    """Tell whether a text is about mine action at all."""
    if any(cue.name == "subject" for cue in reading.language.cues["frame"].all(reading.text)):
        return True
    acts = reading.language.cues["actions"].all(reading.text)
    return bool(acts) or reading.operators.first(reading.text, 0, len(reading.text)) is not None


def _same_kind(periods: list[Period]) -> list[Period]:
    """Give words such as "last week" the days that the page prints for the only week on it."""
    result = []
    if any(p.kind == "week" and not p.explicit for p in periods):
        periods = [_as_week(p) for p in periods]
    weeks = [p for p in periods if p.kind == "week"]
    for period in periods:
        if not period.explicit and period.kind == "other" and weeks:
            # "this week", on a page that says "last week" too, is the same week.
            period = replace(period, first=weeks[0].first, last=weeks[0].last, kind="week")  # noqa: PLW2901
        printed = [p for p in periods if p.explicit and p.kind == period.kind]
        days = {(p.first, p.last) for p in printed if p.first and p.last}
        if not period.explicit and len(days) == 1 and period.kind in {"week", "month", "year"}:
            first, last = days.pop()
            if period.last is None or _near(period.last, first, last, period.kind):
                vague = any(p.month_only for p in printed)
                period = replace(  # noqa: PLW2901
                    period, first=first, last=last, sure=1.0, reason="", month_only=vague
                )
        result.append(period)
    return result


def _ended(periods: list[Period], published: dt.date | None) -> list[Period]:
    """Let "since the new month" and "past week" end where the page's own days of it do."""
    months = [p for p in periods if p.explicit and p.kind in {"month", "month_to_date"}]
    printed = [p for p in months if p.last and (p.last + dt.timedelta(days=1)).day > 1]
    if published is None or len({(p.first, p.last) for p in printed}) != 1:
        return periods
    last = printed[0].last or published
    if not 0 < (published - last).days <= _LATE:
        return periods
    result = []
    for period in periods:
        told = period.explicit or period.last is None
        if not told and period.kind == "month_to_date" and period.first == printed[0].first:
            result.append(replace(period, last=last))
        elif not told and period.kind == "week":
            result.append(replace(period, first=last - dt.timedelta(days=6), last=last))
        else:
            result.append(period)
    return result


_LATE = 3
"""Days after its last one within which a page on part of a month appears, at most."""


def _as_week(period: Period) -> Period:
    """Return six to eight days as a week, on a page that says that its figures are a week's."""
    if period.kind != "other" or not period.explicit or not (period.first and period.last):
        return period
    days = (period.last - period.first).days + 1
    return replace(period, kind="week") if 6 <= days <= 8 else period


def _near(day: dt.date, first: dt.date, last: dt.date, kind: str) -> bool:
    """Tell whether "last week" or "last month" can mean days that are printed."""
    if kind == "year":
        return day.year == last.year
    return first <= day <= last or abs((last - day).days) < {"week": 15, "month": 45}[kind]
