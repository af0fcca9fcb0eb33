"""Put together what a text says: one draft for each printed figure."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading import context
from demine_analysis.notices.reading.figures import ITEMS, Figure, find_figures
from demine_analysis.notices.reading.folding import fold
from demine_analysis.notices.reading.language import Cue, Finder, language
from demine_analysis.notices.reading.names import find_districts, operators_finder
from demine_analysis.notices.reading.periods import Period, find_periods
from demine_analysis.notices.reading.sentences import Sentence, sentences
from demine_analysis.vocabulary import UNIT_OF_METRIC

if TYPE_CHECKING:
    from demine_analysis.datasets.programme import Programme
    from demine_analysis.notices.reading.language import Language

_PARTS = {
    "mines": {"anti_personnel_mines", "anti_vehicle_mines"},
    "explosive_items": {"anti_personnel_mines", "anti_vehicle_mines", "unexploded_ordnance"},
}
VICTIMS = {"killed", "injured", "victims"}
_SIDE = re.compile(r"\s*[^\W\d_]{0,14}\s*[-–:]\s*")
_JOINED = r"[\s,()\-–]*(?:[^\W\d_]{1,14}[\s,]*){0,3}"
_AREAS = {
    "cleared": "area_cleared", "surveyed": "area_surveyed", "returned": "area_returned",
    "reduced": "area_reduced", "cancelled": "area_cancelled", "released": "area_released",
}  # fmt: skip
# A rounded repetition differs from the figure by less than this share of it.
_ROUNDED = 0.06
_ROUNDED_DOWN = 0.12
# A range between two amounts of land that still is one statement's parts.
_PLAN_REACH = 110
_YEAR_ENDS = 350
_DISTRICT_REACH = 150
_CARRIED = 0.94
_GUESSED = 0.6


@dataclass(frozen=True)
class Draft:
    """A statement as it was read from a text; the names of a row in `statements.csv`.

    `start` and `end` are the place in the text, `confidence` lies between 0 and 1, and `reason`
    says in words what was assumed.
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


@dataclass
class _Reading:
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
    notes: dict[int, list[str]] = field(default_factory=dict)

    def of(self, sentence: Sentence, cues: str) -> list[Cue]:
        return self.language.cues[cues].all(self.text, sentence.start, sentence.end)


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
    reading = _look(text, body_start, code, published, programme)
    if not _speaks_of_mines(reading):
        return []
    drafts: list[Draft] = []
    primary = _primary(reading)
    last: Period | None = None
    kind_before = ""
    for sentence in reading.sentences:
        figures = [f for f in reading.figures if sentence.start <= f.start < sentence.end]
        periods = _usable(reading, sentence)
        figures, kind_before = _with_metrics(reading, sentence, figures, kind_before)
        if not figures:
            kind_before = _announced(reading, sentence) or kind_before
            said = [p for p in periods if p.kind not in {"same", "goal", "day"} and p.last]
            if said and (said[-1].explicit or said[-1].kind != "cumulative"):
                last = said[-1]
            continue
        pairs = _pairs(reading, sentence, figures)
        used: list[Period] = []
        for figure in figures:
            period = _period_of(reading, figure, figures, periods, last, primary)
            draft = _draft(reading, sentence, figure, period, pairs)
            if draft is not None:
                drafts.append(draft)
                if period is not None and draft.status == "achieved":
                    used.append(period)
        last = used[0] if used else last
    return _scoped(reading, _once(reading, drafts))


def _look(
    text: str, body_start: int, code: str, published: dt.date | None, programme: Programme
) -> _Reading:
    words = language(code)
    folded = fold(text)
    cut = sentences(text)
    beginnings = {fold(each): day for each, day in programme.beginnings.items()}
    periods = find_periods(folded, words, published, programme.first_day, beginnings)
    periods = _same_kind(periods)
    nouns = words.cues["nouns"]
    if programme.words:
        nouns = nouns.overridden(programme.words)
    dates = [(each.start, each.end) for each in periods]
    districts = find_districts(folded, programme.districts)
    figures = find_figures(folded, text, cut, words, dates, nouns, districts)
    return _Reading(
        folded, body_start, words, published, programme, cut, periods, figures,
        operators_finder(programme.operators),
        districts,
    )  # fmt: skip


