"""Find the nouns around a number, and say which metric several of them are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.amounts.figure import ITEMS, MINES, OTHER_ITEMS
from demine_analysis.notices.reading.words import inserted, people
from demine_analysis.notices.reading.words.numbers import Number

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Cue, Finder, Language


_UNLIKELY = {"mines", "some_people"}
"""What a number rarely counts across a word that is not known."""


_LEAD = re.compile(r"[\s\-–(\"«'“]*")


_BETWEEN = re.compile(r"[\s\-–:,(\"«'“]*")


_LISTED = re.compile(
    r"[\s,()/&\-–\"'«»“”]*"
    r"(?:and|or|və|ve|ilə|и|и/или|та|і|й|as well as|а также|а також|also)?"
    r"[\s,(\"«“]*(?:\w+[\s]+)?"
)


def noun_after(
    text: str, place: int, stop: int, language: Language, nouns: Finder
) -> tuple[str, int] | None:
    """Return what a number counts and where that ends: one noun, or several joined by "and"."""
    place = _past_counters(text, place, stop, language)
    first = nouns.at(text, place, stop)
    if first is None:
        first = inserted.noun_behind(text, place, stop, language, nouns, counters=_past_counters)
    if first is None:
        word = re.compile(r"[^\W\d_]{4,}[\s\-]+").match(text, place, stop)
        if word is None or language.cues["units"].at(text, place, stop):
            return None
        first = nouns.at(text, _past_counters(text, word.end(), stop, language), stop)
        if (
            first is None
            or first.name in _UNLIKELY
            or not people.hurt_near(text, first, stop, nouns)
        ):
            return None
    names, end = ["explosive_items" if first.name == "explosive_mass" else first.name], first.end
    names, end = _listed_with(text, first, names, stop, language, nouns)
    bracket = re.compile(r"[\s)]*").match(text, end, stop)
    place = bracket.end() if bracket else end
    hurt = nouns.at(text, _past_counters(text, place, stop, language), stop)
    if hurt is not None and hurt.name == "victims":
        return hurt.name, hurt.end  # "26 landmine and ERW casualties"
    if names[0] in people.PEOPLE:
        return people.counted_as(text, names, end, stop, nouns)
    return _together(names), end


def _listed_with(
    text: str, first: Cue, names: list[str], stop: int, language: Language, nouns: Finder
) -> tuple[list[str], int]:
    """Return the nouns that stand in one list with the first, and where the list ends."""
    end = first.end
    while not (first.name in people.PEOPLE and people.BRACKET.match(text, end)):
        gap = _LISTED.match(text, end, stop)
        more: Cue | None = None
        for start in _starts(text, end, gap.end() if gap else end, stop, language):
            more = nouns.at(text, start, stop)
            if more is not None:
                break
        if more is None or (more.name in people.PEOPLE) != (first.name in people.PEOPLE):
            break
        if more.name in {"killed", "injured"} and "," in text[end : more.start]:
            break  # "53 people died, wounds were suffered by 122"
        if inserted.ARTICLE.search(text[end : more.start]):
            break  # "38 shells and an anti-tank mine"
        names.append(more.name)
        end = more.end
    return names, end


def _starts(text: str, end: int, listed: int, stop: int, language: Language) -> list[int]:
    """Return the places at which the next noun of a list can begin."""
    plain = re.compile(
        r"[\s,()/&\-–\"'«»“”]*"
        r"(?:(?:and|or|və|ve|ilə|и|та|і|й|а также|а також|as well as)(?![^\W_]))?[\s(\"«“]*"
    ).match(text, end, stop)
    place = plain.end() if plain else end
    return list(dict.fromkeys([place, _past_counters(text, place, stop, language), listed]))


def _past_counters(text: str, place: int, stop: int, language: Language) -> int:
    place = _LEAD.match(text, place, stop).end()  # type: ignore[union-attr]
    while (counter := language.counters.match(text, place, stop)) is not None:
        place = _BETWEEN.match(text, counter.end(), stop).end()  # type: ignore[union-attr]
    return place


def _together(names: list[str]) -> str:
    """Return the metric that several nouns are together."""
    kinds = set(names)
    if len(kinds) == 1:
        return names[0]
    if kinds & {"explosive_items", "improvised_devices"}:
        return "explosive_items"
    if kinds <= MINES:
        specific = kinds - {"mines"}
        return specific.pop() if len(specific) == 1 else "mines"
    if kinds & MINES and kinds & (OTHER_ITEMS | {"aircraft_bombs"}):
        return "explosive_items"
    return names[0]


def noun_before(text: str, number: Number, used: int, nouns: Finder) -> tuple[str, int] | None:
    """Return what a number counts where that stands before it, as in "anti-tank: 5"."""
    start = max(used, number.start - 60)
    cues = [cue for cue in nouns.all(text, start, number.start) if cue.name in ITEMS]
    if not cues:
        return None
    last = cues[-1]
    gap = text[last.end : number.start]
    if re.search(r"(?:^|\s)(?:and|və|ve|и|та|і|й)\s*$", gap):
        return None  # "machines for mines and 36 others"
    if not re.fullmatch(r"[^\W\d_]{0,12}[\s\-–:,(]*[^\W\d_]{0,10}[\s\-–:(]*", gap):
        return None
    names = [last.name]
    for cue in cues[-2::-1]:
        if re.fullmatch(r"[\s\-–,]*(?:and|və|ve|и|та|і|й)?[\s]*", text[cue.end : last.start]):
            names.append(cue.name)
            last = cue
    return _together(names), cues[-1].end
