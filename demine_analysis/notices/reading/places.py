"""Say in which district the work of a figure was done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from demine_analysis.notices.reading import context

if TYPE_CHECKING:
    from demine_analysis.notices.reading.amounts.figure import Figure
    from demine_analysis.notices.reading.draft import Draft
    from demine_analysis.notices.reading.language import Cue
    from demine_analysis.notices.reading.look import Reading
    from demine_analysis.notices.reading.words.sentences import Sentence

JOINED = r"[\s,()\-–]*(?:[^\W\d_]{1,14}[\s,]*){0,3}"
_REACH = 150
"""Letters, with marks, within which a district's name speaks of a figure."""
_REACH_ALONE = 260
_RUN = 120
"""Letters between the names of one list, at most."""
_TOGETHER = 4
"""Districts that are named one by one, at most; more of them are meant as the whole."""
_RESULT_WITHIN = 30
"""Letters from a sentence's beginning within which "as a result" joins it to the one before."""


def close(reading: Reading, sentence: Sentence, figures: list[Figure]) -> list[Cue]:
    """Return the names of a sentence that stand close to a figure, or in a list with one."""
    names = [d for d in reading.districts if sentence.start <= d.start < sentence.end]
    parts = [c for c in reading.of(sentence, "frame") if c.name == "including"]
    runs = _runs(names, figures, parts)
    reach = _REACH if len(runs) > 1 else _REACH_ALONE
    near = [
        run
        for run in runs
        if any(context.distance(reading.text, f, d) < reach for f in figures for d in run)
    ]
    return [name for run in near for name in run]


def of_parts(
    reading: Reading,
    sentence: Sentence,
    figures: list[Figure],
    names: list[Cue],
    found: dict[int, list[str]],
) -> dict[int, list[str]]:
    """Return districts without those of parts: "512,000 hectares, of which 44,000 are in A"."""
    found = _in_turn(reading, sentence, figures, found)
    parts = [c for c in reading.of(sentence, "frame") if c.name == "including"]
    first = min((name.start for name in names), default=0)
    last = [f for f in figures if f.end <= first]
    own = [
        cue
        for cue in parts
        if last and cue.end <= last[-1].start and "," not in reading.text[last[-1].end : first]
    ]
    own += [c for c in parts if c.end <= first and any(f.start > first for f in figures)]
    whole = {f.start for f in figures if any(f.end <= cue.start for cue in own)}
    return {place: found[place] for place in found if place not in whole}


def _in_turn(
    reading: Reading, sentence: Sentence, figures: list[Figure], found: dict[int, list[str]]
) -> dict[int, list[str]]:
    """Return districts one by one: "in A and B, 95 and 49 hectares respectively"."""
    shared = [f for f in figures if len(found.get(f.start, [])) > 1]
    if not shared or not reading.of(sentence, "respectively"):
        return found
    names = found[shared[-1].start]
    own = [f for f in shared if found[f.start] == names]
    if len(own) != len(names):
        return found
    return found | {f.start: [name] for f, name in zip(own, names, strict=True)}


def _runs(names: list[Cue], figures: list[Figure], parts: list[Cue]) -> list[list[Cue]]:
    """Return the names that stand together, as in a list, with those behind "including"."""
    runs: list[list[Cue]] = []
    for name in names:
        last = runs[-1][-1].end if runs else 0
        near = runs and (
            name.start - last < _RUN or any(last <= cue.start < name.start for cue in parts)
        )
        if near and not any(last <= figure.start < name.start for figure in figures):
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def carried(reading: Reading, drafts: list[Draft]) -> dict[int, list[str]]:
    """Return the districts that each draft has where its own sentence names none, by its place."""
    result: dict[int, list[str]] = {}
    only = _only_one(reading)
    before: dict[Sentence, list[str]] = {}
    for draft in drafts:
        if draft.district:
            before[_sentence(reading, draft.start)] = draft.district.split(";")
    for draft in drafts:
        sentence = _sentence(reading, draft.start)
        last = reading.sentences[max(0, reading.sentences.index(sentence) - 1)]
        joined = any(
            p.kind == "same"
            and not p.compared
            and sentence.start <= p.start < sentence.start + _RESULT_WITHIN
            for p in reading.periods
        )
        country = reading.of(sentence, "everywhere")
        if joined and last in before and not country:
            result[draft.start] = before[last]
        else:
            named = [] if country else _named_for(reading, draft, sentence, only)
            result[draft.start] = named
    return result


