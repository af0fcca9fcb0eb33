"""Say what a number counts by its unit, by the noun after it, or by the one before it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.amounts.figure import MINES, Figure
from demine_analysis.notices.reading.amounts.nouns import noun_after, noun_before
from demine_analysis.notices.reading.amounts.qualifiers import (
    past_blanks,
    qualifier_after,
    qualifier_before,
    spread_over,
)
from demine_analysis.notices.reading.words import people
from demine_analysis.notices.reading.words.numbers import Number

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Cue, Finder, Language


# 1 km² = 100 ha by definition; the international acre is 4,046.8564224 m².
_HECTARES = {"ha": 1.0, "km2": 100.0, "m2": 1e-4, "acre": 0.40468564224}


def figure_of(
    text: str, number: Number, used: int, stop: int, language: Language, nouns: Finder
) -> Figure | None:
    """Return what a number counts by its unit, by the noun after it, or by the one before."""
    if _SIGN.search(text[: number.start]):
        return None
    qualifier, place = qualifier_after(text, number.end, stop, language)
    bracket = people.BRACKET.match(text, place)
    if bracket:
        place, stop = bracket.end(), max(stop, bracket.end() + 60)
    said = qualifier_before(text, number.start, language) or qualifier
    if said == "at_least" and spread_over(text, number.start, language):
        said = None
    unit = language.cues["units"].at(text, past_blanks(text, place), stop)
    if unit is not None:
        return _measured(text, number, unit, stop, said, language, nouns)
    whole = _whole(number)
    if whole is None:
        return None
    noun = noun_after(text, place, stop, language, nouns)
    if noun is not None:
        counted = _counted(text, whole, used, noun, language, nouns)
        return None if counted is None else replace(counted, qualifier=said or "exact")
    follows = language.cues["frame"].at(text, past_blanks(text, place), stop)
    if follows is not None and follows.name == "including":
        return _of_them(text, whole, follows.end, stop, nouns)
    before = _by_noun_before(text, whole, used, place, stop, language, nouns)
    before = before or _of_a_toll(text, whole, used, language, nouns)
    before = before or _by_fate(text, whole, place, language, nouns)
    return None if before is None else replace(before, qualifier=said or "exact")


def _of_them(text: str, number: Number, place: int, stop: int, nouns: Finder) -> Figure | None:
    """Return the killed or injured among those before: "361 victims, 68 of them died"."""
    noun = nouns.first(text, place, min(stop, place + _NEAR))
    if noun is None or noun.name not in {"killed", "injured"}:
        return None
    return Figure(number.start, noun.end, noun.name, number.value, "", number, sure=0.95)


_NEAR = 24
NO_AMOUNT = re.compile(
    r"\s*(?:%|per ?cent|percent|процент|відсот|faiz|yüzde|€|\$)"
    # "a 122-millimetre shell": a calibre counts nothing
    r"|[- ]?(?:mm\b|мм\b|millimet|миллиметр|міліметр|milimet)"
)


_SIGN = re.compile(r"[$€№#%]\s?$")


def _whole(number: Number) -> Number | None:
    """Return a number of things: whole, in the other reading if not in the first."""
    if number.value == int(number.value):
        return number
    if number.other is None or number.other != int(number.other):
        return None
    return replace(number, value=number.other, other=None)


def _counted(
    text: str, number: Number, used: int, noun: tuple[str, int], language: Language, nouns: Finder
) -> Figure | None:
    """Return the figure of a number with a noun after it."""
    metric, end = noun
    if metric == "some_people" or (
        metric in people.PEOPLE and people.a_part(text, number, end, language, nouns)
    ):
        return None  # "18 of them children": a part of those who were counted
    if metric in people.PEOPLE - {"training"}:
        metric = people.right_before(text, number.start, nouns) or metric
    if metric in people.PEOPLE - {"training", "killed", "injured"}:
        near = people.said_before(text, max(used, number.start - 24), number.start, nouns)
        metric = near or metric
    if metric == "people":
        metric = people.said_before(text, max(used, number.start - 90), number.start, nouns) or ""
    if metric == "mines":
        # "anti-tank 33 mines": the word before the number says which mines.
        lead = noun_before(text, number, used, nouns)
        if lead is not None and lead[0] in MINES and not text[lead[1] : number.start].strip():
            metric = lead[0]
    return Figure(number.start, end, metric, number.value, "", number) if metric else None


# "cleared of mines 1 object": the word behind says what is counted.
_OTHER_NOUN = re.compile(r"\s+[^\W\d_][^\s.,;:()]{3,}")


def _by_noun_before(
    text: str, number: Number, used: int, place: int, stop: int, language: Language, nouns: Finder
) -> Figure | None:
    """Return the figure of a number whose noun stands before it, as in "anti-tank: 5"."""
    earlier = noun_before(text, number, used, nouns)
    apart = text[earlier[1] : number.start].strip() if earlier is not None else ""
    numbered = bool(apart) and language.cues["toll"].first(apart, 0, len(apart)) is not None
    marked = numbered or (bool(apart) and re.search(r"[:(–-]", apart) is not None)
    if earlier is not None and (marked or not _OTHER_NOUN.match(text, place, stop)):
        return Figure(
            number.start, place, earlier[0], number.value, "", number,
            sure=0.93, reason="what it counts stands before the number",
        )  # fmt: skip
    victims = people.said_before(text, max(used, number.start - 90), number.start, nouns)
    ends = re.match(r"[\s,]*(?:[.;!]|$|\w{0,5}\b[\s]*[.;,])", text[place:stop])
    if victims is None or ends is None:
        return None
    return Figure(number.start, place, victims, number.value, "", number, sure=0.9)


def _by_fate(
    text: str, number: Number, place: int, language: Language, nouns: Finder
) -> Figure | None:
    """Return people of a word that is not known: "killed 300 inhabitants-of-somewhere"."""
    metric = people.right_before(text, number.start, nouns)
    word = re.compile(r"\s*[^\W\d_]{4,}").match(text, place)
    if metric is None or word is None or language.cues["relative"].at(text, place + 1, word.end()):
        return None
    return Figure(number.start, word.end(), metric, number.value, "", number, sure=0.85)


def _of_a_toll(
    text: str, number: Number, used: int, language: Language, nouns: Finder
) -> Figure | None:
    """Return the people whose number a text tells: "the number of those killed has reached 54"."""
    start = max(used, number.start - _TOLL_REACH)
    said = language.cues["toll"].all(text, start, number.start)
    metric = people.said_before(text, start, number.start, nouns)
    if not said or metric is None or re.search(r"[.,;:\n]", text[said[-1].end : number.start]):
        return None
    return Figure(number.start, number.end, metric, number.value, "", number, sure=0.9)


_TOLL_REACH = 90
"""Letters before a number within which "the number of" says whose it is."""


def _measured(
    text: str,
    number: Number,
    unit: Cue,
    stop: int,
    said: str | None,
    language: Language,
    nouns: Finder,
) -> Figure | None:
    """Return the figure of a number with a unit of area or of mass after it."""
    late, end = qualifier_after(text, unit.end, stop, language)
    if text[unit.start : unit.end].endswith("dək") or text[unit.end : unit.end + 4] == "-dək":
        late = "at_most"
    qualifier, end = said or late or "exact", end if late else unit.end
    sure, reason = 1.0, ""
    if number.unsure:
        sure, reason = 0.75, f"it could also be {number.other:g}"
    if number.value == 1 and not text[number.start].isdigit():
        return None  # "70 thousand for one hectare" is a price
    if unit.name in _HECTARES:
        value = round(number.value * _HECTARES[unit.name], 6)
        return Figure(number.start, end, "area", value, "", number, qualifier, sure, reason)
    near = nouns.first(text, unit.end, min(stop, unit.end + 60))
    if near is None:
        near = next(iter(nouns.all(text, max(0, number.start - 60), number.start)[::-1]), None)
    if near is None or near.name not in {"explosive_mass", "explosive_items"}:
        return None
    value = number.value * (1000 if unit.name == "t" else 1)
    end = max(end, near.end)
    return Figure(number.start, end, "explosive_mass", value, "", number, qualifier, sure, reason)
