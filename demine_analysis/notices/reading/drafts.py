"""Put together what a text says: one draft for each printed figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from demine_analysis.notices.reading import days, meaning, repetitions, scopes, totals
from demine_analysis.notices.reading.amounts.figure import ITEMS, Figure
from demine_analysis.notices.reading.dates.usable import usable_periods
from demine_analysis.notices.reading.draft import Draft
from demine_analysis.notices.reading.look import Reading, look, speaks_of_mine_action
from demine_analysis.notices.reading.meaning import VICTIMS
from demine_analysis.vocabulary import UNIT_OF_METRIC

if TYPE_CHECKING:
    from demine_analysis.datasets.programme import Programme
    from demine_analysis.notices.pages import Page
    from demine_analysis.notices.reading.dates.period import Period
    from demine_analysis.notices.reading.words.sentences import Sentence

_WHOLE = {"day", "week", "month", "quarter", "half_year", "year"}
"""Periods that end with a day of their own, whenever a page tells of them."""
_NOT_OVER = {"year", "month", "year_to_date"}
"""Periods that may go on when a page tells of them."""
_GUESSED = 0.6
"""How sure the days are where the page names none."""


def read_drafts(page: Page, programme: Programme) -> list[Draft]:
    """Return a draft for each figure on mine action that a text prints.

    Parameters
    ----------
    page : Page
        Title and body, tidied, with the page's date and language.
    programme : Programme
        Whose figures these are.
    """
    reading = look(page, programme)
    if not speaks_of_mine_action(reading):
        return []
    drafts: list[Draft] = []
    told = _Told(days.primary_period(reading), days.lead_period(reading))
    for sentence in reading.sentences:
        figures = [f for f in reading.figures if sentence.start <= f.start < sentence.end]
        figures, told.kind = meaning.with_metrics(reading, sentence, figures, told.kind)
        if figures:
            _of_sentence(reading, sentence, figures, told, drafts)
            continue
        told.kind = meaning.told_before(reading, sentence) or told.kind
        alone = days.told_alone(reading, sentence, usable_periods(reading, sentence))
        told.work, told.latest = alone or told.work, alone or told.latest
    drafts = scopes.without_heads(totals.until_told(reading, totals.begun_before(drafts)))
    return scopes.scoped(reading, repetitions.once(reading, drafts))


@dataclass
class _Told:
    """What the text has told so far: days of work, of anything, and what was done or found."""

    primary: Period | None
    lead: Period | None
    work: Period | None = None
    latest: Period | None = None
    kind: str = ""

    def before(self, reading: Reading, figure: Figure) -> Period | None:
        """Return the days that go on where a figure's sentence tells none."""
        last = self.latest if figure.metric in VICTIMS else self.work
        return last or (self.lead if figure.start < reading.body_start else None)


def _of_sentence(
    reading: Reading, sentence: Sentence, figures: list[Figure], told: _Told, drafts: list[Draft]
) -> None:
    """Add the drafts of a sentence to those before it, and keep the days that it tells."""
    periods = usable_periods(reading, sentence)
    pairs = scopes.pairs_of(reading, sentence, figures)
    used: list[tuple[Period, str]] = []
    total: Period | None = None
    for figure in figures:
        before = told.before(reading, figure)
        period = days.period_of(reading, figure, figures, periods, before, told.primary)
        period = period or days.told_behind(reading, sentence)
        if period is not None and (not periods or _summed_up(reading, figures, figure, periods)):
            total = total or totals.running_total(reading, sentence, figure, period, drafts)
            period = total or period
        if period is not None and not periods and figure.metric in VICTIMS:
            period = totals.toll(figure, period, drafts) if days.long_enough(period) else None
        draft = _draft(reading, sentence, figure, period, pairs)
        if draft is None:
            continue
        drafts.append(draft)
        if period is not None and not period.compared and draft.status == "achieved":
            used.append((period, draft.metric))
    told.latest = next((period for period, _ in used), told.latest)
    told.work = next((p for p, metric in used if metric not in VICTIMS), told.work)


def _summed_up(
    reading: Reading, figures: list[Figure], figure: Figure, periods: list[Period]
) -> bool:
    """Tell whether a total follows the days and their figure: "last week 30 ha, 640 in all"."""
    before = [f for f in figures if f.end <= figure.start and f.metric == figure.metric]
    if not before or any(p.start > before[0].end for p in periods):
        return False
    cues = reading.language.cues["frame"].all(reading.text, before[-1].end, figure.start)
    return any(cue.name == "totals" for cue in cues)


