"""Tell a running total that names no days from the figures of a week or month beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.amounts.figure import ITEMS, MINES
from demine_analysis.notices.reading.dates.period import Period
from demine_analysis.notices.reading.meaning import VICTIMS

if TYPE_CHECKING:
    from demine_analysis.notices.reading.amounts.figure import Figure
    from demine_analysis.notices.reading.draft import Draft
    from demine_analysis.notices.reading.language import Cue
    from demine_analysis.notices.reading.look import Reading
    from demine_analysis.notices.reading.words.sentences import Sentence

_FAR, _VERY_FAR = 2, 10
"""How far a total lies above what is printed for the days before it, with a word and without."""
_SOME = 10
"""Items or hectares from which what was done in a week says how much can be."""
_SHORT = {"day", "week", "month", "month_to_date"}


def running_total(
    reading: Reading, sentence: Sentence, figure: Figure, period: Period, drafts: list[Draft]
) -> Period | None:
    """Return the days of a running total that names none: "in total", or far above the rest.

    Parameters
    ----------
    reading : Reading
        The text.
    sentence : Sentence
        Of the figure; it tells no days.
    figure : Figure
        The amount.
    period : Period
        The days that would be carried on to it.
    drafts : list of Draft
        What was read so far.
    """
    if figure.metric == "contaminated_area":
        return None
    usual, same = _usual(period, figure.metric, drafts)
    before = [] if _sums_up(sentence, figure, drafts) else _in_all(reading, sentence, figure)
    if before and (_far(figure, usual, _FAR) or (usual == 0 and period.kind == "day")):
        said = reading.text[before[0].start : before[0].end]
        return _until_now(reading, figure, f"{said!r} is taken as since the programme began", 0.85)
    if period.kind in _SHORT and same >= _SOME and _far(figure, same, _VERY_FAR):
        longer = [d for d in drafts if _fits(figure, d)]
        if longer:
            return replace(
                period, first=longer[-1].period_start, last=longer[-1].period_end,
                kind=longer[-1].period, sure=0.75, reason=_OF_LONGER,
                explicit=False, month_only=False,
            )  # fmt: skip
        return _until_now(reading, figure, "it is too much for the days told before", 0.75)
    return None


def _in_all(reading: Reading, sentence: Sentence, figure: Figure) -> list[Cue]:
    """Return the words "in all" before a figure that are said of it."""
    totals = [c for c in reading.of(sentence, "frame") if c.name == "totals"]
    before = [c for c in totals if c.start < figure.start]
    return [c for c in before if not _of_another(reading, sentence, figure, c)]


def _of_another(reading: Reading, sentence: Sentence, figure: Figure, total: Cue) -> bool:
    """Tell whether "in all" is said of another number: "in all 23 call-outs, 5 ha surveyed"."""
    own = [f for f in reading.figures if sentence.start <= f.start < sentence.end]
    number = _NUMBER.search(reading.text, total.end, figure.start)
    return number is not None and not any(f.start <= number.start() < f.end for f in own)


_NUMBER = re.compile(r"(?<![\w-])\d")


def _sums_up(sentence: Sentence, figure: Figure, drafts: list[Draft]) -> bool:
    """Tell whether "in all" adds up what its sentence has counted by kinds."""
    parts = [d for d in drafts if sentence.start <= d.start < figure.start and d.metric in ITEMS]
    return len(parts) > 1 and sum(d.value for d in parts) == figure.value


_OF_LONGER = "it is too much for the days told before, and taken as of the longer ones before them"


def _fits(figure: Figure, draft: Draft) -> bool:
    """Tell whether a figure can be of the same longer days as another one of its kind."""
    days = draft.period in {"year_to_date", "year"} and draft.status == "achieved"
    return days and _of_a_kind(figure.metric, draft.metric) and figure.value < 2 * draft.value


def toll(figure: Figure, period: Period, drafts: list[Draft]) -> Period:
    """Return the days of people of whom none are told: longer ones, if they are far too many."""
    same = [d.value for d in drafts if d.metric == "victims" and _of(d, period)]
    counted = figure.metric == "victims" and period.kind == "cumulative"
    if not counted or not same or figure.value < _FAR * max(same):
        return period
    return replace(period, first=None, kind="cumulative", sure=0.7, reason=_LONGER, explicit=False)


def _of(draft: Draft, period: Period) -> bool:
    return (draft.period_start, draft.period_end) == (period.first, period.last)


_LONGER = "they are too many for the days told before, and taken as since before them"


def begun_before(drafts: list[Draft]) -> list[Draft]:
    """Return drafts in which a toll above that since a programme's first day began before it."""
    told = {d.metric: d for d in drafts if not d.guessed and d.period == "cumulative"}
    return [replace(d, period_start=None) if _exceeds(d, told) else d for d in drafts]


