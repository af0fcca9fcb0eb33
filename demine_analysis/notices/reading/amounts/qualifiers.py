"""Say how exactly an amount is meant: "over", "about", "up to"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demine_analysis.notices.reading.language import Language


_SUFFIX = re.compile(
    r"(?:['\-]?(?:d[aeə]n|t[ae]n|n[ae]|[yn]?[aeə]|nd[aeə]n|s[iı])|['\-][iuü])?(?![^\W_])"
)


def past_blanks(text: str, place: int) -> int:
    """Return the place behind blanks and hyphens."""
    match = re.compile(r"[\s\-–]*").match(text, place)
    return match.end() if match else place


def qualifier_before(text: str, start: int, language: Language) -> str | None:
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
    if name == "some":
        return None if _FINE.match(text, start) else "about"
    return name


# "Some 376 mines were found" opens a sentence; "some 30,000" is rounded.
_FINE = re.compile(r"\d[\d,. ]*(?<=[1-9])(?![\d,.]*\d)(?!\s*(?:thousand|million|billion))")


def spread_over(text: str, start: int, language: Language) -> bool:
    """Tell whether "over" says where: "destroyed over 5,000 square metres of land"."""
    lead = text[max(0, start - _OVER_REACH) : start].rstrip()
    if not lead.endswith(_OVER):
        return False
    verbs = language.cues["found"].all(lead)
    nouns = language.cues["nouns"].all(lead)
    done = bool(verbs) and verbs[-1].end == len(lead) - len(_OVER)
    behind = [n for n in nouns if done and n.end <= verbs[-1].start]
    return bool(behind) and _ONE_WORD.fullmatch(lead, behind[-1].end, verbs[-1].start) is not None


_ONE_WORD = re.compile(r"\W*(?:[^\W\d_]+\W+)?(?:\([^()]*\)\W*)?")
_OVER = " over"
_OVER_REACH = 80


def _brings(text: str, start: int, language: Language) -> bool:
    """Tell whether a total is brought up to a number: words for it, and no mark between."""
    totals = [
        cue
        for cue in language.cues["frame"].all(text, max(0, start - 110), start)
        if cue.name == "totals"
    ]
    return bool(totals) and not re.search(r"[.,;:\n]", text[totals[-1].end : start])


def qualifier_after(text: str, place: int, stop: int, language: Language) -> tuple[str | None, int]:
    """Return what stands right after a number or its unit, and where it ends."""
    suffix = _SUFFIX.match(text, place)
    start = past_blanks(text, suffix.end() if suffix else place)
    piece = language.pieces.at(text, start, stop)
    if piece is not None:
        start = past_blanks(text, piece.end)
    cue = language.cues["after"].at(text, start, stop)
    if cue is None:
        return None, suffix.end() if suffix and text[place : place + 1] in "'-" else place
    return cue.name, cue.end
