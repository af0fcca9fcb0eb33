"""Say what each number of a text counts: a metric, its unit, and how exactly it is meant."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.words import inserted, people
from demine_analysis.notices.reading.words.numbers import (
    Number,
    find_numbers,
    without_ordinals,
    without_ranges,
)

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Cue, Finder, Language
    from demine_analysis.notices.reading.words.sentences import Sentence

# 1 km² = 100 ha by definition; the international acre is 4,046.8564224 m².
_HECTARES = {"ha": 1.0, "km2": 100.0, "m2": 1e-4, "acre": 0.40468564224}
_MINES = {"anti_personnel_mines", "anti_vehicle_mines", "mines"}
_OTHER_ITEMS = {"unexploded_ordnance", "explosive_items", "improvised_devices", "submunitions"}
ITEMS = _MINES | _OTHER_ITEMS | {"aircraft_bombs"}
_UNLIKELY = {"mines", "some_people"}
"""What a number rarely counts across a word that is not known."""
_SUFFIX = re.compile(
    r"(?:['\-]?(?:d[aeə]n|t[ae]n|n[ae]|[yn]?[aeə]|nd[aeə]n|s[iı])|['\-][iuü])?(?![^\W_])"
)
_LEAD = re.compile(r"[\s\-–(\"«'“]*")
_BETWEEN = re.compile(r"[\s\-–:,(\"«'“]*")
_LISTED = re.compile(
    r"[\s,()/&\-–\"'«»“”]*"
    r"(?:and|or|və|ve|ilə|и|и/или|та|і|й|as well as|а также|а також|also)?"
    r"[\s,(\"«“]*(?:\w+[\s]+)?"
)


@dataclass(frozen=True)
class Figure:
    """An amount that a text prints.

    Parameters
    ----------
    start, end : int
        Its place, from the number to the word that says what is counted.
    metric : str
        Of the vocabulary; `area` where the sentence has still to tell which, `killed`, `injured`
        or `victims` for people.
    value : float
        In the metric's unit.
    printed : str
        The number as it stands in the text, with its unit.
    number : Number
        As it was read.
    qualifier : str
        Of the vocabulary.
    shares : bool
        Whether what it counts is taken from the figure before it.
    """

    start: int
    end: int
    metric: str
    value: float
    printed: str
    number: Number
    qualifier: str = "exact"
    sure: float = 1.0
    reason: str = ""
    shares: bool = False


def find_figures(
    text: str,
    original: str,
    found: list[Sentence],
    language: Language,
    spans: list[tuple[int, int]],
    nouns: Finder,
    districts: list[Cue],
) -> list[Figure]:
    """Return the amounts of land, items, kilograms and people in a folded text.

    Parameters
    ----------
    text, original : str
        Folded and as printed.
    found : list of Sentence
        Its sentences.
    language : Language
        Its language.
    spans : list of pairs
        Places of dates, whose numbers are no amounts.
    nouns : Finder
        The language's nouns, with those of the programme.
    districts : list of Cue
        Places of districts.
    """
    numbers = [
        each
        for each in find_numbers(text, language)
        if not any(start < each.end and each.start < end for start, end in spans)
    ]
    figures: list[Figure] = []
    for sentence in found:
        inside = [n for n in numbers if sentence.start <= n.start < sentence.end]
        # "80,597 (+512)": what a day added to a total is no total.
        inside = [n for n in inside if not text[: n.start].endswith("(+")]
        inside = without_ranges(text, without_ordinals(text, inside, language))
        used = sentence.start
        for place, number in enumerate(inside):
            after = inside[place + 1].start if place + 1 < len(inside) else sentence.end
            figure = _figure(text, number, used, after, language, nouns)
            if figure is None:
                last = _last(text, number, figures, sentence, language)
                figure = _elliptic(text, number, after, last, sentence, language, districts)
            if figure is None:
                continue
            printed = original[figure.number.start : figure.end]
            figures.append(replace(figure, printed=" ".join(printed.split())))
            used = figure.end
            one = _one_more(text, figures[-1], after, nouns)
            if one is not None:
                figures.append(replace(one, printed=original[one.start : one.end]))
                used = one.end
        figures = _filled(text, inside, figures, sentence, districts)
    return _merged(text, figures)


def _one_more(text: str, last: Figure, stop: int, nouns: Finder) -> Figure | None:
    """Return the one item that an article counts: "38 shells and an anti-tank mine"."""
    article = inserted.ONE.match(text, last.end, stop) if last.metric in ITEMS else None
    noun = nouns.at(text, article.end(), stop) if article else None
    if article is None or noun is None or noun.name not in ITEMS:
        return None
    end = noun.end
    mine = nouns.at(text, _skip(text, end), stop)
    if mine is not None and mine.name == "mines":
        end = mine.end
    number = Number(article.start(1), article.end(1), 1.0)
    return Figure(
        number.start, end, noun.name, 1.0, "", number, sure=0.9, reason="one, by its article"
    )


def _last(
    text: str, number: Number, figures: list[Figure], sentence: Sentence, language: Language
) -> Figure | None:
    """Return the figure of which a number without a noun may speak: "most of them, 2,460"."""
    if not figures:
        return None
    if figures[-1].start >= sentence.start:
        return figures[-1]
    cues = language.cues["frame"].all(text, sentence.start, number.start)
    return figures[-1] if any(cue.name == "including" for cue in cues) else None


def _filled(
    text: str,
    numbers: list[Number],
    figures: list[Figure],
    sentence: Sentence,
    districts: list[Cue],
) -> list[Figure]:
    """Return figures with numbers that share the next one's noun: "in A 34, in B 21 mines"."""
    own = {figure.number.start: figure for figure in figures if figure.start >= sentence.start}
    for number, following in itertools.pairwise(numbers):
        shared = own.get(following.start)
        if number.start in own or shared is None or shared.metric not in ITEMS:
            continue
        beside = any(0 <= number.start - d.end < 6 for d in districts)
        if beside and any(number.end <= d.start < following.start for d in districts):
            figures.append(
                replace(
                    shared,
                    start=number.start,
                    end=number.end,
                    value=number.value,
                    number=number,
                    printed=text[number.start : number.end],
                    sure=0.85,
                )
            )
    return sorted(figures, key=lambda each: each.start)


