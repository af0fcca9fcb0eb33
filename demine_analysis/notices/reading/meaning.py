"""Say what a figure means: which kind of land or items, done or planned, which estimate."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading import context
from demine_analysis.notices.reading.amounts.figure import ITEMS
from demine_analysis.notices.reading.amounts.qualifiers import spread_over
from demine_analysis.notices.reading.items import goes_on, said_of, same_clause

if TYPE_CHECKING:
    from demine_analysis.notices.reading.amounts.figure import Figure
    from demine_analysis.notices.reading.language import Cue
    from demine_analysis.notices.reading.look import Reading
    from demine_analysis.notices.reading.words.sentences import Sentence

VICTIMS = {"killed", "injured", "victims"}
_AREAS = {
    "cleared": "area_cleared", "surveyed": "area_surveyed", "returned": "area_returned",
    "reduced": "area_reduced", "cancelled": "area_cancelled", "released": "area_released",
}  # fmt: skip
_RETURNED = 40
_SAME_WORK = 40
"""Letters between two words for the same work, at most."""
_AWAY = 80
"""Letters, with marks, within which a word such as "wheat" says what land is spoken of."""
_PLAN_REACH = 140
"""Letters, with marks, within which a word such as "plan" speaks of a figure."""


def with_metrics(
    reading: Reading, sentence: Sentence, figures: list[Figure], before: str
) -> tuple[list[Figure], str]:
    """Return the figures that speak of mine action, areas with their kind, and that kind."""
    kept: list[Figure] = []
    if reading.of(sentence, "world"):
        return [], ""  # "in 60 countries 110 million mines are laid"
    for figure in _counted(reading, sentence, figures):
        if figure.metric == "area":
            metric = _area_of(reading, sentence, figure, figures, kept, before)
            if metric is not None:
                items = any(each.metric in ITEMS for each in kept)
                before = f"items {metric}" if items else metric
                kept.append(_as(reading, sentence, figure, metric))
        elif figure.metric in ITEMS or figure.metric == "explosive_mass":
            said = said_of(reading, sentence, figure)
            if said == "laid":
                kept.append(replace(figure, metric=f"laid {figure.metric}"))
            elif said == "found" or (said == "" and goes_on(reading, sentence, kept, before)):
                any_kind = said == "found" and _of_any_kind(reading, figure, figures)
                before = f"items {before.split()[-1]}" if before and not any_kind else "items"
                kept.append(replace(figure, metric="explosive_items") if any_kind else figure)
            else:
                before = ""
        elif figure.metric in VICTIMS or figure.metric == "training":
            kept.append(_with_the_dead(reading, sentence, figure, figures))
    return kept, before


def _counted(reading: Reading, sentence: Sentence, figures: list[Figure]) -> list[Figure]:
    """Return the figures that count work: no rates, no bases of shares, none only compared with."""
    return [
        figure
        for figure in figures
        if not _a_rate(reading, sentence, figure)
        and not _a_base(reading, figure, figures)
        and not _only_compared(reading, sentence, figure)
    ]


def _of_any_kind(reading: Reading, figure: Figure, figures: list[Figure]) -> bool:
    """Tell whether "explosive devices" stand alone, which in a list are improvised ones."""
    alone = not any(f.metric in ITEMS for f in figures if f is not figure)
    usual = reading.language.cues["nouns"].first(reading.text, figure.number.end, figure.end)
    kinds = {"improvised_devices", "explosive_items"}
    return alone and usual is not None and {figure.metric, usual.name} == kinds


def _with_the_dead(
    reading: Reading, sentence: Sentence, figure: Figure, figures: list[Figure]
) -> Figure:
    """Return the injured as victims where some died: "380 were injured, 70 of them died"."""
    later = [f for f in figures if f.start > figure.start]
    if figure.metric != "injured" or not later or later[0].metric != "killed":
        return figure
    among = [
        cue
        for cue in reading.of(sentence, "frame")
        if cue.name == "including" and figure.end <= cue.start < later[0].end
    ]
    return replace(figure, metric="victims") if among else figure


def _a_rate(reading: Reading, sentence: Sentence, figure: Figure) -> bool:
    """Tell whether a figure is only what is usual: "daily they destroy about 30"."""
    return any(
        context.distance(reading.text, figure, cue) < _RATE_REACH
        and same_clause(reading.text, figure, cue)
        for cue in reading.of(sentence, "rate")
    )


def _only_compared(reading: Reading, sentence: Sentence, figure: Figure) -> bool:
    """Tell whether people are only compared with, and no days say when: "down from 77 victims"."""
    if figure.metric not in VICTIMS:
        return False
    compared = [cue for cue in reading.of(sentence, "frame") if cue.name == "compared"]
    beside = any(0 <= figure.start - cue.end < _BESIDE for cue in compared)
    own = [p for p in reading.periods if figure.end <= p.start < sentence.end and p.explicit]
    return beside and not own


_BESIDE = 4


def _a_base(reading: Reading, figure: Figure, figures: list[Figure]) -> bool:
    """Tell whether only a share of a figure is spoken of: "out of 1,200,000 ha, 570,000 ha"."""
    before = reading.text[max(0, figure.start - _BASE_REACH) : figure.start].rstrip()
    bases = reading.language.cues["base"].all(before)
    share = any(f.start > figure.end and f.metric == figure.metric for f in figures)
    return share and any(cue.end == len(before) for cue in bases)


_BASE_REACH = 30
_RATE_REACH = 70


def _as(reading: Reading, sentence: Sentence, figure: Figure, metric: str) -> Figure:
    """Return an amount of land with its metric, and a reason where another word could be meant."""
    kinds = {cue.name for cue in _really(reading, reading.of(sentence, "actions"))}
    if len(kinds) < 2 or figure.reason:
        return replace(figure, metric=metric)
    return replace(figure, metric=metric, reason=f"one of several words tells {metric}")


def _area_of(
    reading: Reading,
    sentence: Sentence,
    figure: Figure,
    figures: list[Figure],
    kept: list[Figure],
    before: str,
) -> str | None:
    """Return the metric of an amount of land: its own, or that of others in its sentence."""
    if figure.shares:
        shared = [each.metric for each in kept if "area" in each.metric]
        if shared:
            return shared[-1]
    if kept and "area" in kept[-1].metric and _part_of(reading, sentence, kept[-1], figure):
        return kept[-1].metric
    later = [f for f in figures if f.metric == "area" and f.start >= figure.start]
    found = (_area(reading, sentence, each, before) for each in later)
    return next((metric for metric in found if metric is not None), None)


def _part_of(reading: Reading, sentence: Sentence, whole: Figure, figure: Figure) -> bool:
    """Tell whether a figure is a part of another one, and no word of its own says what was done."""
    frame = reading.of(sentence, "frame")
    parts = [c for c in frame if c.name == "including" and whole.end <= c.start < figure.start]
    acts = reading.of(sentence, "actions")
    return bool(parts) and not any(act.start > parts[-1].end for act in acts)


def announced(reading: Reading, sentence: Sentence) -> str:
    """Return what a list is of, where a colon or dashes begin it: "the sappers inspected:"."""
    ended = reading.text[sentence.start : sentence.end].rstrip()
    if not ended.endswith(":") and not _LIST.match(reading.text, sentence.end):
        return ""
    actions = reading.of(sentence, "actions")
    return _AREAS[actions[-1].name] if actions else ""


_LIST = re.compile(r"\n\s*[-–•●▪*]\s")


def told_before(reading: Reading, sentence: Sentence) -> str:
    """Return what the next sentence goes on with, where this one has no figure of its own."""
    listed = announced(reading, sentence)
    plain = [c for c in reading.of(sentence, "contamination") if c.name == "plain"]
    if listed or not plain or reading.of(sentence, "actions"):
        return listed
    return "contaminated_area"


def _area(reading: Reading, sentence: Sentence, figure: Figure, before: str) -> str | None:
    actions = _really(reading, reading.of(sentence, "actions"))
    actions = [cue for cue in actions if not _a_purpose(reading, sentence, cue)]
    others = [cue for cue in reading.of(sentence, "frame") if cue.name == "other_things"]
    plain = [cue for cue in reading.of(sentence, "contamination") if cue.name == "plain"]
    text = reading.text
    best, far = None, math.inf
    actions = _not_of_the_next(reading, figure, actions)
    for cue in [*_not_of_the_last(reading, sentence, figure, actions), *plain]:
        gap = context.distance(text, figure, cue)
        if cue.name == "returned":
            gap -= _RETURNED  # "received 20,000 hectares of cleared land" says which land it was
        if cue.name == "plain":
            # "of contaminated land" says which land, and another word what was done to it.
            beside = 0 <= cue.start - figure.end < 12 and not _CLOSED.match(text, cue.end)
            gap += 45 if beside and any(each.name == "cleared" for each in actions) else 8
        if gap < far:
            best, far = cue, gap
    away = min((context.distance(text, figure, cue) for cue in others), default=math.inf)
    if best is None and any(c.name == "estimated" for c in reading.of(sentence, "status")):
        return "contaminated_area" if away > _AWAY else None
    if best is None or far > _FAR:
        return _told_far_off(reading, sentence, figure, actions, before) if away >= _AWAY else None
    if away < far:
        return None
    return "contaminated_area" if best.name == "plain" else _AREAS[best.name]


# "2.2 million square metres contaminated.": a word that ends its clause says what the land is.
_CLOSED = re.compile(r"\s*(?:[.,;:)]|$)")


def _not_of_the_next(reading: Reading, figure: Figure, actions: list[Cue]) -> list[Cue]:
    """Return actions without those of the next number: "cleared 4 ha and also surveyed 3 sites"."""
    if not any(cue.end <= figure.start for cue in actions):
        return actions
    return [
        cue
        for cue in actions
        if not (
            cue.start >= figure.end
            and _ALSO.search(reading.text, figure.end, cue.start)
            and _NUMBERED.match(reading.text, cue.end)
        )
    ]


_ALSO = re.compile(r",?\s+(?:and also|as well as|а також|а также|həmçinin|ayrıca)\s+$")
_NUMBERED = re.compile(r"\s+(?:[^\W\d_]+\s+){0,2}\d")


def _not_of_the_last(
    reading: Reading, sentence: Sentence, figure: Figure, actions: list[Cue]
) -> list[Cue]:
    """Return actions without those of the figure before: "19 ha were cleared and 4 cancelled"."""
    behind = [c for c in actions if c.start >= figure.end and same_clause(reading.text, figure, c)]
    areas = [f for f in reading.figures if sentence.start <= f.start < figure.start]
    areas = [f for f in areas if f.metric == "area"]
    if not behind or not areas:
        return actions
    return [
        cue
        for cue in actions
        if not (areas[-1].end <= cue.start < figure.start)
        or not same_clause(reading.text, areas[-1], cue)
        or not _JOINED.fullmatch(reading.text, cue.end, figure.start)
    ]


# Between a word and the next amount: "and", "while another".
_JOINED = re.compile(r",?\s+(?:[^\W\d_]+\s+){1,2}")
_FAR = 200
"""Letters, with marks, within which a word says what was done to land."""


def _told_far_off(
    reading: Reading, sentence: Sentence, figure: Figure, actions: list[Cue], before: str
) -> str | None:
    """Return what was done to land of which no word close by tells: what was told before."""
    if any(cue.name == "cleared" for cue in actions) and before:
        return "area_cleared"  # "cleared 8,700 mines and 14,900 shells from 41,900 hectares"
    if before.startswith("items"):
        return _beside_items(reading, sentence, figure, before.rsplit(maxsplit=1)[-1])
    return before or None


def _beside_items(reading: Reading, sentence: Sentence, figure: Figure, last: str) -> str:
    """Return what land is of which only items are told: "21 shells on an area of 9 hectares"."""
    counted = any(
        f.metric in ITEMS and sentence.start <= f.start < figure.start for f in reading.figures
    )
    if spread_over(reading.text, figure.start, reading.language):
        return "area_cleared"
    if counted:
        return "area_surveyed"
    if reading.of(sentence, "found"):
        return "area_cleared"
    return last if last in _AREAS.values() else "area_cleared"


def _a_purpose(reading: Reading, sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a return is only what is wanted: "land identified for return to use"."""
    if cue.name != "returned":
        return False
    before = reading.text[sentence.start : cue.start].rstrip()
    cues = reading.language.cues["purpose"].all(before, max(0, len(before) - 30))
    return any(each.end == len(before) for each in cues)


