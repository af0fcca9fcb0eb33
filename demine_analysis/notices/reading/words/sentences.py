"""Cut a text into sentences, and say which of them repeats what a title says."""

from __future__ import annotations

import re
from typing import NamedTuple

_END = re.compile(
    # A full stop without a blank behind it: "ended in 1992.The charity".
    r"(?<=[a-zа-яёіїєґə]{4}|\d{4})\.(?=[A-ZА-ЯЁІЇЄҐ][a-zа-яёіїєґ']+\s)|"
    r"(?<=[^\W\d_])[.!?…][\"”»](?=[A-ZА-ЯЁІЇЄҐ])|[.!?…]+[\"»”')\]]*\s+(?=[\"«“'(\[]?[A-ZÀ-ÞİŞĞÜÖÇƏА-ЯЁІЇЄҐ\d])|\n+|[;•●▪]\s*"
)
# A point after these ends an abbreviation rather than a sentence.
_SHORT = re.compile(
    r"(?:^|[\s(\d])(?:sq|kv|кв|тис|тыс|млн|млрд|mln|mlrd|ст|mr|mrs|dr|no|им|ім|см|e\.g|i\.e|од|ед|шт|st|"
    r"m|km|approx|св|обл|р-н|р|г|гг|рр|т\.ч|т|jan|feb|aug|sept|sep|oct|nov|dec)$",
    re.IGNORECASE,
)


_ORDINAL = re.compile(r"(?:^|[\s(])\d{1,2}\.$")


class Sentence(NamedTuple):
    """A part of a text that is read as one."""

    start: int
    end: int
    paragraph: int


def sentences(text: str, *, ordinals: bool = False) -> list[Sentence]:
    """Return the sentences of a text; a line break ends one, and a semicolon.

    `ordinals` says whether the language writes a point after ordinal numbers, as in "2. Karabağ".
    """
    found, start, paragraph = [], 0, 0
    for match in _END.finditer(text):
        ended = match[0]
        if ended.startswith(";") and _in_bracket(text, start, match.start()):
            continue
        if ordinals and "\n" not in ended and _ORDINAL.search(text, start, match.start() + 1):
            continue
        pointed = ended.startswith(".") and "\n" not in ended
        short = pointed and _SHORT.search(text, start, match.start())
        if short and (text[match.end() : match.end() + 1].isdigit() or not _is_year(text, match)):
            continue
        if text[start : match.start()].strip():
            found.append(Sentence(start, match.start() + len(ended.rstrip()), paragraph))
        start = match.end()
        paragraph += "\n" in ended
    if text[start:].strip():
        found.append(Sentence(start, len(text), paragraph))
    return found


def _in_bracket(text: str, start: int, place: int) -> bool:
    return text.count("(", start, place) > text.count(")", start, place)


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Tell "in 2024 g. Cleared" from "5 sq. Km": a year's short word does end a sentence."""
    return re.search(r"\d{4}\s*(?:г|р|гг|рр)$", text[: match.start()]) is not None