def _speaks_of_mines(reading: _Reading) -> bool:
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
        printed = [p for p in periods if p.explicit and p.kind == period.kind and p.first]
        days = {(p.first, p.last) for p in printed}
        if not period.explicit and len(days) == 1 and period.kind in {"week", "month", "year"}:
            first, last = days.pop()
            near = period.last is None or abs((last - period.last).days) < _reach(period.kind)
            if near:
                period = replace(period, first=first, last=last, sure=1.0, reason="")  # noqa: PLW2901
        result.append(period)
    return result


def _as_week(period: Period) -> Period:
    """Return six to eight days as a week, on a page that says that its figures are a week's."""
    if period.kind == "other" and period.explicit and period.first and period.last:
        if 5 <= (period.last - period.first).days <= 7:
            return replace(period, kind="week")
    return period


def _reach(kind: str) -> int:
    return {"week": 15, "month": 45, "year": 400}[kind]


def _usable(reading: _Reading, sentence: Sentence) -> list[Period]:
    """Return the periods of a sentence; a single day beside "said" is when it was said."""
    inside = [p for p in reading.periods if sentence.start <= p.start < sentence.end]
    said = [cue for cue in reading.of(sentence, "frame") if cue.name == "said"]
    kept = []
    for period in inside:
        if period.kind == "day" and period.explicit:
            near = any(
                min(abs(cue.start - period.end), abs(period.start - cue.end)) < 30 for cue in said
            )
            if near or (period.first == reading.published and len(inside) > 1):
                continue
        kept.append(period)
    return kept


def _primary(reading: _Reading) -> Period | None:
    """Return the period that the page as a whole is about: the first one with days."""
    dated = [p for p in reading.periods if p.last and p.kind not in {"same", "goal", "cumulative"}]
    printed = [p for p in dated if p.explicit and p.kind != "day"]
    weeks = [p for p in printed if p.kind in {"week", "month"}]
    told = [p for p in dated if not p.explicit]
    return next(iter(weeks or printed or told), None)


def _with_metrics(
    reading: _Reading, sentence: Sentence, figures: list[Figure], before: str
) -> tuple[list[Figure], str]:
    """Return the figures that speak of mine action, areas with their kind, and that kind."""
    found = reading.of(sentence, "found")
    frame = reading.of(sentence, "frame")
    contamination = reading.of(sentence, "contamination")
    laid = [cue for cue in contamination if cue.name == "laid"]
    exploded = [cue for cue in frame if cue.name == "explosion"]
    kept = []
    for figure in figures:
        if figure.metric == "area":
            later = [f for f in figures if f.metric == "area" and f.start >= figure.start]
            shared = [k for k in kept if "area" in k.metric] if figure.shares else []
            metric = (
                shared[-1].metric
                if shared
                else next(
                    (m for f in later if (m := _area(reading, sentence, f, before)) is not None),
                    None,
                )
            )
            if metric is None:
                continue
            before = metric
            kept.append(replace(figure, metric=metric))
        elif figure.metric in ITEMS or figure.metric == "explosive_mass":
            closest = context.nearest(reading.text, figure, [*found, *laid, *exploded])
            parts = any(cue.name == "including" and cue.start < figure.start for cue in frame)
            if closest is None and not (kept or parts or before in {"items", "area_surveyed"}):
                continue
            if closest in exploded:
                continue
            if closest in laid:
                if closest is not None and context.distance(reading.text, figure, closest) > 60:
                    if not found:
                        continue
                else:
                    kept.append(replace(figure, metric=f"laid {figure.metric}"))
                    continue
            before = "items"
            kept.append(figure)
        elif figure.metric in VICTIMS or figure.metric == "training":
            kept.append(figure)
    return kept, before