def _really(reading: Reading, actions: list[Cue]) -> list[Cue]:
    """Return actions without "(inspected)" after "cleared": offices call the same work both."""
    actions = [cue for cue in actions if not _still_to_do(reading, cue)]
    cleared = [cue for cue in actions if cue.name == "cleared"]
    return [
        cue
        for cue in actions
        if cue.name != "surveyed"
        or not any(
            -_SAME_WORK < each.start - cue.end < _SAME_WORK
            and cue.start - each.end < 10
            and re.search(
                r"[(/]|\b(?:or|and|або|или|и|та|і)\b",
                reading.text[min(each.end, cue.end) : max(each.start, cue.start)],
            )
            for each in cleared
        )
    ]


def _still_to_do(reading: Reading, cue: Cue) -> bool:
    """Tell whether work only has to be done: "requires surveying and clearance"."""
    text = reading.text
    plain = reading.language.cues["contamination"].all(text, max(0, cue.start - 50), cue.end + 20)
    return any(
        each.name == "plain"
        and (
            each.start < cue.start < each.end
            or (_has_action(reading, each) and _AND_MORE.fullmatch(text, each.end, cue.start))
        )
        for each in plain
    )


def _has_action(reading: Reading, cue: Cue) -> bool:
    return reading.language.cues["actions"].first(reading.text, cue.start + 1, cue.end) is not None