def _figure(
    text: str, number: Number, used: int, stop: int, language: Language, nouns: Finder
) -> Figure | None:
    """Return what a number counts by its unit, by the noun after it, or by the one before."""
    if _NO_AMOUNT.match(text, number.end, stop) or _SIGN.search(text[: number.start]):
        return None
    qualifier, place = _qualifier_after(text, number.end, stop, language)
    bracket = people.BRACKET.match(text, place)
    if bracket:
        place, stop = bracket.end(), max(stop, bracket.end() + 60)
    said = _qualifier_before(text, number.start, language) or qualifier
    unit = language.cues["units"].at(text, _skip(text, place), stop)
    if unit is not None:
        return _measured(text, number, unit, stop, said, language, nouns)
    whole = _whole(number)
    if whole is None:
        return None
    noun = _noun_after(text, place, stop, language, nouns)
    if noun is not None:
        counted = _counted(text, whole, used, noun, language, nouns)
        return None if counted is None else replace(counted, qualifier=said or "exact")
    follows = language.cues["frame"].at(text, _skip(text, place), stop)
    if follows is not None and follows.name == "including":
        return None
    before = _by_noun_before(text, whole, used, place, stop, nouns)
    return None if before is None else replace(before, qualifier=said or "exact")


_NO_AMOUNT = re.compile(r"\s*(?:%|per ?cent|percent|процент|відсот|faiz|yüzde|€|\$)")
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
        near = people.said_before(text, max(used, number.start - 24), number.start, nouns)
        metric = near or metric
    if metric == "people":
        metric = people.said_before(text, max(used, number.start - 90), number.start, nouns) or ""
    if metric == "mines":
        # "anti-tank 33 mines": the word before the number says which mines.
        lead = _noun_before(text, number, used, nouns)
        if lead is not None and lead[0] in _MINES and not text[lead[1] : number.start].strip():
            metric = lead[0]
    return Figure(number.start, end, metric, number.value, "", number) if metric else None


