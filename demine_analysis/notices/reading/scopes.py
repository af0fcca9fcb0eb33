"""Say whose work a figure is, where, and for what use of the land."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading import context, places, uses
from demine_analysis.notices.reading.meaning import VICTIMS

if TYPE_CHECKING:
    from demine_analysis.notices.reading.amounts.figure import Figure
    from demine_analysis.notices.reading.draft import Draft
    from demine_analysis.notices.reading.language import Cue, Finder
    from demine_analysis.notices.reading.look import Reading
    from demine_analysis.notices.reading.words.sentences import Sentence

# First readings of 108 pages that nothing had been fitted to: of 47 figures of which nothing had to
# be assumed 41 were right in all fields, of the others about 55%. So only the former pass 0.89.
_MOST_SURE = 0.95
_UNLESS_PLAIN = 0.89
_Named = dict["Sentence", tuple[set[str], set[str]]]
"""For each sentence, the operators that it names as having worked: one by one, and in a list."""


def pairs_of(
    reading: Reading, sentence: Sentence, figures: list[Figure]
) -> dict[str, dict[int, list[str]]]:
    """Return the districts, land uses and operators that belong to each figure of a sentence."""
    districts = places.close(reading, sentence, figures)
    where = context.paired(reading.text, figures, districts, places.JOINED, places=True)
    said = uses.words_for(reading, sentence)
    operators = reading.operators.all(reading.text, sentence.start, sentence.end)
    return {
        "district": places.of_parts(reading, sentence, figures, districts, where),
        "land_use": uses.of_figures(reading, figures, said),
        "operator": context.paired(reading.text, figures, operators, places.JOINED)
        if len(figures) > 1
        else _itemised(reading.text, figures, operators),
    }


def _itemised(text: str, figures: list[Figure], operators: list[Cue]) -> dict[int, list[str]]:
    """Return the operator of a list's line: "- the border service: 46;"."""
    own = [
        (figure, cue)
        for figure in figures
        for cue in operators
        if cue.end <= figure.start and _BESIDE.fullmatch(text, cue.end, figure.start)
    ]
    return {figure.start: ["=" + cue.name] for figure, cue in own}


_BESIDE = re.compile(r"[^\d.;:,]{0,24}[-–:]\s*")


def paired_operator(pairs: dict[int, list[str]], figure: Figure) -> str:
    """Return a figure's own operator, marked where each of a sentence's figures has another one."""
    own = pairs.get(figure.start, [])
    apart = [names[0] for names in pairs.values() if len(names) == 1]
    told = len(apart) > 1 and len(apart) == len(pairs) == len(set(apart))
    return ("=" if told and own else "") + ";".join(own)


def without_heads(drafts: list[Draft]) -> list[Draft]:
    """Return drafts of which "NAME: 1,204 hectares", alone on its page, is no line of a list."""
    if len({each.operator for each in drafts if each.operator.startswith("=")}) > 1:
        return drafts
    return [replace(each, operator=each.operator.removeprefix("=")) for each in drafts]