_AND_MORE = re.compile(r",?\s+(?:and|or|və|ve|и|или|та|і|й|або)\s+")


def status_of(reading: Reading, sentence: Sentence, figure: Figure) -> str:
    """Return whether a figure is work done, planned, requested, or an estimate."""
    if figure.metric.startswith("laid ") or figure.metric == "contaminated_area":
        return "estimated"
    if figure.metric in VICTIMS:
        return "achieved"
    cues = reading.of(sentence, "status")
    if {cue.name for cue in cues} == {"not_planned"}:
        return "achieved"
    near = [
        cue
        for cue in cues
        if cue.name in {"planned", "requested"}
        and not _inside_plain(reading, sentence, cue)
        and not _only_describes(reading, sentence, figure, cue)
        and context.distance(reading.text, figure, cue) < _PLAN_REACH
        and not (
            context.parted(reading.text, figure, cue) and _done_beside(reading, sentence, figure)
        )
    ]
    if any(cue.name == "requested" for cue in near):
        return "requested"
    return "planned" if near else "achieved"


def _inside_plain(reading: Reading, sentence: Sentence, cue: Cue) -> bool:
    """Tell whether "to be cleared" is part of "remain to be cleared", which is no plan."""
    return any(
        each.name == "plain" and each.start < cue.start < each.end
        for each in reading.of(sentence, "contamination")
    )