def until_told(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Return drafts in which totals of a page without a date end with what it reports on.

    That is the only week or month that it tells.
    """
    told = {(d.period_start, d.period_end) for d in drafts if d.period in _REPORTED}
    if reading.published is not None or len(told) != 1:
        return drafts
    last = told.pop()[1]
    return [
        replace(d, period_end=last, confidence=d.confidence * 0.9, plain=False, reason=_WITH_IT)
        if last and d.period == "cumulative" and d.period_end is None
        else d
        for d in drafts
    ]


_REPORTED = {"week", "month"}
_WITH_IT = "the page has no date: its total is taken to end with the days that it reports on"


def as_wholes(drafts: list[Draft]) -> list[Draft]:
    """Return drafts in which the sum of items of several kinds is one of items of any kind.

    Headlines say "mines" for all that was found, and a page that does so once does so throughout.
    """
    wholes = {id(d): d.metric for d in drafts if _is_sum(d, drafts)}
    called = set(wholes.values()) & {"mines"}
    return [
        replace(d, metric="explosive_items")
        if id(d) in wholes or (d.metric in called and d.status == "achieved")
        else d
        for d in drafts
    ]


def _is_sum(draft: Draft, drafts: list[Draft]) -> bool:
    """Tell whether mines or devices are all that was found in their days, of whatever kind."""
    parts: dict[str, float] = {}
    for d in drafts:
        kind = d is not draft and d.metric in ITEMS - {"explosive_items", "mines"}
        if kind and d.value < draft.value and _same_days(d, draft):
            # The most of a kind is what was found of it in all, beside that of places.
            parts[d.metric] = max(d.value, parts.get(d.metric, 0.0))
    of_mines = sum(value for metric, value in parts.items() if metric in MINES)
    mixed = len(parts) > 1 and not parts.keys() <= MINES and of_mines != draft.value
    named = draft.metric in {"improvised_devices", "mines"}
    return named and mixed and abs(sum(parts.values()) / draft.value - 1) < _ALIKE


def _same_days(one: Draft, other: Draft) -> bool:
    """Tell whether two figures are for the same days, or running totals from the same one on."""
    running = one.period == other.period == "cumulative"
    return one.period_start == other.period_start and (
        running or one.period_end == other.period_end
    )


_ALIKE = 0.03
"""Share by which a sum may differ from its parts."""


def _exceeds(draft: Draft, told: dict[str, Draft]) -> bool:
    own = told.get(draft.metric)
    if own is None or not draft.guessed or draft.metric not in VICTIMS:
        return False
    return draft.value > own.value and draft.period_start == own.period_start


def _far(figure: Figure, usual: float, factor: float) -> bool:
    return 0 < factor * usual < figure.value


def _until_now(reading: Reading, figure: Figure, reason: str, sure: float) -> Period:
    return Period(
        figure.start, figure.end, reading.programme.first_day, reading.published,
        "cumulative", sure, reason, explicit=False,
    )  # fmt: skip


def _usual(period: Period, metric: str, drafts: list[Draft]) -> tuple[float, float]:
    """Return how much was printed for the days of a period, or else for other days.

    Land is land here, whether it was cleared or looked over, and so are items; the second value
    is of the metric alone, or of land.
    """
    done = [d for d in drafts if d.status == "achieved" and d.period != "cumulative"]
    same = [d for d in done if (d.period_start, d.period_end) == (period.first, period.last)]
    own = sum(d.value for d in same if d.metric == metric)
    alike = [d.value for d in same if _of_a_kind(d.metric, metric)]
    others = [d.value for d in done if _of_a_kind(d.metric, metric)]
    usual = own or max(alike, default=0.0) or max(others, default=0.0)
    return usual, usual if "area" in metric else own


def _of_a_kind(one: str, other: str) -> bool:
    return ("area" in one and "area" in other) or {one, other} <= ITEMS
