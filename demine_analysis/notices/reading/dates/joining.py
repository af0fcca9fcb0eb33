"""Say which parts of dates belong together, and which are only near each other."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Language


class Token(NamedTuple):
    """A part of a date; `soft` where words such as "this year" stand for it."""

    kind: str
    value: int
    start: int
    end: int
    soft: bool = False


def linked(text: str, parts: list[Token], language: Language) -> list[Token]:
    """Put `T` between dates that a word or a dash joins, and `G` where other words stand."""
    if not parts:
        return []
    result = [parts[0]]
    for last, token in itertools.pairwise(parts):
        gap = text[last.end : token.start]
        own = text[last.start : last.end]
        apart = token.soft and set(gap) & set(".,;\n")  # "in August. This year": two sentences
        result += [Token("G", 0, last.end, last.end)] if apart else _link(gap, own, last, language)
        result.append(token)
    return result


def _link(gap: str, own: str, last: Token, language: Language) -> list[Token]:
    bare = _strip(gap, language)
    from_suffix = last.kind in "NMY" and re.search(language.from_suffix + "$", own)
    if from_suffix and bare == "":
        return [Token("T", 0, last.end, last.end)]
    if bare == "" and "\n\n" not in gap:
        return []
    if bare in {"-", "–", "/", "..", "..."} or any(
        cue.end - cue.start == len(bare) for cue in language.cues["to"].all(bare)
    ):
        return [Token("T", 0, last.end, last.end)]
    return [Token("G", 0, last.end, last.end)]


def _strip(gap: str, language: Language) -> str:
    """Return what stands between two parts of dates, without what always may."""
    bare = gap.strip(" \n,.()«»\"'")
    words = [each for each in re.split(r"[\s.,]+", bare) if each]
    kept = [each for each in words if each not in language.date_fillers]
    return " ".join(kept)