def _done_beside(reading: Reading, sentence: Sentence, figure: Figure) -> bool:
    """Tell whether a figure's own clause says what was done."""
    acts = [*reading.of(sentence, "actions"), *reading.of(sentence, "found")]
    done = [cue for cue in acts if not _VERBAL.search(reading.text[cue.start : cue.end])]
    return any(not context.parted(reading.text, figure, cue) for cue in done)


# Nouns of doing ("clearance", "розмінування") say nothing of whether it has been done.
_VERBAL = re.compile(r"(?:ing|ance|ння|нню|ние|ния|нием)$")


def _only_describes(reading: Reading, sentence: Sentence, figure: Figure, plan: Cue) -> bool:
    """Tell land that a plan names and that is done: "70 ha planned for it have been cleared"."""
    if plan.start < figure.end:
        return False
    acts = [cue for cue in reading.of(sentence, "actions") if cue.start > plan.end]
    return any(
        plan.end <= each.start and any(0 <= act.start - each.end < 12 for act in acts)
        for each in reading.of(sentence, "perfect")
    )


def estimate_of(reading: Reading, sentence: Sentence, figure: Figure) -> str:
    """Return which estimate of contamination a figure is, where the sentence tells."""
    cues = [
        cue
        for cue in reading.of(sentence, "contamination")
        if cue.name in {"confirmed", "suspected", "remaining"}
        and context.distance(reading.text, figure, cue) < 80
    ]
    cue = context.nearest(reading.text, figure, cues)
    return cue.name if cue is not None else ""