def _announced(reading: _Reading, sentence: Sentence) -> str:
    """Return what a list is of, where a sentence ends with a colon: "the sappers inspected:"."""
    if not reading.text[sentence.start : sentence.end].rstrip().endswith(":"):
        return ""
    actions = reading.of(sentence, "actions")
    return _AREAS[actions[-1].name] if actions else ""


def _area(reading: _Reading, sentence: Sentence, figure: Figure, before: str) -> str | None:
    actions = _really(reading, reading.of(sentence, "actions"))
    others = [cue for cue in reading.of(sentence, "frame") if cue.name == "other_things"]
    plain = [cue for cue in reading.of(sentence, "contamination") if cue.name == "plain"]
    text = reading.text
    best, far = None, math.inf
    for cue in [*actions, *plain]:
        gap = context.distance(text, figure, cue)
        if cue.name == "plain":
            # "of contaminated land" says which land, and another word what was done to it.
            beside = 0 <= cue.start - figure.end < 12
            gap += 45 if beside and any(each.name == "cleared" for each in actions) else 8
        if gap < far:
            best, far = cue, gap
    away = min((context.distance(text, figure, cue) for cue in others), default=math.inf)
    if best is None or far > 200:
        if before in _AREAS.values() or before == "contaminated_area" or before == "items":
            if away < 80:
                return None
            return "area_cleared" if before == "items" else before
        return None
    if away < far:
        return None
    return "contaminated_area" if best.name == "plain" else _AREAS[best.name]


def _really(reading: _Reading, actions: list[Cue]) -> list[Cue]:
    """Return actions without "(inspected)" after "cleared": that is cleared as its office says it."""
    cleared = [cue for cue in actions if cue.name == "cleared"]
    return [
        cue
        for cue in actions
        if cue.name != "surveyed"
        or not any(
            each.start - cue.end > -40
            and cue.start - each.end < 10
            and re.search(
                r"[(/]|\b(?:or|and|або|или|и|та|і)\b",
                reading.text[min(each.end, cue.end) : max(each.start, cue.start)],
            )
            for each in cleared
        )
    ]


def _pairs(
    reading: _Reading, sentence: Sentence, figures: list[Figure]
) -> dict[str, dict[int, list[str]]]:
    districts = [
        d
        for d in reading.districts
        if sentence.start <= d.start < sentence.end
        and any(context.distance(reading.text, f, d) < _DISTRICT_REACH for f in figures)
    ]
    uses = _land_uses(reading, sentence)
    operators = reading.operators.all(reading.text, sentence.start, sentence.end)
    return {
        "district": context.paired(reading.text, figures, districts, _JOINED),
        "land_use": _uses(reading, figures, uses),
        "operator": context.paired(reading.text, figures, operators, _JOINED)
        if len(figures) > 1
        else {},
    }


def _land_uses(reading: _Reading, sentence: Sentence) -> list[Cue]:
    """Return words for land uses, but for those in the names of ministries and operators."""
    names = reading.operators.all(reading.text, sentence.start, sentence.end)
    names += [c for c in reading.of(sentence, "frame") if c.name == "ministries"]
    return [
        cue
        for cue in reading.of(sentence, "land_uses")
        if not any(
            name.start - 30 < cue.start < name.end + 22
            for name in names
            if name.name == "ministries"
        )
        and not any(name.start <= cue.start < name.end for name in names)
    ]


