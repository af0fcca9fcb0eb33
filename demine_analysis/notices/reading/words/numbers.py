"""Find the numbers of a text: digits with any separators, multipliers, and words."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from demine_analysis.notices.reading.language import Language

_DIGITS = re.compile(
    r"(?<![^\W_])(?<![\d.,:/])(?<![^\W\d_]-)"
    r"(?:\d{1,3}(?:(?P<mark>[ '.,])\d{3})(?:(?P=mark)\d{3})*(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    r"(?![.,:/]?\d)"
)
_LETTERS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?\.?")
_LONGEST = 20
"""Letters from which a row of digits is no amount."""
_AND = {"and", "və", "ve"}
_ONLY_BLANK = re.compile(r"[\s\-]*(?:and |ve |və )?")


@dataclass(frozen=True)
class Number:
    """A number of a text, where it stands, and what else it could be.

    Parameters
    ----------
    start, end : int
        Its place.
    value : float
        As the separators are read.
    other : float or None
        The other reading, where one separator can be a thousands' or a decimal one.
    unsure : bool
        Whether the other reading is as likely.
    rounded : bool
        Whether it is said with a multiplier and few digits, as in "1.2 million".
    """

    start: int
    end: int
    value: float
    other: float | None = None
    unsure: bool = False
    rounded: bool = False


def find_numbers(text: str, language: Language) -> list[Number]:
    """Return the numbers of a folded text in their order."""
    written = (_with_a_thousand(text, each, language) for each in _in_digits(text, language))
    found = sorted([*written, *_in_words(text, language)], key=lambda n: n.start)
    return _multiplied(text, found, language)


def _in_digits(text: str, language: Language) -> Iterator[Number]:
    matches = [each for each in _DIGITS.finditer(text) if len(each[0]) < _LONGEST]
    decimal, told = _decimal_mark([each[0] for each in matches], language.decimal)
    for match in matches:
        value, other = _value(match[0], decimal)
        yield Number(
            match.start(), match.end(), value, other, unsure=other is not None and not told
        )


def _with_a_thousand(text: str, number: Number, language: Language) -> Number:
    """Return a number with the word for a thousand that stands alone before it: "bin 632"."""
    lead = _LONE.search(text, max(0, number.start - _LEAD), number.start)
    thousand = next((w for w, size in language.multipliers.items() if size == _STEP[1]), "")
    counts = number.value < _STEP[1] and number.value == int(number.value)
    if not counts or lead is None or lead[2] != thousand:
        return number
    if lead[1] in language.numbers or lead[1][-1:].isdigit():
        return number  # "four thousand 632" and "4 thousand 632" are joined as they are said
    return Number(lead.start(2), number.end, _STEP[1] + number.value)


_LEAD = 40
_LONE = re.compile(r"(?:^|([^\s]*)\s+)([^\W\d_]+)\s+$")


def _decimal_mark(written: list[str], usual: str) -> tuple[str, bool]:
    """Return the mark before decimals, and whether the page's own numbers tell it."""
    told = {
        each[-1 - rest]
        for each in written
        for rest in (1, 2, 4, 5)
        if len(each) > rest + 1 and each[-1 - rest] in ".," and each[-rest:].isdigit()
    }
    grouped = {mark for each in written for mark in ".," if each.count(mark) > 1}
    clear = {mark for mark in told - grouped if mark == usual or not _a_slip(written, mark)}
    if len(clear) == 1:
        return clear.pop(), True
    if len(grouped) == 1:
        return ({".", ","} - grouped).pop(), True
    return usual, usual == "."


def _a_slip(written: list[str], mark: str) -> bool:
    """Tell whether more numbers have a mark before three digits than before one or two."""
    behind = [len(each) - each.index(mark) - 1 for each in written if each.count(mark) == 1]
    return behind.count(3) > len(behind) - behind.count(3)


def _value(written: str, decimal: str) -> tuple[float, float | None]:
    plain = written.replace(" ", "").replace("'", "")
    marks = [each for each in plain if each in ".,"]
    if not marks:
        return float(plain), None
    if len(set(marks)) == 2:
        whole, _, part = plain.rpartition(marks[-1])
        return float(f"{re.sub('[.,]', '', whole)}.{part}"), None
    if len(marks) > 1:
        return float(re.sub("[.,]", "", plain)), None
    whole, part = re.split("[.,]", plain)
    as_decimal, as_whole = float(f"{whole}.{part}"), float(whole + part)
    if len(part) != 3 or len(whole) > 3 or whole == "0" or " " in written or "'" in written:
        return as_decimal, None
    if marks[0] == decimal:
        return as_decimal, as_whole
    return as_whole, as_decimal


