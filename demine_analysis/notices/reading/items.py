"""Say whether items were found, laid or exploded, by the words of their sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from demine_analysis.notices.reading import context

if TYPE_CHECKING:
    from demine_analysis.notices.reading.amounts.figure import Figure
    from demine_analysis.notices.reading.language import Cue
    from demine_analysis.notices.reading.look import Reading
    from demine_analysis.notices.reading.words.sentences import Sentence

_LAID_REACH = 60


_EXPLODED_REACH = 40


def goes_on(reading: Reading, sentence: Sentence, kept: list[Figure], before: str) -> bool:
    """Tell whether items of which no word says "found" go on with what was found or done before."""
    if kept or before.startswith("items") or before == "area_surveyed":
        return True
    line = reading.text[sentence.start : sentence.end].strip()
    return before.startswith("area") and _LINE.fullmatch(line) is not None


_LINE = re.compile(r"[-–•●▪*]?\s*[^\d\n.;:]{2,60}[-–:]\s*\d[\d .,']*[^\d\n]{0,12}")


def said_of(reading: Reading, sentence: Sentence, figure: Figure) -> str:
    """Return whether items were found, laid or exploded; nothing where no word tells."""
    found = reading.of(sentence, "found")
    # "contaminated with 1.5 million mines"
    names = {"laid"} if found else {"laid", "plain"}
    laid = [cue for cue in reading.of(sentence, "contamination") if cue.name in names]
    # "23,000 enemy-laid mines"
    laid = [cue for cue in laid if not figure.number.end <= cue.start < figure.end]
    frame = reading.of(sentence, "frame")
    exploded = [cue for cue in frame if cue.name in {"explosion", "stocks"}]
    if found:
        exploded = [
            c for c in exploded if context.distance(reading.text, figure, c) < _EXPLODED_REACH
        ]
    closest = context.nearest(reading.text, figure, [*found, *laid, *exploded])
    if closest is None:
        parts = any(cue.name == "including" and cue.start < figure.start for cue in frame)
        return "found" if parts else ""
    if closest in exploded:
        return "exploded"
    if closest not in laid or _found_since(reading, figure, closest, found):
        return "found"
    if context.distance(reading.text, figure, closest) <= _LAID_REACH:
        return "laid"
    return "found" if found else "exploded"


def _found_since(reading: Reading, figure: Figure, laid: Cue, found: list[Cue]) -> bool:
    """Tell whether items that were laid are said to have been found.

    "Some 4,470 mines randomly planted have been removed", "planted by the enemy, 2,320 mines have
    been defused".
    """
    if laid.start >= figure.end:
        between = reading.text[figure.end : laid.start]
        have_been = reading.language.cues["perfect"].at(between, 1, len(between))
        if have_been is not None and not between[have_been.end :].strip():
            return False  # "have been planted" is what happened to them
        if found and _DESCRIBED.fullmatch(between):
            return True
        return any(same_clause(reading.text, figure, cue) for cue in found)
    return any(_next_said(reading, figure, cue) for cue in found)


# "118 mines and 4 shells, planted by the enemy, were found": words behind a comma describe them.
_DESCRIBED = re.compile(r"[^.;:]*,\s*(?:[^\W\d_]+\s+){0,2}")


def _next_said(reading: Reading, figure: Figure, cue: Cue) -> bool:
    """Tell whether a word stands behind a figure, and no other number between."""
    between = reading.text[figure.end : cue.start] if cue.start >= figure.end else "0"
    return len(between) < _NEXT_REACH and re.search(r"[\d;:]", between) is None


_NEXT_REACH = 140


def same_clause(text: str, figure: Figure, cue: Cue) -> bool:
    """Tell whether neither a mark nor another number stands between a figure and a word."""
    between = text[min(figure.end, cue.end) : max(figure.start, cue.start)]
    return not re.search(r"[.,;:()\d]", between)