def _uses(reading: _Reading, figures: list[Figure], uses: list[Cue]) -> dict[int, list[str]]:
    """Return the land use of each figure of land, where a word for one stands close to it."""
    areas = [f for f in figures if "area" in f.metric]
    found: dict[int, list[str]] = {}
    taken: list[Cue] = []
    for place, figure in enumerate(areas):
        stop = areas[place + 1].start if place + 1 < len(areas) else len(reading.text)
        start = areas[place - 1].end if place else 0
        after = [u for u in uses if figure.end <= u.start < stop]
        beside = [u for u in uses if _SIDE.fullmatch(reading.text, u.end, figure.start)]
        before = [u for u in uses if start <= u.end <= figure.start]
        close = next(iter(beside), None) or context.nearest(reading.text, figure, after)
        if close is None or context.distance(reading.text, figure, close) > 70:
            close = context.nearest(reading.text, figure, before)
            if close in taken:
                close = None
        if close is not None and context.distance(reading.text, figure, close) <= 70:
            found[figure.start] = [close.name]
            taken.append(close)
    return found


def _period_of(
    reading: _Reading,
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
    chosen: Period | None = None
    leads = bool(own) and own[0].start < figures[0].start
    if leads and before:
        chosen = before[-1]
        following = next(iter(after), None)
        if following is not None and _own_clause(reading.text, figure, figures, chosen, following):
            chosen = following
    elif after:
        chosen = after[0]
    elif before:
        chosen = before[-1]
    if figure.metric in VICTIMS and (chosen is None or chosen.kind in {"day", "week"}):
        chosen = next((p for p in own if p.kind == "cumulative"), chosen)
    if chosen is not None and chosen.kind == "same":
        rest = [p for p in before if p.kind != "same"]
        chosen = rest[-1] if rest else None
    if (
        chosen is not None
        and not chosen.explicit
        and chosen.kind == "cumulative"
        and last is not None
    ):
        # "so far", after a sentence that says since when and until when.
        if last.explicit and last.kind == "cumulative" and not chosen.begins:
            return last
    if chosen is not None:
        return chosen
    carried = last or primary
    if carried is None or carried.kind == "goal":
        return None
    sure = carried.sure * (_CARRIED if last is not None else 0.9)
    return replace(carried, sure=sure)


def _own_clause(
    text: str, figure: Figure, figures: list[Figure], before: Period, after: Period
) -> bool:
    """Tell whether a period behind a figure belongs to it rather than the one in front."""
    between = text[figure.end : after.start]
    others = [f for f in figures if figure.end <= f.start < after.start]
    if others:
        return False
    gap_after = len(between) + 40 * len(re.findall(r"[,;:(]| [-–] ", between))
    middle = text[before.end : figure.start]
    gap_before = len(middle) + 40 * len(re.findall(r"[,;:(]| [-–] ", middle))
    used = any(before.end <= f.start < figure.start for f in figures)
    return gap_after < gap_before if used else gap_after + 60 < gap_before


def _draft(
    reading: _Reading,
    sentence: Sentence,
    figure: Figure,
    period: Period | None,
    pairs: dict[str, dict[int, list[str]]],
) -> Draft | None:
    metric = figure.metric.removeprefix("laid ")
    if metric in VICTIMS and (period is None or not _long(period)):
        return None  # what one accident did is no total of a period
    reasons = [figure.reason, period.reason if period else "no period is printed"]
    status = _status(reading, sentence, figure)
    first = period.first if period else None
    last = period.last if period else None
    kind = period.kind if period else "other"
    sure = figure.sure * (period.sure if period else _GUESSED)
    estimate = ""
    if status == "estimated":
        day = last if period and period.explicit and period.kind == "cumulative" else None
        kind, first, last, sure = "other", None, day or reading.published, figure.sure * 0.9
        estimate = _estimate(reading, sentence, figure) if metric == "contaminated_area" else ""
    elif status in {"planned", "requested"}:
        kind, first, last = _planned(reading, sentence, period)
        sure *= 0.9
    elif last is not None and reading.published is not None and kind in {"year", "month"}:
        kind, first, last, sure = _so_far(kind, first, last, sure, reading.published)
    elif period is None and status == "achieved":
        # A page that tells no days mostly counts from the beginning until its own day.
        kind, first, last = "cumulative", reading.programme.first_day, reading.published
        sure = figure.sure * 0.5
    if kind in {"same", "goal"}:
        kind = "other"
    if first is not None and last is not None and first > last:
        first = None
    unit = "persons" if metric in VICTIMS else UNIT_OF_METRIC.get(metric, "persons")
    if metric == "training":
        metric = "risk_education"
    return Draft(
        metric, figure.value, unit, figure.qualifier, status, kind, first, last,
        _paired_operator(pairs["operator"], figure),
        ";".join(pairs["district"].get(figure.start, [])),
        next(iter(pairs["land_use"].get(figure.start, [])), "all"),
        figure.printed, figure.start, figure.end, sure, "; ".join(r for r in reasons if r), estimate,
    )  # fmt: skip


def _long(period: Period) -> bool:
    """Tell whether a period is one for which victims are counted up."""
    if period.kind in {"day", "week", "same"} or period.first is None or period.last is None:
        return False
    return period.kind != "other" or (period.last - period.first).days > 60


def _paired_operator(pairs: dict[int, list[str]], figure: Figure) -> str:
    """Return a figure's own operator, marked where each of a sentence's figures has another one."""
    own = pairs.get(figure.start, [])
    apart = [names[0] for names in pairs.values() if len(names) == 1]
    told = len(apart) > 1 and len(apart) == len(pairs) == len(set(apart))
    return ("=" if told and own else "") + ";".join(own)


def _status(reading: _Reading, sentence: Sentence, figure: Figure) -> str:
    if figure.metric.startswith("laid ") or figure.metric == "contaminated_area":
        return "estimated"
    if figure.metric in VICTIMS:
        return "achieved"
    cues = reading.of(sentence, "status")
    if any(cue.name == "not_planned" for cue in cues):
        return "achieved"
    near = [
        cue
        for cue in cues
        if cue.name in {"planned", "requested"}
        and context.distance(reading.text, figure, cue) < _PLAN_REACH
        and not (
            context.parted(reading.text, figure, cue) and _done_beside(reading, sentence, figure)
        )
    ]
    if any(cue.name == "requested" for cue in near):
        return "requested"
    return "planned" if near else "achieved"


def _done_beside(reading: _Reading, sentence: Sentence, figure: Figure) -> bool:
    """Tell whether a figure's own clause says what was done."""
    acts = [*reading.of(sentence, "actions"), *reading.of(sentence, "found")]
    return any(not context.parted(reading.text, figure, cue) for cue in acts)


def _estimate(reading: _Reading, sentence: Sentence, figure: Figure) -> str:
    cues = [
        cue
        for cue in reading.of(sentence, "contamination")
        if cue.name in {"confirmed", "suspected", "remaining"}
        and context.distance(reading.text, figure, cue) < 80
    ]
    cue = context.nearest(reading.text, figure, cues)
    return cue.name if cue is not None else ""


def _planned(
    reading: _Reading, sentence: Sentence, period: Period | None
) -> tuple[str, dt.date | None, dt.date | None]:
    goals = [
        p for p in reading.periods if sentence.start <= p.start < sentence.end and p.kind == "goal"
    ]
    if goals and goals[-1].last is not None:
        last = goals[-1].last
        if reading.published and last.year == reading.published.year and last.month == 12:
            return "year", dt.date(last.year, 1, 1), last
        return "cumulative", reading.programme.first_day, last
    if period is None or period.last is None:
        return "other", None, None
    kind = period.kind
    if kind in {"year", "year_to_date"}:
        return "year", dt.date(period.last.year, 1, 1), dt.date(period.last.year, 12, 31)
    if kind == "cumulative":
        return "other", None, None
    return kind, period.first, period.last


def _so_far(
    kind: str, first: dt.date | None, last: dt.date, sure: float, published: dt.date
) -> tuple[str, dt.date | None, dt.date, float]:
    """Return a year or month that is not over yet as what it is: so far."""
    if last <= published or first is None or first > published:
        return kind, first, last, sure
    left = (last - published).days
    if kind == "year" and left > 365 - _YEAR_ENDS:
        return "year_to_date", first, published, sure * 0.9
    if kind == "month" and left > 3:
        return "month_to_date", first, published, sure * 0.8
    return kind, first, last, sure


def _once(reading: _Reading, drafts: list[Draft]) -> list[Draft]:
    """Return drafts without repetitions: the same figure twice, or rounded beside the fine one."""
    kept: list[Draft] = []
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


def _same_subject(one: Draft, other: Draft, *, titled: bool) -> bool:
    if titled:
        both = {one.metric, other.metric}
        return len(both) == 1 or both <= ITEMS or all("area" in each for each in both)
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
    share = fine.value / rough.value - 1 if rough.value else 1.0
    if rough.qualifier == "at_least":
        return 0 <= share < _ROUNDED_DOWN
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
        total != title.value and _digits(title.value) < _digits(total) and abs(title.value / total - 1) < _ROUNDED
        for total in sums.values()
        if total
    )


