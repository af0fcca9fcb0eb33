"""Say for what use the land of a figure is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading import context

if TYPE_CHECKING:
    from demine_analysis.notices.reading.amounts.figure import Figure
    from demine_analysis.notices.reading.draft import Draft
    from demine_analysis.notices.reading.language import Cue
    from demine_analysis.notices.reading.look import Reading
    from demine_analysis.notices.reading.words.sentences import Sentence

_SIDE = re.compile(r"\s*[^\W\d_]{0,14}\s*[-–:(]\s*")
_PART_WITHIN = 24
"""Letters from a sentence's beginning within which "of these" says that it tells parts."""


def words_for(reading: Reading, sentence: Sentence) -> list[Cue]:
    """Return words for land uses, but for names of ministries, operators, and kilometres.

    A ministry that asked for land to be cleared says what it is for.
    """
    names = reading.operators.all(reading.text, sentence.start, sentence.end)
    if not any(cue.name == "requested" for cue in reading.of(sentence, "status")):
        names += [c for c in reading.of(sentence, "frame") if c.name == "ministries"]
    mined = reading.of(sentence, "contamination")  # "mine fields" are no fields
    return [
        cue
        for cue in reading.of(sentence, "land_uses")
        if not any(
            name.start - 30 < cue.start < name.end + 22
            for name in names
            if name.name == "ministries"
        )
        and not any(name.start <= cue.start < name.end for name in [*names, *mined])
        and not _LENGTH.search(reading.text, max(0, cue.start - 40), cue.start)
    ]


# "2.7 km of roads" beside an area says nothing of the area.
_LENGTH = re.compile(
    r"\d\s*(?:km|км|kilomet\w*|кіломет\w*|километ\w*)\.?\s+(?:of\s+)?(?:[^\W\d_]+\s+){0,2}$"
)


def of_figures(reading: Reading, figures: list[Figure], uses: list[Cue]) -> dict[int, list[str]]:
    """Return the land use of each figure of land, where a word for one stands close to it."""
    areas = [f for f in figures if "area" in f.metric]
    found: dict[int, list[str]] = {}
    taken: list[Cue] = []
    for place, figure in enumerate(areas):
        stop = areas[place + 1].start if place + 1 < len(areas) else len(reading.text)
        start = areas[place - 1].end if place else 0
        after = [u for u in uses if figure.end <= u.start < stop]
        after = [u for u in after if not _of_a_part(reading, figure, u)]
        beside = [u for u in uses if _SIDE.fullmatch(reading.text, u.end, figure.start)]
        before = [u for u in uses if start <= u.end <= figure.start]
        close = next(iter(beside), None) or context.nearest(reading.text, figure, after)
        if close is None or context.distance(reading.text, figure, close) > 70:
            close = context.nearest(reading.text, figure, before)
            if close in taken:
                close = None
        if close is not None and context.distance(reading.text, figure, close) <= 70:
            if not _one_of_a_list(reading.text, close, uses):
                found[figure.start] = [close.name]
            taken.append(close)
    return found


def _one_of_a_list(text: str, use: Cue, uses: list[Cue]) -> bool:
    """Tell whether land is for several uses at once: "fields, forests and water areas"."""
    return any(
        each.name != use.name and _LISTED.fullmatch(text, use.end, each.start) is not None
        for each in uses
        if each.start >= use.end
    )


_LISTED = re.compile(r",?\s+(?:and|та|і|й|и|və|ve)?\s*|,\s+")


def _of_a_part(reading: Reading, figure: Figure, use: Cue) -> bool:
    """Tell whether a use is another number's, or only that of parts: "land, including fields"."""
    between = reading.language.cues["frame"].all(reading.text, figure.end, use.start)
    parts = any(cue.name == "including" for cue in between)
    return parts or _NUMBER.search(reading.text, figure.end, use.start) is not None


_NUMBER = re.compile(r"(?<![\w-])\d")


def inherited(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Give the parts of an amount of land its use, where they name none: "of these, in A 3,700"."""
    result: list[Draft] = []
    wholes: dict[str, Draft] = {}
    for draft in drafts:
        own = draft
        several = _of_several(reading, draft)
        if "area" in draft.metric and draft.status != "estimated" and not several:
            # What is handed back is of the land that was looked over.
            searched = wholes.get("area_surveyed") if draft.metric == "area_returned" else None
            such = wholes.get("last") if _such_land(reading, draft) else None
            for whole in (wholes.get(draft.metric), searched, such):
                if own.land_use == "all" and whole and _goes_on(reading, whole, draft):
                    own = replace(draft, land_use=whole.land_use)
            wholes[draft.metric] = wholes["last"] = own
        result.append(own)
    return result


def _of_several(reading: Reading, draft: Draft) -> bool:
    """Tell whether a list of uses stands right behind an amount of land."""
    end = draft.end + _LIST_WITHIN
    said = reading.language.cues["land_uses"].all(reading.text, draft.end, end)
    return bool(said) and _one_of_a_list(reading.text, said[0], said)


_LIST_WITHIN = 60


def _goes_on(reading: Reading, whole: Draft, draft: Draft) -> bool:
    """Tell whether land is of the land told before: a part, "such land", or what came of it."""
    other = whole.metric != draft.metric
    return other or _is_part(reading, whole, draft) or _such_land(reading, draft)


def _such_land(reading: Reading, draft: Draft) -> bool:
    """Tell whether words right behind an amount point back: "5,000 hectares of such land"."""
    end = draft.end + _SUCH_WITHIN
    return reading.language.cues["such"].first(reading.text, draft.end, end) is not None


_SUCH_WITHIN = 24


def _is_part(reading: Reading, whole: Draft, draft: Draft) -> bool:
    """Tell whether the text goes on with the parts of an amount, in its sentence or behind it."""
    sentence = next(s for s in reading.sentences if s.start <= draft.start < s.end)
    start = max(whole.end, sentence.start)
    said = reading.language.cues["breakdown"].first(reading.text, start, draft.start)
    together = whole.end > sentence.start
    listed = together and bool(draft.district) and bool(whole.district)
    listed = listed or (together and draft.metric != whole.metric)
    # "surveyed 31,000 ha of farmland in May, and 146,000 since the new year"
    listed = listed or (together and draft.period != whole.period)
    within = together or (said is not None and said.start < start + _PART_WITHIN)
    return within and (said is not None or listed)
