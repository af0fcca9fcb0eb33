"""Put together what a text says: one draft for each printed figure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading import days, meaning, scopes
from demine_analysis.notices.reading.figures import ITEMS, Figure
from demine_analysis.notices.reading.look import Reading, look, speaks_of_mine_action
from demine_analysis.notices.reading.meaning import VICTIMS
from demine_analysis.vocabulary import UNIT_OF_METRIC

if TYPE_CHECKING:
    from demine_analysis.datasets.programme import Programme
    from demine_analysis.notices.reading.periods import Period
    from demine_analysis.notices.reading.words.sentences import Sentence

_PARTS = {
    "mines": {"anti_personnel_mines", "anti_vehicle_mines"},
    "explosive_items": {"anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"},
}
_ROUNDED, _ROUNDED_DOWN, _ROUNDED_TWICE = 0.06, 0.12, 0.03
"""Shares by which a title, a title with "over", and a text round a figure that is also printed."""
_GUESSED = 0.6
"""How sure the days are where the page names none."""


@dataclass(frozen=True)
class Draft:
    """A statement as it was read from a text; the names of a row in `statements.csv`.

    `start` and `end` are the place in the text, `confidence` lies between 0 and 1, `reason` says in
    words what was assumed, and `plain` whether nothing was: work done, an exact number, printed
    days. `month_only` says that the days are some of the month whose first and last they are.
    """

    metric: str
    value: float
    unit: str
    qualifier: str
    status: str
    period: str
    period_start: dt.date | None
    period_end: dt.date | None
    operator: str
    district: str
    land_use: str
    printed: str
    start: int
    end: int
    confidence: float
    reason: str
    estimate: str = ""
    plain: bool = False
    month_only: bool = False


def read_drafts(
    text: str, body_start: int, code: str, published: dt.date | None, programme: Programme
) -> list[Draft]:
    """Return a draft for each figure on mine action that a text prints.

    Parameters
    ----------
    text : str
        Title and body, tidied.
    body_start : int
        Where the title ends.
    code : str
        Of the language.
    published : date or None
        The page's date.
    programme : Programme
        Whose figures these are.
    """
    reading = look(text, body_start, code, published, programme)
    if not speaks_of_mine_action(reading):
        return []
    drafts: list[Draft] = []
    primary = days.primary_period(reading)
    last: Period | None = None
    kind_before = ""
    for sentence in reading.sentences:
        figures = [f for f in reading.figures if sentence.start <= f.start < sentence.end]
        periods = days.usable_periods(reading, sentence)
        figures, kind_before = meaning.with_metrics(reading, sentence, figures, kind_before)
        if not figures:
            kind_before = meaning.told_before(reading, sentence) or kind_before
            last = days.told_alone(reading, sentence, periods) or last
            continue
        pairs = scopes.pairs_of(reading, sentence, figures)
        used: list[Period] = []
        for figure in figures:
            period = days.period_of(reading, figure, figures, periods, last, primary)
            if not periods and period is not None:
                usual = _printed_for(period, figure.metric, drafts)
                period = days.running_total(reading, sentence, figure, period, usual) or period
            draft = _draft(reading, sentence, figure, period, pairs)
            if draft is not None:
                drafts.append(draft)
                if period is not None and draft.status == "achieved":
                    used.append(period)
        last = used[0] if used else last
    return scopes.scoped(reading, once(reading, drafts))


def _printed_for(period: Period, metric: str, drafts: list[Draft]) -> float:
    """Return how much of a metric was printed so far for the days of a period.

    Land is land here, whether it was cleared or looked over.
    """
    same = [
        d
        for d in drafts
        if (d.metric == metric or ("area" in d.metric and "area" in metric))
        and (d.period_start, d.period_end) == (period.first, period.last)
    ]
    return sum(d.value for d in same if d.metric == metric) or max(
        (d.value for d in same), default=0.0
    )


def _draft(
    reading: Reading,
    sentence: Sentence,
    figure: Figure,
    period: Period | None,
    pairs: dict[str, dict[int, list[str]]],
) -> Draft | None:
    metric = figure.metric.removeprefix("laid ")
    if metric in VICTIMS and (period is None or not days.long_enough(period)):
        return None  # what one accident did is no total of a period
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
        _is_plain(figure, period, status),
        month_only=bool(period and period.month_only and kind == "week"),
    )  # fmt: skip


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
    elif last is not None and reading.published is not None and kind in {"year", "month"}:
        kind, first, last, sure = days.so_far(kind, first, last, sure, reading.published)
    elif period is None and placed and _one_find(reading, sentence, figure):
        first, last, sure = None, reading.published, figure.sure * 0.5
    elif period is None:
        # A page that tells no days mostly counts from the beginning until its own day.
        kind, first, last = "cumulative", reading.programme.first_day, reading.published
        sure = figure.sure * 0.5
    kind = "other" if kind in {"same", "goal"} else kind
    return kind, None if first and last and first > last else first, last, sure


def _one_find(reading: Reading, sentence: Sentence, figure: Figure) -> bool:
    """Tell whether items were found of which no total and no days are told."""
    totals = any(cue.name == "totals" for cue in reading.of(sentence, "frame"))
    return figure.metric in ITEMS and not totals


def _is_plain(figure: Figure, period: Period | None, status: str) -> bool:
    """Tell whether nothing about a figure had to be assumed."""
    dated = period is not None and period.explicit and period.kind not in {"day", "other"}
    return dated and status == "achieved" and figure.qualifier == "exact" and not figure.reason


def once(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Return drafts without repetitions: the same figure twice, or rounded beside the fine one."""
    kept: list[Draft] = []
    drafts = _without_parts_of_people(_without_doubles(_as_wholes(drafts)))
    for draft in sorted(drafts, key=lambda d: (d.start < reading.body_start, d.start)):
        titled = draft.start < reading.body_start
        same = [d for d in kept if _same_subject(draft, d, titled=titled)]
        if any(_repeats(draft, d, titled=titled) for d in same):
            continue
        if titled and _rounds_sum(draft, kept):
            continue
        kept = [
            d
            for d in kept
            if not (_same_subject(d, draft, titled=False) and _repeats(d, draft, titled=False))
        ]
        kept.append(draft)
    return sorted(kept, key=lambda d: d.start)