def _in_words(text: str, language: Language) -> Iterator[Number]:
    """Return numbers in words, which are summed as they are said: two hundred and forty-three."""
    start, end, total, part = -1, -1, 0.0, 0.0
    for match in _LETTERS.finditer(text):
        word = match[0].rstrip(".") if match[0] not in language.multipliers else match[0]
        if start >= 0 and word in _AND:
            continue
        size = language.multipliers.get(word)
        one = language.numbers.get(word)
        joined = start >= 0 and _ONLY_BLANK.fullmatch(text, end, match.start())
        if start >= 0 and not (joined and (one is not None or size)):
            yield Number(start, end, total + part)
            start = -1
        if one is None and (size is None or start < 0):
            continue
        if start < 0:
            start, total, part = match.start(), 0.0, 0.0
        if one is not None:
            part += one
        elif size == 100:
            part = (part or 1) * 100
        else:
            total, part = total + (part or 1) * (size or 1), 0.0
        end = match.start() + len(word)
    if start >= 0:
        yield Number(start, end, total + part)


def _multiplied(text: str, found: list[Number], language: Language) -> list[Number]:
    """Join numbers with the multipliers after them, and "54 thousand 307" into one."""
    result: list[Number] = []
    for number in found:
        last = result[-1] if result else None
        if (
            last is not None
            and last.rounded
            and number.value < _STEP[1]
            and number.value == int(number.value)
            and text[last.end : number.start].strip() == ""
            and number.start > last.end
            and text[number.start].isdigit()
            and _size(last) > number.value
        ):
            joined = Number(last.start, number.end, last.value + number.value)
            result[-1] = _with_multiplier(text, joined, language, added=number.value)
            continue
        result.append(_with_multiplier(text, number, language))
    return result


_STEP = (1, 1000)


def _size(number: Number) -> float:
    return 1000.0 if number.value % 1_000_000 else 1_000_000.0


def _with_multiplier(text: str, number: Number, language: Language, added: float = 0.0) -> Number:
    after = re.compile(r"[\s\-]*").match(text, number.end)
    place = after.end() if after else number.end
    match = _LETTERS.match(text, place)
    if match is None or "\n" in text[number.end : place]:
        return number
    word = match[0] if match[0] in language.multipliers else match[0].rstrip(".")
    word = _without_ending(word, language)
    size = language.multipliers.get(word)
    if size is None or not text[number.start].isdigit():
        return number
    end = match.start() + len(word)
    value = number.value
    if number.other is not None and number.other < number.value:
        value = number.other
    if added:
        value = number.value - added + added * size
    else:
        value *= size
    return Number(number.start, end, round(value, 6), None, rounded=True)


def _without_ending(word: str, language: Language) -> str:
    """Return a multiplier without a case's ending: "milyondan" is "milyon" and "dan"."""
    bare = _CASE.sub("", word)
    return bare if bare in language.multipliers else word


_CASE = re.compile(r"(?:[dt][aeə]n|[dt][aeə])$")
_TO = re.compile(r"\s*(?:[-–]|to|до|по|ilə|ila|ile)\s*")
_ORDINAL = re.compile(r"\.\s+[^\W\d_]")


def without_ranges(text: str, numbers: list[Number]) -> list[Number]:
    """Return numbers without those of ranges: "2 to 6 thousand a day" is no count."""
    ends = {
        number
        for pair in itertools.pairwise(numbers)
        if pair[0].value < pair[1].value and _TO.fullmatch(text, pair[0].end, pair[1].start)
        for number in pair
    }
    return [number for number in numbers if number not in ends]


def without_ordinals(text: str, numbers: list[Number], language: Language) -> list[Number]:
    """Return numbers without ordinals, where the language writes these with a point."""
    if not language.point_after_ordinals:
        return numbers
    return [n for n in numbers if n.value >= _STEP[1] or not _ORDINAL.match(text, n.end)]
