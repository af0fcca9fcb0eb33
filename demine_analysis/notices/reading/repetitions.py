"""Leave out what a page prints twice: in its title and its text, or rounded beside the fine one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.amounts.figure import ITEMS
from demine_analysis.notices.reading.meaning import VICTIMS
from demine_analysis.notices.reading.totals import as_wholes

if TYPE_CHECKING:
    from demine_analysis.notices.reading.draft import Draft
    from demine_analysis.notices.reading.look import Reading

_PARTS = {
    "mines": {"anti_personnel_mines", "anti_vehicle_mines"},
    "explosive_items": {"anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"},
}
_ROUNDED, _ROUNDED_DOWN = 0.06, 0.12
"""Shares by which a title, and a title with "over", round a figure that is also printed."""


def once(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Return drafts without repetitions: the same figure twice, or rounded beside the fine one."""
    kept: list[Draft] = []
    drafts = _without_doubles(_until_printed(as_wholes(drafts), reading.published))
    drafts = _without_guessed(_without_parts_of_people(reading, drafts))
    drafts = _without_less_said(reading, drafts)
    for draft in sorted(drafts, key=lambda d: _rank(reading, d)):
        titled = draft.start < reading.body_start
        same = [d for d in kept if _same_subject(draft, d, titled=titled)]
        if any(_repeats(draft, d, titled=titled or _headed(reading, draft)) for d in same):
            if titled or not _with_others(reading, draft, drafts):
                continue
            kept.append(draft)
            continue
        if titled and _rounds_sum(draft, kept):
            continue
        kept = [
            d
            for d in kept
            if not (
                _same_subject(d, draft, titled=False)
                and _repeats(d, draft, titled=_headed(reading, d))
            )
        ]
        kept.append(draft)
    kept = [] if all(_a_single_find(d) for d in kept) else kept
    return sorted(kept, key=lambda d: d.start)


def _a_single_find(draft: Draft) -> bool:
    """Tell whether a draft is one item, told in a word: "they found one more mine"."""
    return draft.metric in ITEMS and draft.value == 1 and not re.search(r"\d", draft.printed)


def _headed(reading: Reading, draft: Draft) -> bool:
    """Tell whether a rounded figure stands in a line without a full stop, as headlines do."""
    return draft.qualifier != "exact" and _in_a_headline(reading, draft)


def _in_a_headline(reading: Reading, draft: Draft) -> bool:
    """Tell whether a figure stands alone in a long line without a full stop."""
    start = reading.text.rfind("\n", 0, draft.start) + 1
    line = reading.text[start:].partition("\n")[0].strip()
    plain = re.search(r"[.!?:;,]$|^[^\w\"«“]|[.!?]\s+\w{3}", line) is None
    alone = len(re.findall(r"\d[\d .,]*", _A_YEAR.sub("", line))) == 1
    return plain and alone and len(line) > _LINE


_A_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LINE = 30
"""Letters from which a line is a headline rather than an entry of a list."""


def _with_others(reading: Reading, draft: Draft, drafts: list[Draft]) -> bool:
    """Tell whether a few items stand beside others that are told once: "34 shells and one mine"."""
    sentence = next(s for s in reading.sentences if s.start <= draft.start < s.end)
    beside = [d for d in drafts if d is not draft and sentence.start <= d.start < sentence.end]
    twice = any(_same_amount(d, each) for d in beside for each in drafts if each is not d)
    return draft.value < _FEW and bool(beside) and not twice


_FEW = 10
"""Items of which fewer are found more than once."""


def _rank(reading: Reading, draft: Draft) -> tuple[bool, bool, bool, int]:
    """Return which of two alike comes first: the text before the title, names before none."""
    sentence = next(s for s in reading.sentences if s.start <= draft.start < s.end)
    operator = reading.operators.first(reading.text, sentence.start, sentence.end)
    titled = draft.start < reading.body_start or _in_a_headline(reading, draft)
    return titled, not draft.district, operator is None, draft.start


def _without_guessed(drafts: list[Draft]) -> list[Draft]:
    """Return drafts without those of no days that repeat an amount of which days are told."""
    told = [d for d in drafts if not d.guessed]
    again = [d for d in drafts if d.guessed]
    again = [d for d in again if any(_same_amount(d, e) or _same_land(d, e) for e in told)]
    uses = {(d.metric, d.value): d.land_use for d in again if d.land_use != "all"}
    return [
        replace(d, land_use=uses.get((d.metric, d.value), "all")) if d.land_use == "all" else d
        for d in drafts
        if d not in again
    ]


def _same_land(one: Draft, other: Draft) -> bool:
    """Tell whether two words for the work are used of one finely measured amount of land."""
    work = {"area_cleared", "area_surveyed"}
    both = {one.metric, other.metric} == work and one.status == other.status
    return both and one.value == other.value and _digits(one.value) >= _MEASURED


_MEASURED = 3
"""Digits from which two amounts of land are hardly the same by chance."""