def _named_for(reading: Reading, draft: Draft, sentence: Sentence, only: Cue | None) -> list[str]:
    """Return the page's own district, or the last one that a draft's paragraph has named."""
    if reading.only_operator and draft.period not in _ONE_WORK:
        return []  # who works alone in a country counts weeks and totals of all places
    before = _topic(reading, sentence)
    if before is not None:
        return [before]
    if only is None:
        return []
    behind = only.start >= reading.body_start and only.start > draft.start
    if behind and not _an_office_there(reading, _sentence(reading, only.start)):
        return []
    near = [s for s in reading.sentences if s.paragraph == sentence.paragraph]
    told = [d for d in reading.districts if near[0].start <= d.start < sentence.start]
    if not told:
        return [only.name]
    last = _sentence(reading, told[-1].start)
    return list(dict.fromkeys(d.name for d in told if d.start >= last.start))


_ONE_WORK = {"other", "day"}
"""Periods of a single piece of work, which was done in one place."""


def _topic(reading: Reading, sentence: Sentence) -> str | None:
    """Return the district of the sentence right before, in the same paragraph, without figures."""
    place = reading.sentences.index(sentence)
    last = reading.sentences[place - 1] if place else None
    if last is None or last.paragraph != sentence.paragraph:
        return None
    if any(last.start <= figure.start < last.end for figure in reading.figures):
        return None
    if _only_said_there(reading, last) or "%" in reading.text[last.start : last.end]:
        return None
    names = {d.name for d in reading.districts if last.start <= d.start < last.end}
    totals = any(cue.name == "totals" for cue in reading.of(sentence, "frame"))
    return names.pop() if len(names) == 1 and not totals else None


def _only_said_there(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a place is only where people met or something was said: "told them in A"."""
    figures = any(sentence.start <= f.start < sentence.end for f in reading.figures)
    if _an_office_there(reading, sentence):
        return False
    if not figures and reading.of(sentence, "meetings"):
        return True
    worked = [*reading.of(sentence, "actions"), *reading.of(sentence, "found")]
    worked += [cue for cue in reading.of(sentence, "frame") if cue.name in {"teams", "works"}]
    names = reading.operators.all(reading.text, sentence.start, sentence.end)
    worked = [w for w in worked if not any(n.start <= w.start < n.end for n in names)]
    said = any(cue.name == "said" for cue in reading.of(sentence, "frame"))
    return said and not figures and not worked


def _an_office_there(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether an operator's office in a place is named, which tells of that place."""
    operators = reading.operators.all(reading.text, sentence.start, sentence.end)
    return any(
        0 <= each.start - cue.end < _OFFICE
        and not re.search(r"[.,;:]", reading.text[cue.end : each.start])
        for each in reading.districts
        for cue in operators
    )


_OFFICE = 12
"""Letters between an operator and the place of its office, at most: "the service in A"."""


def _only_one(reading: Reading) -> Cue | None:
    """Return the district that a page is about: the only one, where it says what was done there."""
    title = [d for d in reading.districts if d.start < reading.body_start]
    title = [d for d in title if not reading.of(_sentence(reading, d.start), "meetings")]
    if len({d.name for d in title}) == 1:
        return title[0]
    if len({d.name for d in reading.districts}) != 1:
        return None
    named = [d for d in reading.districts if not _one_of_several(reading, d)]
    if not named:
        return None
    first = named[0]
    sentence = _sentence(reading, first.start)
    if _only_said_there(reading, sentence):
        return None
    worked = [*reading.of(sentence, "actions"), *reading.of(sentence, "found")]
    worked += [cue for cue in reading.of(sentence, "frame") if cue.name in {"teams", "works"}]
    office = _an_office_there(reading, sentence)
    return first if worked or office or len(named) > 1 else None


def _one_of_several(reading: Reading, district: Cue) -> bool:
    """Tell a place of which only a part is told: where most was found, "particularly in A"."""
    if reading.of(_sentence(reading, district.start), "most"):
        return True
    start = district.start - _PART_WITHIN
    frame = reading.language.cues["frame"].all(reading.text, max(0, start), district.start)
    named = [cue for cue in frame if cue.name == "including"]
    return bool(named) and not re.search(r"[.,;:\d]", reading.text[named[-1].end : district.start])


_PART_WITHIN = 40
"""Letters before a place within which "including" says that it is one of several."""


def _sentence(reading: Reading, place: int) -> Sentence:
    return next(s for s in reading.sentences if s.start <= place < s.end)


def district(draft: Draft, elsewhere: list[str]) -> tuple[str, float]:
    """Return where the work of a draft was done, and how sure that is."""
    names = draft.district.split(";") if draft.district else []
    if len(names) == 1:
        return names[0], 0.93
    if 1 < len(names) <= _TOGETHER:
        return ";".join(names), 0.85
    if not names and 0 < len(elsewhere) <= _TOGETHER:
        return ";".join(elsewhere), 0.85
    return "all", 0.99