def _by_noun_before(
    text: str, number: Number, used: int, place: int, stop: int, nouns: Finder
) -> Figure | None:
    """Return the figure of a number whose noun stands before it, as in "anti-tank: 5"."""
    earlier = _noun_before(text, number, used, nouns)
    if earlier is not None:
        return Figure(
            number.start, place, earlier[0], number.value, "", number,
            sure=0.93, reason="what it counts stands before the number",
        )  # fmt: skip
    victims = people.said_before(text, max(used, number.start - 90), number.start, nouns)
    ends = re.match(r"[\s,]*(?:[.;!]|$|\w{0,5}\b[\s]*[.;,])", text[place:stop])
    if victims is None or ends is None:
        return None
    return Figure(number.start, place, victims, number.value, "", number, sure=0.9)


def _elliptic(
    text: str,
    number: Number,
    stop: int,
    last: Figure | None,
    sentence: Sentence,
    language: Language,
    districts: list[Cue],
) -> Figure | None:
    """Return what a number without a noun counts: what the one before it does, or all items."""
    place = _skip(text, number.end)
    frame = language.cues["frame"]
    counter = language.pieces.at(text, place, stop)
    totals = [c for c in frame.all(text, sentence.start, number.start) if c.name == "totals"]
    parts = [c for c in frame.all(text, number.end, sentence.end) if c.name == "including"]
    said = _qualifier_before(text, number.start, language) or "exact"
    listed = counter is not None and text[counter.end : counter.end + 1] == ":"
    if counter is not None and (totals or parts or listed) and number.value == int(number.value):
        names = {c.name for c in language.cues["nouns"].all(text, sentence.start, sentence.end)}
        metric = "mines" if names & _MINES and not names & _OTHER_ITEMS else "explosive_items"
        return Figure(number.start, counter.end, metric, number.value, "", number, said, 0.9, _AS)
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
    return _as_the_last(text, number, stop, last, language, districts, summed=bool(totals))


def _as_the_last(
    text: str,
    number: Number,
    stop: int,
    last: Figure,
    language: Language,
    districts: list[Cue],
    *,
    summed: bool,
) -> Figure | None:
    """Return what a number counts as the one before it does: in a district, a part, or a sum."""
    following = language.cues["frame"].at(text, _skip(text, number.end), stop)
    said = _qualifier_before(text, number.start, language) or "exact"
    near = [d for d in districts if number.end <= d.start < min(stop, number.end + 25)]
    near += [
        d
        for d in districts
        if last.end <= d.start
        and re.fullmatch(r"[^\d.;]{0,14}[-–:]\s*", text[d.end : number.start])
    ]
    if following is not None and following.name == "totals" and last.metric in ITEMS:
        return Figure(
            number.start, following.end, "explosive_items", number.value, "", number, said, 0.9, _AS
        )
    partly = following is not None and following.name == "including"
    summed = summed and re.match(r"[\s\"'»)]*[.;,]?\s*$", text[number.end : stop]) is not None
    if not (near or partly or (summed and number.value > last.number.value)):
        return None
    value = round(number.value * last.value / last.number.value, 6) if last.number.value else 0.0
    metric = "explosive_items" if summed and last.metric in ITEMS else last.metric
    return Figure(number.start, number.end, metric, value, "", number, said, 0.85, _AS, shares=True)


def _after_verb(text: str, number: Number, language: Language) -> bool:
    """Tell whether a number ends a clause behind a verb: "seized 4,200 and destroyed 1,250"."""
    start = max(0, number.start - 30)
    verbs = language.cues["found"].all(text, start, number.start)
    ends = re.match(r"[\s\"'»”)]*(?:[.,;!]|$)", text[number.end :])
    return ends is not None and bool(verbs) and not text[verbs[-1].end : number.start].strip()


_AS = "what it counts is taken from the words around"


def _skip(text: str, place: int) -> int:
    match = re.compile(r"[\s\-–]*").match(text, place)
    return match.end() if match else place


