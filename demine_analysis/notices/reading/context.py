"""Find what a figure is about: done or planned, whose work, in which district, for what use."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demine_analysis.notices.reading.amounts.figure import Figure
    from demine_analysis.notices.reading.language import Cue, Finder, Language
    from demine_analysis.notices.reading.words.sentences import Sentence

_BREAK = re.compile(r"[,;:]|\s[-–]\s|\(|\)")
_AND = re.compile(r"\b(?:and|və|ve|и|та|і|й)\s*$")
_OPENED = re.compile(r"[^\W\d_]*\s*[^\W\d_]*\s*\(\s*(?:[^\W\d_]+\s+){0,2}")
# How much further off a word counts for each mark between it and the figure, in letters.
_MARK = 30
_NEAR = 130
_FEW = 3


def distance(text: str, figure: Figure, cue: Cue) -> int:
    """Return how far a word stands from a figure; each mark between counts as many letters."""
    if cue.end <= figure.start:
        between = text[cue.end : figure.start]
    elif cue.start >= figure.end:
        between = text[figure.end : cue.start]
    else:
        return 0
    return len(between) + _MARK * len(_BREAK.findall(between))


def parted(text: str, figure: Figure, cue: Cue) -> bool:
    """Tell whether a mark stands between a figure and a word."""
    between = text[min(figure.end, cue.end) : max(figure.start, cue.start)]
    return _BREAK.search(between) is not None


def nearest(text: str, figure: Figure, cues: list[Cue]) -> Cue | None:
    """Return the word that stands nearest to a figure."""
    return min(cues, key=lambda cue: distance(text, figure, cue), default=None)


def paired(
    text: str, figures: list[Figure], cues: list[Cue], joined: str, *, places: bool = False
) -> dict[int, list[str]]:
    """Return which names belong to which figures of a sentence, where they are told apart.

    Names that only commas or words of `joined` part are one group. Where groups and figures
    alternate, each figure takes its own group: the one before it where the sentence begins with a
    name, else the one after it. `places` are one group where no figure stands between them.
    """
    groups: list[list[Cue]] = []
    for cue in cues:
        last = groups[-1][-1] if groups else None
        if last is not None and (
            re.fullmatch(joined, text[last.end : cue.start])
            or (places and not any(last.end <= f.start < cue.start for f in figures))
        ):
            groups[-1].append(cue)
        else:
            groups.append([cue])
    if not groups or not figures:
        return {}
    names = [list(dict.fromkeys(each.name for each in group)) for group in groups]
    if len(groups) == 1:
        return {figure.start: names[0] for figure in figures}
    leads = _lead(text, groups, figures)
    result = {}
    for figure in figures:
        before = [k for k, group in enumerate(groups) if group[0].start < figure.start]
        after = [k for k, group in enumerate(groups) if group[0].start >= figure.start]
        own = before[-1:] if leads else after[:1]
        if own and not (not leads and _of_the_next(text, figures, figure, groups[own[0]])):
            result[figure.start] = names[own[0]]
    return result


def _of_the_next(text: str, figures: list[Figure], figure: Figure, group: list[Cue]) -> bool:
    """Tell whether a name belongs to a later figure of the same kind: "300 ha, 70 ha by A"."""
    between = [f for f in figures if figure.end <= f.start < group[0].start]
    return any(
        f.metric == figure.metric and not _AND.search(text[figure.end : f.start]) for f in between
    )


def _lead(text: str, groups: list[list[Cue]], figures: list[Figure]) -> bool:
    """Tell whether names stand before their figures: whether the next figure is the closer one."""
    votes = 0
    for group in groups:
        after = min(
            (_far(text, group[-1].end, f.start) for f in figures if f.start >= group[-1].end),
            default=999,
        )
        before = min(
            (_far(text, f.end, group[0].start) for f in figures if f.end <= group[0].start),
            default=999,
        )
        votes += 1 if after < before else -1
    return votes > 0 or (votes == 0 and groups[0][0].start < figures[0].start)


def _far(text: str, start: int, end: int) -> int:
    if _OPENED.fullmatch(text, start, end):
        return 1  # "Kharkiv (2,200 hectares), Kherson region (almost 353 hectares)"
    return end - start + _MARK * len(re.findall(r"[,;:(]", text[start:end]))


def operators_of(
    text: str, sentence: Sentence, finder: Finder, language: Language, parts: Mapping[str, str]
) -> tuple[set[str], set[str]]:
    """Return the operators that a sentence names as having worked: one by one, and in a list.

    An operator that only tells of it ("the agency said") has not been named as having worked; one
    that is named beside a part of itself is not another.
    """
    cues = finder.all(text, sentence.start, sentence.end)
    frame = language.cues["frame"].all(text, sentence.start, sentence.end)
    # "In close contact with the other institutions involved" says nothing of what they did.
    contact = language.cues["contact"].first(text, sentence.start, sentence.end)
    asked = language.cues["status"].all(text, sentence.start, sentence.end)
    asked = [cue for cue in asked if cue.name == "requested"]
    doer = _doer(text, cues, [cue for cue in frame if cue.name == "by"]) if asked else set()
    if len(doer) == 1:
        return doer, set()
    everybody = [c for c in frame if c.name == "everybody" and not _asks(text, c, asked)]
    if contact is None and everybody:
        return set(), {"all", *(cue.name for cue in cues)}
    wholes = {parts[cue.name] for cue in cues if cue.name in parts}
    cues = [cue for cue in cues if cue.name not in wholes]
    if not cues:
        return set(), set()
    words = {name: [cue for cue in frame if cue.name == name] for name in _ROLES}
    listed = _listed(text, cues)
    worked = words["works"] or words["acted"] or words["by"] or words["all_together"]
    if len(listed) > _FEW - 1 or (len(listed) > 1 and worked):
        return set(), listed
    return {cue.name for cue in cues if _worked(text, cue, words)}, set()


def _doer(text: str, operators: list[Cue], words: list[Cue]) -> set[str]:
    """Return the operators right before "by", where a language puts it behind, else those behind.

    "Upon appeals of A and B, the work was done by C": neither A nor B has worked.
    """
    pairs = [(operator, word) for operator in operators for word in words]
    late = {o.name for o, w in pairs if _NO_WORD.fullmatch(text, o.end, w.start)}
    return late or {o.name for o, w in pairs if _NO_WORD.fullmatch(text, w.end, o.start)}


_NO_WORD = re.compile(r"[\s\"'»”)(]*")


def _asks(text: str, everybody: Cue, status: list[Cue]) -> bool:
    """Tell whether others only asked for work: "upon appeals of other institutions"."""
    return any(
        _gap(everybody, cue) < _ASKED
        and not re.search(
            r"[.,;:]", text[min(cue.end, everybody.end) : max(cue.start, everybody.start)]
        )
        for cue in status
    )


_ASKED = 16
"""Letters between others and the word for their request, at most."""
_ROLES = ("by", "acted", "teams", "said", "works", "all_together")
_CLOSE = 28


def _worked(text: str, cue: Cue, words: dict[str, list[Cue]]) -> bool:
    """Tell whether an operator is named as having worked."""
    told = [said for said in words["said"] if 0 <= said.start - cue.end < _CLOSE]
    by = [each for each in words["by"] if _gap(cue, each) < _CLOSE]
    if by:
        return not any(said.start < by[0].start for said in told)
    if (
        told
        or _HEADED.match(text, cue.end)
        or _TAILED.search(text, max(0, cue.start - 4), cue.start)
    ):
        return False
    told_before = any(
        0 <= cue.start - said.end < _SHORT and "," not in text[said.end : cue.start]
        for said in words["said"]
    )
    if told_before:
        return False
    if any(_gap(cue, team) < _SHORT for team in words["teams"]):
        return True
    for verb in words["acted"]:
        between = (cue.end, verb.start) if verb.start >= cue.end else (verb.end, cue.start)
        if not any(between[0] <= said.start < between[1] for said in words["said"]):
            return verb.start >= cue.end or _gap(cue, verb) < _CLOSE
    return False


# "NAME: 1,204 hectares cleared", "NAME - over 1,200 hectares cleared": a mark, words, a number.
_HEADED = re.compile(r"['\"»”)]*(?:\s*:|\s+[-–—])\s[^.,;:\d\n]{0,40}\d")
# "Over 1,200 hectares cleared: NAME", "... cleared - NAME": a headline that ends with its source.
_TAILED = re.compile(r"(?::|\s[-–—])\s[\"'«“]?$")
_SHORT = 16


def _gap(one: Cue, other: Cue) -> int:
    return max(0, other.start - one.end, one.start - other.end)


def _listed(text: str, cues: list[Cue]) -> set[str]:
    """Return the operators that stand in one list, whatever stands in brackets between them."""
    best: set[str] = set()
    run = {cues[0].name}
    for last, cue in itertools.pairwise(cues):
        gap = text[last.end : cue.start]
        if len(gap) < 70 and not re.search(r"[.:;\d]", gap):
            run.add(cue.name)
        else:
            run = {cue.name}
        if len(run) > len(best):
            best = set(run)
    return best