def _without_less_said(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Return drafts without amounts of land of which the text tells the use elsewhere."""
    body = reading.body_start
    said = {_land(d) for d in drafts if d.land_use != "all" and d.start >= body}
    return [d for d in drafts if d.land_use != "all" or _land(d) not in said]


def _land(draft: Draft) -> tuple[object, ...]:
    days = draft.period_start, draft.period_end
    return draft.metric, draft.value, draft.status, draft.district, days


def _until_printed(drafts: list[Draft], published: dt.date | None) -> list[Draft]:
    """Return drafts without those until the page's day, where the same has a printed last day."""
    kept = []
    for draft in drafts:
        others = [
            d
            for d in drafts
            if _same_amount(d, draft) and (d.period, d.period_start) == _begun(draft)
        ]
        printed = any(d.period_end and d.period_end != published for d in others)
        if not (draft.period_end == published and printed and draft.period_start):
            kept.append(draft)
    return kept


def _begun(draft: Draft) -> tuple[str, dt.date | None]:
    return draft.period, draft.period_start


def _same_amount(one: Draft, other: Draft) -> bool:
    both = {one.metric, other.metric}
    same = len(both) == 1 or both == {"mines", "explosive_items"}
    return same and (one.value, one.status) == (other.value, other.status)


def _without_doubles(drafts: list[Draft]) -> list[Draft]:
    """Return drafts without the less sure ones of a fine figure that a page prints twice."""
    best: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key = _what(draft)
        if key not in best or _better(draft, best[key]):
            best[key] = draft
    return [d for d in drafts if _digits(d.value) < _FINE or best[_what(d)] is d]


def _what(draft: Draft) -> tuple[object, ...]:
    metric = "explosive_items" if draft.metric == "mines" else draft.metric
    return metric, draft.status, draft.value, draft.district, draft.land_use


def _better(draft: Draft, other: Draft) -> bool:
    """Tell which of two the page means: "mines" above "mines and other items" says less."""
    if draft.metric != other.metric:
        return draft.metric == "explosive_items"
    ends = draft.period_end is not None, other.period_end is not None
    return draft.confidence > other.confidence if len(set(ends)) == 1 else ends[0]


_FINE = 4
"""Digits from which a figure is hardly printed twice for different days."""


def _without_parts_of_people(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Return drafts without the civilians and soldiers among victims whose sum is told, too.

    People who are the sum of those killed and injured beside them are a toll of their own.
    """
    own = _tolls(reading, drafts)
    groups: dict[tuple[object, ...], list[Draft]] = {}
    for draft in drafts:
        if draft.metric in VICTIMS:
            days = (draft.metric, draft.period_start, draft.period_end)
            groups.setdefault(days, []).append(draft)
    parts = set()
    for group in groups.values():
        values = sorted({d.value for d in group}, reverse=True)
        if len(values) > 1 and values[0] >= sum(values[1:]):
            parts |= {d.start for d in group if d.value < values[0] and d.start not in own}
    return [d for d in drafts if d.metric not in VICTIMS or d.start not in parts]


def _tolls(reading: Reading, drafts: list[Draft]) -> set[int]:
    """Return where people stand of whom a paragraph tells all, those killed and those injured."""
    paragraphs: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.metric in VICTIMS:
            sentence = next(s for s in reading.sentences if s.start <= draft.start < s.end)
            paragraphs.setdefault(sentence.paragraph, []).append(draft)
    beside = [ds + paragraphs.get(place + 1, []) for place, ds in sorted(paragraphs.items())]
    return {
        each.start
        for people in beside
        for whole in people
        for one in people
        for other in people
        if (whole.metric, one.metric, other.metric) == ("victims", "killed", "injured")
        and whole.value == one.value + other.value
        for each in (whole, one, other)
    }


def _same_subject(one: Draft, other: Draft, *, titled: bool) -> bool:
    listed = {each for each in (one.operator, other.operator) if each.startswith("=")}
    if len(listed) > 1 or (listed and "" in {one.operator, other.operator}):
        return False
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
    ) and (
        one.district == other.district
        or "" in {one.district, other.district}
        or one.metric in VICTIMS  # they are counted without districts
    )


def _repeats(rough: Draft, fine: Draft, *, titled: bool) -> bool:
    """Tell whether the first only repeats the second, or rounds it."""
    days = (rough.period_start, rough.period_end) == (fine.period_start, fine.period_end)
    if not (titled or days or rough.period_end is None):
        return False
    if rough.value == fine.value:
        return rough.metric == fine.metric or titled
    if fine.value == 0 or _digits(rough.value) >= _digits(fine.value):
        return False
    both = {rough.metric, fine.metric}
    alike = "area" in rough.metric or both <= {"mines", "explosive_items"}
    if rough.metric != fine.metric and not (titled and alike):
        return False
    return _rounds(rough, fine, titled=titled)


def _rounds(rough: Draft, fine: Draft, *, titled: bool) -> bool:
    """Tell whether a value is another one, rounded as its qualifier and place allow."""
    share = fine.value / rough.value - 1 if rough.value else 1.0
    if rough.qualifier == "at_least":
        return 0 <= share < _ROUNDED_DOWN or (titled and _cut(rough.value, fine.value))
    if titled and _cut(rough.value, fine.value):
        return True
    if titled and rough.qualifier == "about" and fine.qualifier == "at_least":
        return -_ROUNDED_DOWN < share < _ROUNDED  # "nearly 2,000" above "over 1,800"
    return abs(share) < (_ROUNDED if titled or rough.qualifier == "about" else 0.03)


def _cut(rough: float, fine: float) -> bool:
    """Tell whether a value keeps the first digits of another: "over 2,000" of 2,410."""
    step = 10 ** (len(f"{rough:.0f}") - len(f"{rough:.0f}".rstrip("0")))
    return step > 1 and bool(fine // step * step == rough)


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
        and (abs(title.value / total - 1) < _ROUNDED or _cut(title.value, total))
        for total in sums.values()
        if total
    )


def _digits(value: float) -> int:
    return len(f"{value:.6f}".replace(".", "").strip("0"))