def _digits(value: float) -> int:
    return len(f"{value:.6f}".replace(".", "").strip("0"))


def _scoped(reading: _Reading, drafts: list[Draft]) -> list[Draft]:
    """Give each draft its operator and district, from its sentence and from the page."""
    named = {
        sentence: context.operators_of(
            reading.text, sentence, reading.operators, reading.language, reading.programme.part_of
        )
        for sentence in reading.sentences
    }
    together = any(listed for _, listed in named.values())
    before = _before(reading, named)
    title = {d.name for d in reading.districts if d.start < reading.body_start}
    groups = {d.district for d in drafts if d.district}
    result = []
    for draft in drafts:
        sentence = next(s for s in reading.sentences if s.start <= draft.start < s.end)
        own, listed = named[sentence]
        operator, sure = _operator(draft, own, listed, before[sentence], together=together)
        district, certain = _district(draft, title, groups)
        confidence = round(min(0.99, draft.confidence * sure * certain), 3)
        result.append(replace(draft, operator=operator, district=district, confidence=confidence))
    return result


def _before(
    reading: _Reading, named: dict[Sentence, tuple[set[str], set[str]]]
) -> dict[Sentence, str]:
    """Return for each sentence the operator that the text before it has named as working."""
    only = set(reading.programme.operators)
    if len(only) == 1 and reading.operators.first(reading.text, 0, len(reading.text)):
        return dict.fromkeys(reading.sentences, only.pop())
    everybody = {name for working, _ in named.values() for name in working}
    result, last, paragraph = {}, "", -1
    for sentence in reading.sentences:
        if sentence.paragraph != paragraph and len(everybody) > 1:
            last = last if sentence.paragraph == paragraph + 1 and not named[sentence][0] else ""
        result[sentence] = last
        working, _ = named[sentence]
        if len(working) == 1:
            last = next(iter(working))
        paragraph = sentence.paragraph
    return result


def _operator(
    draft: Draft, own: set[str], listed: set[str], before: str, *, together: bool
) -> tuple[str, float]:
    """Return whose work a draft is, and how sure that is."""
    if draft.metric in VICTIMS or draft.status == "estimated":
        return "unstated", 0.95
    if draft.operator.startswith("="):
        return draft.operator[1:], 0.9
    if len(own) > 1:
        paired = draft.operator.split(";")
        return (paired[0], 0.8) if len(paired) == 1 and paired[0] in own else ("all", 0.8)
    if listed:
        return "all", 0.98
    if len(own) == 1:
        return next(iter(own)), 0.93
    if together:
        return "all", 0.97
    if before:
        return before, 0.85
    return "unstated", 0.95


def _district(draft: Draft, title: set[str], groups: set[str]) -> tuple[str, float]:
    """Return where the work was done, and how sure that is."""
    names = draft.district.split(";") if draft.district else []
    if len(names) == 1:
        return names[0], 0.93
    if len(names) > 1 and len(groups) > 1:
        return ";".join(names), 0.85
    if not names and len(title) == 1:
        return next(iter(title)), 0.85
    return "all", 0.99
