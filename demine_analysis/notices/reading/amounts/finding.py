"""Find the amounts that a text prints, and say what each of them counts."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.amounts.counting import NO_AMOUNT, figure_of
from demine_analysis.notices.reading.amounts.elliptic import elliptic_figure
from demine_analysis.notices.reading.amounts.figure import ITEMS, Figure
from demine_analysis.notices.reading.amounts.qualifiers import past_blanks
from demine_analysis.notices.reading.words import inserted
from demine_analysis.notices.reading.words.numbers import (
    Number,
    find_numbers,
    without_ordinals,
    without_ranges,
)

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Cue, Finder, Language
    from demine_analysis.notices.reading.words.sentences import Sentence


def find_figures(
    text: str,
    original: str,
    found: list[Sentence],
    language: Language,
    spans: list[tuple[int, int]],
    nouns: Finder,
    names: list[Cue],
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
    names : list of Cue
        Places of districts and operators.
    """
    numbers = [
        each
        for each in find_numbers(text, language)
        if not any(start < each.end and each.start < end for start, end in spans)
    ]
    figures: list[Figure] = []
    before: Sentence | None = None
    for sentence in found:
        inside = [n for n in numbers if sentence.start <= n.start < sentence.end]
        # "80,597 (+512)": what a day added to a total is no total.
        inside = [n for n in inside if not text[: n.start].endswith("(+")]
        inside = [n for n in inside if not text[: n.start].rstrip().endswith(_MONEY)]
        inside = [n for n in inside if not NO_AMOUNT.match(text, n.end)]
        inside = [n for n in inside if not (n.value == 1 and _ONE_OF.match(text, n.end))]
        inside = without_ranges(text, without_ordinals(text, inside, language))
        used = sentence.start
        for place, number in enumerate(inside):
            after = inside[place + 1].start if place + 1 < len(inside) else sentence.end
            figure = figure_of(text, number, used, after, language, nouns)
            if figure is None:
                last = _last(text, number, figures, sentence, language)
                if last is None and before is not None and _an_item(text, before, sentence):
                    last = next(iter(figures[-1:]), None)
                    last = last if last and _counted(text, before, last) else None
                figure = elliptic_figure(text, number, after, last, sentence, language, names)
            if figure is None:
                continue
            if place and not any(f.number is inside[place - 1] for f in figures[-1:]):
                figure = _with_those_before(text, inside[place - 1], figure, nouns)
            printed = original[figure.number.start : figure.end]
            figures.append(replace(figure, printed=" ".join(printed.split())))
            used = figure.end
            one = _one_more(text, figures[-1], after, nouns)
            if one is not None:
                figures.append(replace(one, printed=original[one.start : one.end]))
                used = one.end
        figures = _filled(text, inside, figures, sentence, names)
        before = sentence
    return _merged(text, figures)


_MONEY = ("$", "€", "£", "₴", " uah", " usd", " eur", " azn", " gbp")


# "one of the main tasks" counts nothing
_ONE_OF = re.compile(r"\s+(?:of|из|з|із)\s+(?![^\W\d_]*(?:mine|мин|мін))")


def _with_those_before(text: str, before: Number, figure: Figure, nouns: Finder) -> Figure:
    """Return people with those of another kind: "29 civilians and seven soldiers were killed"."""
    between = text[before.end : figure.number.start]
    kind = nouns.first(text, before.end, figure.number.start)
    if figure.metric not in {"killed", "injured"} or kind is None or kind.name != "people":
        return figure
    if not _AND_OTHERS.fullmatch(between):
        return figure
    number = replace(figure.number, start=before.start, value=before.value + figure.value)
    return replace(
        figure, start=before.start, value=number.value, number=number, sure=0.9,
        reason="people of two kinds together",
    )  # fmt: skip


_AND_OTHERS = re.compile(r"[^.,;:\d()]{3,45}\s(?:and|və|ve|и|та|і|й)\s+")


def _an_item(text: str, before: Sentence, sentence: Sentence) -> bool:
    """Tell whether a line of a list names a part of what the lines before count: "- A: 420;"."""
    ended = text[before.start : before.end].rstrip()
    listed = ended.endswith(":") or _ITEM.fullmatch(ended.strip()) is not None
    return listed and _ITEM.fullmatch(text[sentence.start : sentence.end].strip()) is not None


def _counted(text: str, before: Sentence, last: Figure) -> bool:
    """Tell whether the line before is a heading, or counts what the figures before it do."""
    return text[before.start : before.end].rstrip().endswith(":") or last.start >= before.start


_ITEM = re.compile(r"[-–•●▪*]?\s*[^\d\n.;]{2,90}[-–:]\s*\d[\d .,']{0,12}[;.]?")


def _one_more(text: str, last: Figure, stop: int, nouns: Finder) -> Figure | None:
    """Return the one item that an article counts: "38 shells and an anti-tank mine"."""
    article = inserted.ONE.match(text, last.end, stop) if last.metric in ITEMS else None
    noun = nouns.at(text, article.end(), stop) if article else None
    if article is None or noun is None or noun.name not in ITEMS:
        return None
    end = noun.end
    mine = nouns.at(text, past_blanks(text, end), stop)
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
    if any(cue.name == "including" for cue in cues):
        return figures[-1]
    # Such as "In all since the invasion: over 458,000".
    totals = bool(cues) and cues[0].name == "totals" and cues[0].start < sentence.start + _OPENS
    named = language.cues["nouns"].first(text, sentence.start, sentence.end)
    return figures[-1] if totals and named is None and figures[-1].metric in ITEMS else None


_OPENS = 4
"""Letters from a sentence's beginning within which a word opens it."""


def _filled(
    text: str,
    numbers: list[Number],
    figures: list[Figure],
    sentence: Sentence,
    names: list[Cue],
) -> list[Figure]:
    """Return figures with numbers that share the next one's noun: "in A 34, in B 21 mines"."""
    own = {figure.number.start: figure for figure in figures if figure.start >= sentence.start}
    for number, following in itertools.pairwise(numbers):
        shared = own.get(following.start)
        if number.start in own or shared is None or shared.metric not in ITEMS:
            continue
        beside = any(0 <= number.start - d.end < 6 for d in names)
        apart = any(number.end <= d.start < following.start for d in names)
        if (beside and apart) or inserted.is_model(text, number.end, following.start):
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
            and any(abs(value / last.value - 1) < _ALIKE for value in _readings(figure))
        ):
            finer = max(last, figure, key=lambda each: len(f"{each.value:g}".rstrip("0")))
            result[-1] = replace(
                finer,
                start=last.start,
                end=figure.end + text.startswith(")", figure.end),
                printed=f"{last.printed} ({figure.printed})",
                qualifier=last.qualifier,
            )
            continue
        result.append(figure)
    return result


_ALIKE = 0.05
"""Share by which an area in brackets may be rounded."""


def _readings(figure: Figure) -> list[float]:
    """Return what an amount can be: with its mark before decimals, or before thousands."""
    number = figure.number
    if number.other is None or not number.value:
        return [figure.value]
    return [figure.value, figure.value * number.other / number.value]
