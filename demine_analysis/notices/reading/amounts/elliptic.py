"""Say what a number without a noun counts: what the one before it does, or all items."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.amounts.figure import ITEMS, MINES, OTHER_ITEMS, Figure
from demine_analysis.notices.reading.amounts.qualifiers import past_blanks, qualifier_before
from demine_analysis.notices.reading.words import people
from demine_analysis.notices.reading.words.numbers import Number

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Cue, Language
    from demine_analysis.notices.reading.words.sentences import Sentence


def elliptic_figure(
    text: str,
    number: Number,
    stop: int,
    last: Figure | None,
    sentence: Sentence,
    language: Language,
    names: list[Cue],
) -> Figure | None:
    """Return what a number without a noun counts: what the one before it does, or all items."""
    place = past_blanks(text, number.end)
    frame = language.cues["frame"]
    counter = language.pieces.at(text, place, stop)
    totals = [c for c in frame.all(text, sentence.start, number.start) if c.name == "totals"]
    parts = [c for c in frame.all(text, number.end, sentence.end) if c.name == "including"]
    said = qualifier_before(text, number.start, language) or "exact"
    listed = counter is not None and text[counter.end : counter.end + 1] == ":"
    alone = counter is not None and _found_there(text, counter, language, sentence, names)
    if (
        counter is not None
        and (totals or parts or listed or alone)
        and number.value == int(number.value)
    ):
        kinds = {c.name for c in language.cues["nouns"].all(text, sentence.start, sentence.end)}
        metric = "mines" if kinds & MINES and not kinds & OTHER_ITEMS else "explosive_items"
        return Figure(number.start, counter.end, metric, number.value, "", number, said, 0.9, _AS)
    counted = (
        _of_a_number(text, number, sentence, language)
        or _their_number(text, number, last, sentence, language)
        or _most_in(text, number, sentence, language, names)
    )
    if counted is not None:
        return Figure(number.start, number.end, counted, number.value, "", number, said, 0.9, _AS)
    if (
        last is None
        or not text[number.start].isdigit()  # "the four villages" are no amount
        or last.metric in people.PEOPLE
        or re.match(r"\s*[a-zа-яіїє°]?\s*[.,]?\s*(?:km|км)\b", text[number.end : stop])
    ):
        return None
    if (
        last.metric in ITEMS
        and last.start >= sentence.start
        and _after_verb(text, number, language)
    ):
        return Figure(
            number.start, number.end, last.metric, number.value, "", number, said, 0.8, _AS
        )
    if last.metric in ITEMS and _compared_or_since(text, number, last, language):
        return replace(
            last, start=number.start, end=number.end, value=number.value, number=number,
            qualifier=said, sure=0.85, reason=_AS,
        )  # fmt: skip
    return _as_the_last(text, number, stop, last, language, names, summed=bool(totals))


def _of_a_number(text: str, number: Number, sentence: Sentence, language: Language) -> str | None:
    """Return what a number is the number of: "the number of mines removed so far reached 4,570"."""
    if number.value != int(number.value) or _ALONE.match(text, number.end) is None:
        return None
    heads = language.cues["toll"].all(text, sentence.start, number.start)
    place = past_blanks(text, heads[-1].end) if heads else number.start
    described = language.cues["found"].at(text, place, number.start)
    place = past_blanks(text, described.end) if heads and described else place
    noun = language.cues["nouns"].at(text, place, number.start) if heads else None
    if noun is None or noun.name not in ITEMS or re.search(r"\d", text[noun.end : number.start]):
        return None
    found = described or language.cues["found"].first(text, noun.end, sentence.end)
    return noun.name if found is not None else None


def _most_in(
    text: str, number: Number, sentence: Sentence, language: Language, names: list[Cue]
) -> str | None:
    """Return what was found most in a place: "most of the items were found in A - 424"."""
    placed = any(
        sentence.start <= each.start < number.start
        and (found := PLACED.match(text, each.end)) is not None
        and number.start <= found.end() <= number.end
        for each in names
    )
    most = language.cues["most"].first(text, sentence.start, number.start) if placed else None
    if most is None or number.value != int(number.value):
        return None
    nouns = language.cues["nouns"].all(text, most.end, number.start)
    return next((each.name for each in nouns if each.name in ITEMS), None)


PLACED = re.compile(r"[^\d.;,:(–—-]{0,16}[-–—:(]\s*(?:[^\W\d_]+\s+){0,2}\d")
"""A number right behind a place: "in the region of A - over 420"."""


def _their_number(
    text: str, number: Number, last: Figure | None, sentence: Sentence, language: Language
) -> str | None:
    """Return what a number right behind "their total number" counts: items as those before it."""
    if last is None or last.metric not in ITEMS or last.start < sentence.start:
        return None
    start = max(last.end, number.start - _TOTAL_REACH)
    heads = language.cues["toll"].all(text, start, number.start)
    frames = language.cues["frame"].all(text, start, number.start)
    beside = bool(heads) and not text[heads[-1].end : number.start].strip(" '")
    return last.metric if beside and any(c.name == "totals" for c in frames) else None


_TOTAL_REACH = 40


def _compared_or_since(text: str, number: Number, last: Figure, language: Language) -> bool:
    """Tell a total behind its part, or what was found before: "635 items (4,804 since the war)"."""
    between = text[last.end : number.start]
    behind = re.sub(r"^[\s\-–—,]+", "", text[number.end : number.end + 60])
    if re.fullmatch(r"\s*\(", between):
        begun = [language.cues[name].at(behind, 0, len(behind)) for name in ("since", "begun")]
        return any(begun)
    compared = language.cues["frame"].all(text, last.end, number.start)
    verb = language.cues["found"].at(behind, 0, len(behind))
    return verb is not None and any(cue.name == "compared" for cue in compared)


def _found_there(
    text: str, counter: Cue, language: Language, sentence: Sentence, names: list[Cue]
) -> bool:
    """Tell whether pieces of no kind were found in a place: "160 units were seized in A"."""
    placed = any(sentence.start <= each.start < sentence.end for each in names)
    found = language.cues["found"].first(text, sentence.start, sentence.end) is not None
    return placed and found and _CLOSED.match(text, counter.end) is not None


_CLOSED = re.compile(r"\s*(?:[.,;)]|$|[-–]\s)")


def _as_the_last(
    text: str,
    number: Number,
    stop: int,
    last: Figure,
    language: Language,
    names: list[Cue],
    *,
    summed: bool,
) -> Figure | None:
    """Return what a number counts as the one before it does: in a district, a part, or a sum."""
    following = language.cues["frame"].at(text, past_blanks(text, number.end), stop)
    said = qualifier_before(text, number.start, language) or "exact"
    near = [d for d in names if number.end <= d.start < min(stop, number.end + 25)]
    near += [
        d
        for d in names
        if last.end <= d.start
        and re.fullmatch(r"[^\d.;]{0,14}[-–:]\s*", text[d.end : number.start])
    ]
    if following is not None and following.name == "totals" and last.metric in ITEMS:
        return Figure(
            number.start, following.end, "explosive_items", number.value, "", number, said, 0.9, _AS
        )
    partly = following is not None and following.name == "including"
    # "400 ha and 617 buildings, 22 of which": those are of what has no figure.
    partly = partly and not re.search(r"\d", text[last.end : number.start])
    partly = partly or _said_part(text, number, language)
    summed = summed and re.match(r"[\s\"'»)]*[.;,]?\s*$", text[number.end : stop]) is not None
    if not (near or partly or (summed and number.value > last.number.value)):
        return None
    value = round(number.value * last.value / last.number.value, 6) if last.number.value else 0.0
    metric = "explosive_items" if summed and last.metric in ITEMS else last.metric
    return Figure(number.start, number.end, metric, value, "", number, said, 0.85, _AS, shares=True)


def _said_part(text: str, number: Number, language: Language) -> bool:
    """Tell whether a number alone is a part of what stands before it: "of which 320 - in A"."""
    start = max(0, number.start - 30)
    cues = language.cues["frame"].all(text, start, number.start)
    inside = [cue for cue in cues if cue.name == "including"]
    alone = _ALONE.match(text, number.end) is not None
    return alone and bool(inside) and not text[inside[-1].end : number.start].strip()


_ALONE = re.compile(r"\.?\s*(?:[-–,;)\"»]|\.\s|$)")


def _after_verb(text: str, number: Number, language: Language) -> bool:
    """Tell whether a number ends a clause behind a verb: "seized 4,200 and destroyed 1,250"."""
    start = max(0, number.start - 30)
    verbs = language.cues["found"].all(text, start, number.start)
    ends = re.match(r"[\s\"'»”)]*(?:[.,;!]|$)", text[number.end :])
    return ends is not None and bool(verbs) and not text[verbs[-1].end : number.start].strip()


_AS = "what it counts is taken from the words around"