def scoped(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """Give each draft its operator and district, from its sentence and from the page."""
    named = {
        sentence: context.operators_of(
            reading.text, sentence, reading.operators, reading.language, reading.programme.part_of
        )
        for sentence in reading.sentences
    }
    named = {each: _who_met(reading, each, names) for each, names in named.items()}
    together = any(
        listed and not _only_recaps(sentence, drafts) for sentence, (_, listed) in named.items()
    )
    items = {draft.operator for draft in drafts if draft.operator.startswith("=")}
    together = together or len(items) > 1
    before = _before(reading, named, drafts)
    alone = any(working for working, _ in named.values())
    # A page that names nobody of the programme may be about another one.
    known = reading.operators.first(reading.text, 0, len(reading.text)) is not None
    drafts = uses.inherited(reading, drafts)
    where = places.carried(reading, drafts)
    result = []
    for draft in drafts:
        sentence = next(s for s in reading.sentences if s.start <= draft.start < s.end)
        own, listed = named[sentence]
        operator, sure = _operator(draft, own, listed, before[sentence], together=together)
        laid = draft.status == "estimated" and "area" not in draft.metric
        district, certain = (
            places.district(draft, where[draft.start]) if not laid else ("all", 0.99)
        )
        confidence = min(_MOST_SURE, draft.confidence * sure * certain)
        if len(items) > 1 and reading.text[sentence.start : sentence.end].rstrip().endswith(":"):
            operator, sure = "all", 0.9  # the lines behind it say who did how much
        asked = any(cue.name == "requested" for cue in reading.of(sentence, "status"))
        certainly = (
            (bool(listed) and not asked)
            or operator == "unstated"
            or (operator == "all" and not alone)
        )
        in_body = draft.start >= reading.body_start
        if not (draft.plain and in_body and district == "all" and certainly and known):
            confidence = min(confidence, _UNLESS_PLAIN)
        confidence = round(confidence, 3)
        result.append(replace(draft, operator=operator, district=district, confidence=confidence))
    return result


def _who_met(
    reading: Reading, sentence: Sentence, names: tuple[set[str], set[str]]
) -> tuple[set[str], set[str]]:
    """Return nobody where people only met: "at a conference organised by NAME"."""
    told = any(sentence.start <= f.start < sentence.end for f in reading.figures)
    return names if told or not reading.of(sentence, "meetings") else (set(), set())


def _only_recaps(sentence: Sentence, drafts: list[Draft]) -> bool:
    """Tell whether a sentence prints running totals alone, beside other days on its page."""
    own = [d.period for d in drafts if sentence.start <= d.start < sentence.end]
    return (
        bool(own) and set(own) == {"cumulative"} and any(d.period != "cumulative" for d in drafts)
    )


def _before(reading: Reading, named: _Named, drafts: list[Draft]) -> dict[Sentence, str]:
    """Return for each sentence the operator that the text before it has named as working."""
    found = {cue.name for cue in _within(reading, reading.operators)}
    if reading.only_operator and found:
        return dict.fromkeys(reading.sentences, reading.only_operator)
    others = next(iter(_within(reading, reading.language.cues["authorities"])), None)
    worked = any(working == found for working, _ in named.values())
    if len(found) == 1 and worked and others is None:
        # The only one that a page names, and names as having worked, did all of its work.
        told = _only_told(reading, named, drafts)
        return {each: "" if each in told else next(iter(found)) for each in reading.sentences}
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


def _within(reading: Reading, finder: Finder) -> list[Cue]:
    """Return what stands in the page's own sentences, without links to other pages."""
    return [cue for s in reading.sentences for cue in finder.all(reading.text, s.start, s.end)]


def _only_told(reading: Reading, named: _Named, drafts: list[Draft]) -> set[Sentence]:
    """Return the sentences of which a page's only operator tells before it is said to have worked.

    Those are the ones before it has worked, where one with a figure names it as the source. A
    running total of its work, wherever it stands, includes theirs.
    """
    if any(working and _only_recaps(each, drafts) for each, (working, _) in named.items()):
        return set()
    first = next(each for each in reading.sentences if named[each][0])
    early = {each for each in reading.sentences if each.start < first.start}
    source = any(
        reading.operators.first(reading.text, each.start, each.end)
        and any(each.start <= figure.start < each.end for figure in reading.figures)
        for each in early
        if each.start >= reading.body_start
    )
    return early if source else set()


def _operator(
    draft: Draft, own: set[str], listed: set[str], before: str, *, together: bool
) -> tuple[str, float]:
    """Return whose work a draft is, and how sure that is."""
    paired = draft.operator.removeprefix("=")
    several = ("all" if ";" in paired or paired not in own else paired, 0.8)
    choices = [
        (draft.metric in VICTIMS or draft.status == "estimated", ("unstated", 0.95)),
        (draft.operator.startswith("="), (paired, 0.9)),
        (len(own) > 1, several),
        (bool(listed), ("all", 0.98)),
        (len(own) == 1, (next(iter(own), ""), 0.93)),
        (together, ("all", 0.97)),
        (bool(before), (before, 0.85)),
        (True, ("unstated", 0.95)),
    ]
    return next(choice for true, choice in choices if true)
