"""Say of how many people a text tells, and whether they were killed, hurt or taught."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Cue, Finder, Language
    from demine_analysis.notices.reading.words.numbers import Number

PEOPLE = {"people", "killed", "injured", "victims", "training", "some_people"}
BRACKET = re.compile(r"\s*\([^()\n]{1,60}\)")
_CLAUSE = re.compile(r",[^,.;:()\n]{8,60},(?= )")
_FAR = 110
"""Letters behind people within which a language with late verbs says what became of them."""
_OF_THE_NEXT = 15
"""Letters from a word for what became of people to the number of those it became of, at most."""
_HURT = {"killed", "injured", "victims", "training"}


def a_part(text: str, number: Number, end: int, language: Language, nouns: Finder) -> bool:
    """Tell whether people are a part of those before: "45 persons, including 35 civilians, ..."."""
    cues = language.cues["frame"].all(text, max(0, number.start - 30), number.start)
    inside = [cue for cue in cues if cue.name == "including"]
    right_before = bool(inside) and not text[inside[-1].end : number.start].strip()
    hurt = any(cue.name in _HURT for cue in nouns.all(text, number.end, end))
    return right_before and not hurt and text[end : end + 1] == ","


def hurt_near(text: str, noun: Cue, stop: int, nouns: Finder) -> bool:
    """Tell whether people are said to have been hurt right after they are named; items pass."""
    if noun.name != "people":
        return True
    return any(cue.name in _HURT for cue in nouns.all(text, noun.end, min(stop, noun.end + _FAR)))


def counted_as(text: str, names: list[str], end: int, stop: int, nouns: Finder) -> tuple[str, int]:
    """Return what people are counted as: killed, injured, or victims where both are."""
    kinds = {each for each in names if each != "people"}
    bracket = BRACKET.match(text, end)
    start, last = (bracket.end(), bracket.end() + 40) if bracket else (end, min(stop, end + _FAR))
    inserted_clause = _CLAUSE.match(text, end)
    if inserted_clause and not _hurt_in(text, inserted_clause, nouns):
        start, last = inserted_clause.end(), inserted_clause.end() + 45
    near = [cue for cue in nouns.all(text, start, last) if cue.name in _HURT]
    apart = r"[.;:\n(\d]" if bracket else r"[.;:\n]"
    near = [cue for cue in near if not re.search(apart, text[start : cue.start])]
    place = end
    if near and kinds <= {"victims"}:
        kinds, place = {near[0].name}, near[0].end
        near = near[1:]
    other = near[:1] if near and _joins(text, place, near[0].start) else []
    if other and stop - other[0].end < _OF_THE_NEXT and text[stop : stop + 1].isdigit():
        other = []  # "claimed 1,980 lives and injured or maimed 4,514"
    kinds |= {cue.name for cue in other}
    if len(kinds & {"killed", "injured", "victims"}) > 1:
        kinds = {"victims"}
    return next((each for each in _RANKED if each in kinds), "people"), end


# "10 victims were women and children" are a part; "3 children were killed" are killed.
_RANKED = ("killed", "injured", "some_people", "victims", "training")


def _joins(text: str, start: int, end: int) -> bool:
    """Tell whether only few letters, or "or" with some words, stand between two fates."""
    return end - start < _OTHER_WITHIN or bool(_OR.fullmatch(text, start, end))


_OTHER_WITHIN = 16
_OR = re.compile(r"[^,.;:\d]{0,6}\b(?:or|və ya|veya|или|або)\b[^,.;:\d]{0,40}")


def _hurt_in(text: str, clause: re.Match[str], nouns: Finder) -> bool:
    return any(cue.name in _HURT for cue in nouns.all(text, clause.start(), clause.end()))


def right_before(text: str, start: int, nouns: Finder) -> str | None:
    """Return what became of people, where that stands right before their number: "died 53 men"."""
    cues = nouns.all(text, max(0, start - 24), start)
    near = [c for c in cues if c.name in {"killed", "injured"} and not text[c.end : start].strip()]
    return near[-1].name if near else None


def said_before(text: str, start: int, end: int, nouns: Finder) -> str | None:
    """Return what people are, where that stands before their number: "victims are 419 people"."""
    cues = [cue for cue in nouns.all(text, start, end) if cue.name in _HURT]
    cues = [cue for cue in cues if "," not in text[cue.end : end]]
    if {"killed", "injured"} <= {cue.name for cue in cues} and cues[-1].end > end - 12:
        return "victims"  # "deaths and injuries of 20,000 people"
    return cues[-1].name if cues else None
