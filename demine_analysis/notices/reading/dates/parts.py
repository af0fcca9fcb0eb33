"""Find the parts of printed dates: days, months, years, quarters."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from demine_analysis.notices.reading.dates.joining import Token, linked

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Language


YEAR = re.compile(r"(?<![\d.,/])(?:19[6-9]|20[0-4])\d(?![\d]|[.,]\d)")


_NUMERIC = re.compile(
    r"(?<!\d)(?:(\d{1,2})[./](\d{1,2})[./]((?:20)\d\d)|((?:20)\d\d)-(\d\d)-(\d\d))(?!\d)"
)


_DAY = re.compile(r"(?<![\d.,/])(?P<day>0?[1-9]|[12]\d|3[01])(?![\d%]|[.,/]\d)")


def date_parts(text: str, language: Language, published: dt.date | None) -> list[Token]:
    """Return the parts of dates in their order, with `G` between those that do not touch."""
    parts: list[Token] = []
    for match in _NUMERIC.finditer(text):
        day, month, year, *other = match.groups()
        written = (year, month, day) if year else tuple(other)
        try:
            date = dt.date(*(int(each) for each in written))
        except ValueError:
            continue
        parts.append(Token("D", date.toordinal(), match.start(), match.end()))
    years = re.compile(YEAR.pattern + language.year_suffix)
    for match in years.finditer(text):
        amount = _an_amount(text, match.end(), language) or _counted(text, match, language)
        if not _inside(parts, match.start()) and not amount:
            said = match[0].rstrip("-")  # "2005-2011": the dash is no ending
            end = match.start() + len(said)
            parts.append(Token("Y", int(said[:4]), match.start(), end))
    for match in language.months.finditer(text):
        month = next(int(name[1:]) for name, found in match.groupdict().items() if found)
        parts.append(Token("M", month, match.start(), match.end()))
    parts += _parts_of_years(text, language)
    parts += _years_in_words(text, language, published, parts)
    days = re.compile(_DAY.pattern + f"(?P<suffix>{language.day_suffix})?(?![^\\W_])")
    for match in days.finditer(text):
        if not _inside(parts, match.start()) and not _an_amount(text, match.end(), language):
            parts.append(Token("N", int(match["day"]), match.start(), match.end()))
    parts.sort(key=lambda each: each.start)
    return linked(text, parts, language)


def _an_amount(text: str, end: int, language: Language) -> bool:
    """Tell whether a multiplier or a unit stands behind a number: it is no day of a month."""
    word = re.compile(r"[\s\-]*([^\W\d_]+\.?)").match(text, end)
    if word is None or "\n" in text[end : word.end()]:
        return False
    if word[1] in language.multipliers or word[1].rstrip(".") in language.multipliers:
        return True
    return language.cues["units"].at(text, word.start(1), len(text)) is not None


def _counted(text: str, number: re.Match[str], language: Language) -> bool:
    """Tell a count from a year: "destroyed 1985 explosive items", "nearly 2000 mines"."""
    noun = re.compile(r"\s+").match(text, number.end())
    if noun is None or language.cues["nouns"].at(text, noun.end(), len(text)) is None:
        return False
    before = text[max(0, number.start() - _VERB) : number.start()].rstrip()
    said = [c for c in language.cues["before"].all(before) if c.name in {"about", "at_least"}]
    return any(c.end == len(before) for c in [*said, *language.cues["found"].all(before)])


_VERB = 30
"""Letters before a number in which the verb right before it is looked for."""


def _years_in_words(
    text: str, language: Language, published: dt.date | None, parts: list[Token]
) -> list[Token]:
    """Return "last year" and "this year" as years, for dates such as "3 July of this year"."""
    if published is None:
        return []
    shift = {"last_year": -1, "this_year": 0, "next_year": 1}
    return [
        Token("Y", published.year + shift[cue.name], cue.start, cue.end, soft=True)
        for cue in language.cues["relative"].all(text)
        if cue.name in shift and not _inside(parts, cue.start)
    ]


def _inside(parts: list[Token], place: int) -> bool:
    return any(each.start <= place < each.end for each in parts)


def _parts_of_years(text: str, language: Language) -> list[Token]:
    """Return quarters (1 to 4), halves (5, 6) and first months of a year (10 and their number)."""
    found = []
    back = language.cues["back"].all(text)
    for cue in language.cues["relative"].all(text):
        if cue.name not in {"quarter", "half", "months_of"}:
            continue
        if any(each.start < cue.start < each.end for each in back):
            continue
        before = re.search(r"([\w'\-]+)[\s\-]*$", text[max(0, cue.start - 30) : cue.start])
        if before is None:
            continue
        start = max(0, cue.start - 30) + before.start(1)
        place = language.ordinals.get(before[1]) or language.numbers.get(before[1])
        if place is None:
            stem = next(
                (
                    value
                    for word, value in language.ordinals.items()
                    if word.endswith("*") and before[1].startswith(word[:-1])
                ),
                None,
            )
            place = stem or (int(before[1]) if before[1].isdigit() else None)
        if place is None:
            continue
        if cue.name == "quarter" and place <= 4:
            found.append(Token("Q", place, start, cue.end))
        elif cue.name == "half" and place <= 2:
            found.append(Token("Q", 4 + place, start, cue.end))
        elif cue.name == "months_of" and 2 <= place <= 11:
            found.append(Token("Q", 10 + place, start, cue.end))
    return found
