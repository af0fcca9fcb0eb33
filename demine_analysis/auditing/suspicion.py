"""Which figures are too far from what all others say, and which of two papers is wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from demine_analysis.auditing.expected import (
    SMALLEST,
    Z_95,
    Expectation,
    in_conflict,
    same_days,
)
from demine_analysis.auditing.findings import Finding
from demine_analysis.auditing.readings import anywhere, powers, readings, student_t

_TAIL = 5.0
"""Degrees of freedom of the errors of correct figures: work is uneven."""

_WRONG = 0.03
"""Part of printed figures taken to be wrong before anything is known of them."""

_SAME_SLIP = 0.2
"""Chance that a further paper copies a wrong figure."""

_SLIPS = {"point": 0.3, "digit": 0.1, "other": 0.02}
"""How often a misprint of a figure is just this other one, by what tells them apart."""

_POWER = 0.001
_FAR = 2.5
"""Standard deviations from which one of two contradicting figures needs a reading of its own."""

_ANYTHING = 0.4
"""How often a wrong figure is no power of ten away."""

_ACCUSED = 0.15
"""Probability of being wrong from which a figure is accused."""

_SMALLEST_CONFLICT = 0.05
"""Log distance below which a figure is never accused by the series alone: 5%."""

_CLEAR = 0.7
"""Probability from which one of several contradicting figures is taken to be right."""


def far_from_expected(expectation: Expectation, others: dict[str, Expectation]) -> list[Finding]:
    """Return a finding for each figure that the other figures of its metric do not allow."""
    figures = expectation.figures
    conflict = in_conflict(figures)
    accused = [*_single(figures[~conflict]), *_contradicting(figures[conflict])]
    rows = dict(figures.iterrows())
    return [_finding(expectation, others, rows[each.row], each) for each in accused]


def probability_wrong(figures: pd.DataFrame) -> pd.Series:
    """Return the probability of each figure's being a misprint, from its distance alone."""
    distance, spread = figures["z"] * figures["spread"], figures["spread"]
    right = _density(distance, spread)
    shifts = [weight * _density(distance - shift, spread) for shift, weight in powers()]
    anything = _ANYTHING * anywhere(distance)
    wrong = (1 - _ANYTHING) * np.sum(shifts, axis=0) + anything
    prior = _WRONG * _SAME_SLIP ** (figures["papers"] - 1)
    return pd.Series(prior * wrong / (prior * wrong + (1 - prior) * right))


def _density(distance: pd.Series, spread: pd.Series) -> pd.Series:
    return pd.Series(student_t(distance, _TAIL, scale=spread), index=distance.index)


class _Accused(NamedTuple):
    """A row of the figures, the check it fails, the right figure, and who contradicts it."""

    row: int
    code: str
    likely: float = np.nan
    related: tuple[str, ...] = ()


def _single(figures: pd.DataFrame) -> list[_Accused]:
    """Return the figures that stand alone for their days and are too far off."""
    return [_Accused(int(row), "far_from_expected") for row in figures.index[_far_off(figures)]]


def _far_off(figures: pd.DataFrame) -> pd.Series:
    """Return which figures the series alone accuses."""
    far = (figures["z"] * figures["spread"]).abs() > _SMALLEST_CONFLICT
    return far & (probability_wrong(figures) > _ACCUSED)


def _contradicting(figures: pd.DataFrame) -> list[_Accused]:
    """Return, of figures for the same days, those that are wrong: all, where that is not clear."""
    accused: list[_Accused] = []
    for _, group in figures.groupby(same_days(figures)):
        right = _probability_right(group)
        place = int(right.argmax())
        best, clear = int(group.index[place]), bool(right.iloc[place] >= _CLEAR)
        value = float(group["value"].iloc[place]) if clear else np.nan
        losers = group.index[group.index != best] if clear else group.index
        for row in losers:
            against = group.index.drop(row) if not clear else [best]
            names = tuple(name for names in group.loc[against, "statement_ids"] for name in names)
            accused.append(_Accused(int(row), "papers_disagree", value, names))
        if clear:
            accused += _single(group.loc[[best]])
    return accused


def _probability_right(group: pd.DataFrame) -> pd.Series:
    """Return for each figure of a group how likely it is the true one."""
    distance = group["z"] * group["spread"]
    score = np.log(_density(distance, group["spread"]))
    for row in group.index:
        for other in group.index.drop(row):
            slip = _slip(group.loc[other, "value"], group.loc[row, "value"])
            papers = group.loc[other, "papers"]
            score[row] += np.log(_WRONG * slip) + np.log(_SAME_SLIP) * (papers - 1)
    likelihood = np.exp(score - score.max())
    return pd.Series(likelihood / likelihood.sum())


def _slip(printed: float, true: float) -> float:
    """Return how likely a misprint of `true` is to read `printed`, against any other misprint."""
    if printed <= 0 or true <= 0:
        return _SLIPS["other"]
    shift = np.log10(printed / true)
    if round(shift) != 0 and np.isclose(shift, round(shift), atol=_POWER):
        return _SLIPS["point"]
    same_digits = sorted(f"{printed:g}") == sorted(f"{true:g}")
    near = same_digits or _one_digit(f"{printed:g}", f"{true:g}")
    return _SLIPS["digit" if near else "other"]


def _one_digit(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def believed(found: list[Finding], known: pd.DataFrame) -> list[Finding]:
    """Return findings whose likely values the series would not accuse in their turn.

    Parameters
    ----------
    found : list of Finding
        As the checks make them.
    known : DataFrame
        `statement_id`, `median`, `upper_95` and `z` of each statement that a series speaks of.

    Notes
    -----
    What has been said of other days, and what no series speaks of, stays.
    """
    names = pd.Index([each.statement_ids[0] for each in found], dtype="str")
    rows = known.drop_duplicates("statement_id").set_index("statement_id").reindex(names)
    middle, upper, z = (rows[name].to_numpy(float) for name in ("median", "upper_95", "z"))
    spread = np.log(upper / middle) / Z_95
    values = np.array([each.value for each in found], dtype=float)
    distance = np.log(np.maximum(values, SMALLEST) / middle)
    likely = pd.DataFrame({"z": distance / spread, "spread": spread, "papers": 1})
    rejected = _far_off(likely)
    printed = _far_off(likely.assign(z=z))
    return [
        _without_value(each, fits=not far) if wrong and each.reading != "two_dates" else each
        for each, wrong, far in zip(found, rejected, printed, strict=True)
    ]


def _without_value(finding: Finding, *, fits: bool) -> Finding:
    """Return a finding that names no likely value; a printed one that fits may still be right."""
    undecided = fits and finding.code == "papers_disagree"
    return replace(finding, reading="undecided" if undecided else "unexplained", value=np.nan)


def _finding(
    expectation: Expectation,
    others: dict[str, Expectation],
    figure: pd.Series,
    accused: _Accused,
) -> Finding:
    reading = readings(expectation, others, figure, accused.likely)
    related = (*reading.related, *accused.related)
    code, value = reading.code, reading.value
    tie = accused.code == "papers_disagree" and np.isnan(accused.likely)
    if tie and (code == "unexplained" or abs(figure["z"]) < _FAR):
        code, value = "undecided", np.nan
    return Finding(figure["statement_ids"], accused.code, code, value, related)