def _draft(
    reading: Reading,
    sentence: Sentence,
    figure: Figure,
    period: Period | None,
    pairs: dict[str, dict[int, list[str]]],
) -> Draft | None:
    metric = figure.metric.removeprefix("laid ")
    if metric in VICTIMS and not _a_toll(reading, sentence, figure, period):
        return None  # what one accident did is no total of a period
    if not figure.value and not reading.of(sentence, "found"):
        return None  # "land with no mines" says nothing of what was found
    reasons = [figure.reason, period.reason if period else "no period is printed"]
    status = meaning.status_of(reading, sentence, figure)
    found = bool(pairs["district"].get(figure.start))
    kind, first, last, sure = _days_meant(reading, sentence, figure, period, status, placed=found)
    estimated = status == "estimated" and metric == "contaminated_area"
    estimate = meaning.estimate_of(reading, sentence, figure) if estimated else ""
    unit = "persons" if metric in VICTIMS else UNIT_OF_METRIC.get(metric, "persons")
    if metric == "training":
        metric = "risk_education"
    return Draft(
        metric, figure.value, unit, figure.qualifier, status, kind, first, last,
        scopes.paired_operator(pairs["operator"], figure),
        ";".join(pairs["district"].get(figure.start, [])),
        next(iter(pairs["land_use"].get(figure.start, [])), "all"),
        figure.printed, figure.start, figure.end, sure,
        "; ".join(r for r in reasons if r), estimate,
        _is_plain(figure, metric, period, status),
        month_only=bool(period and period.month_only and kind == "week"), guessed=period is None,
        ends_with_month=reading.month_only and last == reading.published and kind not in _WHOLE,
    )  # fmt: skip


def _a_toll(reading: Reading, sentence: Sentence, figure: Figure, period: Period | None) -> bool:
    """Tell whether victims are counted up: for days that are long enough, or "in total"."""
    if period is not None:
        return days.long_enough(period)
    many = figure.value >= _MANY  # no accident has so many
    return many or any(cue.name == "totals" for cue in reading.of(sentence, "frame"))


def _days_meant(
    reading: Reading,
    sentence: Sentence,
    figure: Figure,
    period: Period | None,
    status: str,
    *,
    placed: bool,
) -> tuple[str, dt.date | None, dt.date | None, float]:
    """Return the kind of a figure's period, its first and last day, and how sure these are.

    `placed` says whether the figure's own sentence names a district.
    """
    first = period.first if period else None
    last = period.last if period else None
    kind = period.kind if period else "other"
    sure = figure.sure * (period.sure if period else _GUESSED)
    if status == "estimated":
        day = last if period and period.explicit and period.kind == "cumulative" else None
        kind, first, last, sure = "other", None, day or reading.published, figure.sure * 0.9
    elif status in {"planned", "requested"}:
        kind, first, last = days.planned_days(reading, sentence, period)
        sure *= 0.9
    elif last is not None and reading.published is not None and kind in _NOT_OVER:
        kind, first, last, sure = days.so_far(kind, first, last, sure, reading.published)
    elif period is None and _one_find(reading, sentence, placed=placed):
        first, last, sure = None, reading.published, figure.sure * 0.5
    elif period is None:
        # A page that tells no days mostly counts from the beginning until its own day.
        kind, first, last = "cumulative", reading.programme.first_day, reading.published
        sure = figure.sure * 0.5
    kind = "other" if kind in {"same", "goal"} else kind
    return kind, None if first and last and first > last else first, last, sure


def _one_find(reading: Reading, sentence: Sentence, *, placed: bool) -> bool:
    """Tell whether items were found of which no total and no days are told: in a place, or few."""
    totals = any(cue.name == "totals" for cue in reading.of(sentence, "frame"))
    items = [
        f.value
        for f in reading.figures
        if sentence.start <= f.start < sentence.end and f.metric in ITEMS
    ]
    return bool(items) and not totals and (placed or max(items) < _MANY)


_MANY = 1_000
"""Items of which fewer are found in one place than in a programme's time."""


def _is_plain(figure: Figure, metric: str, period: Period | None, status: str) -> bool:
    """Tell whether nothing about a figure had to be assumed.

    Victims of a month may be those of one accident.
    """
    dated = (
        period is not None
        and period.explicit
        and not period.reason
        and (metric not in VICTIMS or period.kind == "cumulative")
        and period.last is not None
        and period.kind not in {"day", "other"}
    )
    return dated and status == "achieved" and figure.qualifier == "exact" and not figure.reason