def _as_wholes(drafts: list[Draft]) -> list[Draft]:
    """Return devices that are the sum of all kinds of the same days as items of any kind."""
    result = []
    for draft in drafts:
        parts = {
            d.metric: d.value
            for d in drafts
            if d is not draft
            and d.metric in ITEMS - {"explosive_items"}
            and d.value < draft.value
            and (d.period_start, d.period_end) == (draft.period_start, draft.period_end)
        }
        whole = draft.metric == "improvised_devices" and len(parts) > 1
        if whole and abs(sum(parts.values()) / draft.value - 1) < _ROUNDED_TWICE:
            result.append(replace(draft, metric="explosive_items"))
        else:
            result.append(draft)
    return result


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Return drafts without the less sure ones of a fine figure that a page prints twice."""
    best: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key = (draft.metric, draft.status, draft.value, draft.district, draft.land_use)
        if key not in best or draft.confidence > best[key].confidence:
            best[key] = draft
    return [
        d
        for d in drafts
        if _digits(d.value) < _FINE
        or best[d.metric, d.status, d.value, d.district, d.land_use] is d
    ]


_FINE = 4
"""Digits from which a figure is hardly printed twice for different days."""


def _without_parts_of_people(drafts: list[Draft]) -> list[Draft]:
    """Return drafts without the civilians and soldiers among victims whose sum is told, too."""
    groups: dict[tuple[object, ...], list[Draft]] = {}
    for draft in drafts:
        if draft.metric in VICTIMS:
            days = (draft.metric, draft.period_start, draft.period_end)
            groups.setdefault(days, []).append(draft)
    parts = set()
    for group in groups.values():
        values = sorted((d.value for d in group), reverse=True)
        if len(set(values)) > 1 and values[0] >= sum(set(values[1:])):
            parts |= {d.start for d in group if d.value < values[0]}
    return [d for d in drafts if d.metric not in VICTIMS or d.start not in parts]


def _same_subject(one: Draft, other: Draft, *, titled: bool) -> bool:
    if titled:
        both = {one.metric, other.metric}
        return (
            len(both) == 1
            or both <= ITEMS
            or both <= VICTIMS
            or all("area" in each for each in both)
        )
    return (one.metric, one.status, one.land_use) == (
        other.metric,
        other.status,
        other.land_use,
    ) and (one.district == other.district or "" in {one.district, other.district})


def _repeats(rough: Draft, fine: Draft, *, titled: bool) -> bool:
    """Tell whether the first only repeats the second, or rounds it."""
    days = (rough.period_start, rough.period_end) == (fine.period_start, fine.period_end)
    if not (titled or days or rough.period_end is None):
        return False
    if rough.value == fine.value:
        return rough.metric == fine.metric or titled
    if fine.value == 0 or _digits(rough.value) >= _digits(fine.value):
        return False
    if rough.metric != fine.metric and not (titled and "area" in rough.metric):
        return False
    return _rounds(rough, fine, titled=titled)


def _rounds(rough: Draft, fine: Draft, *, titled: bool) -> bool:
    """Tell whether a value is another one, rounded as its qualifier and place allow."""
    share = fine.value / rough.value - 1 if rough.value else 1.0
    if rough.qualifier == "at_least":
        return 0 <= share < _ROUNDED_DOWN
    if titled and rough.qualifier == "about" and fine.qualifier == "at_least":
        return -_ROUNDED_DOWN < share < _ROUNDED  # "nearly 2,000" above "over 1,800"
    return abs(share) < (_ROUNDED if titled or rough.qualifier == "about" else 0.03)


def _rounds_sum(title: Draft, kept: list[Draft]) -> bool:
    """Tell whether a title rounds the sum of the kinds that the text counts."""
    parts = _PARTS.get(title.metric, set())
    sums: dict[tuple[dt.date | None, dt.date | None], float] = {}
    for draft in kept:
        if draft.metric in parts and draft.status == title.status:
            days = (draft.period_start, draft.period_end)
            sums[days] = sums.get(days, 0.0) + draft.value
    return any(
        total != title.value
        and _digits(title.value) < _digits(total)
        and abs(title.value / total - 1) < _ROUNDED
        for total in sums.values()
        if total
    )


def _digits(value: float) -> int:
    return len(f"{value:.6f}".replace(".", "").strip("0"))