def _qualifier_before(text: str, start: int, language: Language) -> str | None:
    """Return what stands right before a number: over, about, up to."""
    lead = text[max(0, start - 34) : start].rstrip(" (\"'«“")
    found = [cue for cue in language.cues["before"].all(lead) if cue.end == len(lead)]
    if not found:
        words = re.sub(
            r"\s(?:the|total|of|a|area|площадь|площадью|территории|territory)$", "", lead
        )
        found = [cue for cue in language.cues["before"].all(words) if cue.end == len(words)]
        if found and found[-1].name == "at_most":
            return None
    name = max(found, key=lambda cue: cue.end - cue.start).name if found else None
    if name == "at_most" and _brings(text, start, language):
        return None  # "bringing the total up to 3,534"
    return name


def _brings(text: str, start: int, language: Language) -> bool:
    """Tell whether a total is brought up to a number: words for it, and no mark between."""
    totals = [
        cue
        for cue in language.cues["frame"].all(text, max(0, start - 110), start)
        if cue.name == "totals"
    ]
    return bool(totals) and not re.search(r"[.,;:\n]", text[totals[-1].end : start])


def _qualifier_after(
    text: str, place: int, stop: int, language: Language
) -> tuple[str | None, int]:
    """Return what stands right after a number or its unit, and where it ends."""
    suffix = _SUFFIX.match(text, place)
    start = _skip(text, suffix.end() if suffix else place)
    piece = language.pieces.at(text, start, stop)
    if piece is not None:
        start = _skip(text, piece.end)
    cue = language.cues["after"].at(text, start, stop)
    if cue is None:
        return None, suffix.end() if suffix and text[place : place + 1] in "'-" else place
    return cue.name, cue.end


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
    late, end = _qualifier_after(text, unit.end, stop, language)
    if text[unit.start : unit.end].endswith("dək") or text[unit.end : unit.end + 4] == "-dək":
        late = "at_most"
    qualifier, end = said or late or "exact", end if late else unit.end
    sure, reason = 1.0, ""
    if number.unsure:
        sure, reason = 0.75, f"it could also be {number.other:g}"
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


def _noun_after(
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
    if "explosive_items" in kinds:
        return "explosive_items"
    if kinds <= _MINES:
        specific = kinds - {"mines"}
        return specific.pop() if len(specific) == 1 else "mines"
    if kinds & _MINES and kinds & (_OTHER_ITEMS | {"aircraft_bombs"}):
        return "explosive_items"
    return names[0]


def _noun_before(text: str, number: Number, used: int, nouns: Finder) -> tuple[str, int] | None:
    """Return what a number counts where that stands before it, as in "anti-tank: 5"."""
    start = max(used, number.start - 60)
    cues = [cue for cue in nouns.all(text, start, number.start) if cue.name in ITEMS]
    if not cues:
        return None
    last = cues[-1]
    gap = text[last.end : number.start]
    if not re.fullmatch(r"[^\W\d_]{0,12}[\s\-–:,(]*[^\W\d_]{0,10}[\s\-–:(]*", gap):
        return None
    names = [last.name]
    for cue in cues[-2::-1]:
        if re.fullmatch(r"[\s\-–,]*(?:and|və|ve|и|та|і|й)?[\s]*", text[cue.end : last.start]):
            names.append(cue.name)
            last = cue
    return _together(names), cues[-1].end


def _merged(text: str, figures: list[Figure]) -> list[Figure]:
    """Join an area with the same area in another unit in brackets; the finer one is taken."""
    result: list[Figure] = []
    for figure in figures:
        last = result[-1] if result else None
        if (
            last is not None
            and last.metric == figure.metric == "area"
            and figure.start - last.end < 14
            and re.search(
                r"[(/=]|\bor\b|или|або|yəni|yani|то есть|that is", text[last.end : figure.start]
            )
            and last.value > 0
            and abs(figure.value / last.value - 1) < 0.05
        ):
            finer = max(last, figure, key=lambda each: len(f"{each.value:g}".rstrip("0")))
            result[-1] = replace(
                finer,
                start=last.start,
                end=figure.end,
                printed=f"{last.printed} ({figure.printed})",
                qualifier=last.qualifier,
            )
            continue
        result.append(figure)
    return result
