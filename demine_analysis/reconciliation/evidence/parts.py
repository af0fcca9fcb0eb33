"""The parts of the work of a scope, and the figures that count them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from demine_analysis.reconciliation.evidence.days import (
    closed,
    closing_days,
    day_shares,
    weekday_shares,
)
from demine_analysis.scope import WHOLE

REST = "rest"

EVERYBODY = (WHOLE, "unstated")
"""What figures of everybody's work say in place of an operator."""

_TELLING = 10
"""Figures of which the others may doubt that one alone begins so early."""

_LONELY = pd.Timedelta(days=90)
"""Days before all others at which a running total's beginning is not believed."""


@dataclass(frozen=True)
class Evidence:
    """The figures for a scope.

    Parameters
    ----------
    parts : tuple of str
        Names of the parts; the one asked for first, the rest last.
    figures : DataFrame
        As `observations` returns them, with `parts`: a tuple of bool, whose work a row counts,
        `day_share`: the log of the share of a mean day that a day's notice counts, and
        `days_unsure`: the spread of how many days it counts, as from `days.closed`.
    asked : tuple of bool
        The parts that make up what was asked for.
    first : tuple of Timestamp
        The first day of each part's work.
    within : mapping of str to str
        Which operator contains another.
    weekdays : mapping of int to float
        The log of each weekday's share of a mean day's work, as from `days.weekday_shares`.
    closings : mapping of str to int
        The weekday on which operators close their books, as from `days.closing_days`.
    """

    parts: tuple[str, ...]
    figures: pd.DataFrame
    asked: tuple[bool, ...]
    first: tuple[pd.Timestamp, ...]
    within: Mapping[str, str] = field(default_factory=dict)
    weekdays: Mapping[int, float] = field(default_factory=dict)
    closings: Mapping[str, int] = field(default_factory=dict)

    @property
    def late(self) -> bool:
        """Return whether a part begins later than another."""
        return len(set(self.first)) > 1

    def counted_by(self, operator: str) -> tuple[bool, ...] | None:
        """Return the parts that an operator's figures count; None where they are not told apart."""
        if operator not in self.parts[: len(self.parts) - (REST in self.parts)]:
            return None
        return tuple(contains(self.within, operator, part) for part in self.parts)


def evidence_of(
    parts: tuple[str, ...],
    figures: pd.DataFrame,
    counted: Sequence[tuple[bool, ...]],
    asked: tuple[bool, ...],
    within: Mapping[str, str] | None = None,
) -> Evidence:
    """Return the evidence; nobody works before the first day, so no figure counts days before.

    Parameters
    ----------
    parts : tuple of str
        The one asked for first, the rest last.
    figures : DataFrame
        As `observations` returns them.
    counted : sequence of tuple of bool
        For each figure, whose work it counts.
    asked : tuple of bool
        The parts that make up what was asked for.
    within : mapping of str to str
        Which operator contains another.
    """
    closings = closing_days(figures)
    figures = closed(figures, closings)
    figures = figures.assign(parts=pd.Series(counted, index=figures.index, dtype=object))
    mask = np.array(counted, dtype=bool)
    first = tuple(_first_days(parts, figures, mask))
    begins = np.array(first, dtype="datetime64[ns]")
    earliest = np.where(mask, begins, np.datetime64("2262-01-01")).min(axis=1)
    days = figures["start"].where(figures["start"].to_numpy() >= earliest, earliest)
    weekdays = weekday_shares(figures)
    figures = figures.assign(start=days, day_share=day_shares(figures, weekdays))
    return Evidence(parts, figures, asked, first, within or {}, weekdays, closings)


def contains(within: Mapping[str, str], operator: str, part: str) -> bool:
    """Return whether an operator's figures count a part."""
    if operator in (WHOLE, part):
        return True
    outer = within.get(part)
    return outer is not None and contains(within, operator, outer)


def _first_days(
    parts: Sequence[str], figures: pd.DataFrame, counted: np.ndarray
) -> list[pd.Timestamp]:
    """Return each part's first day: the earliest that a figure of its own counts.

    An operator's own figures count as few others as any that count it; the rest has those of all.
    """
    found = []
    width = counted.sum(axis=1)
    for place, part in enumerate(parts):
        counts = counted[:, place]
        own = counts if part == REST else counts & (width == width[counts].min())
        found.append(_first_day(figures[own]))
    return found


def _first_day(figures: pd.DataFrame) -> pd.Timestamp:
    """Return the first day that figures count.

    A running total that begins long before all others, and reaches into the days of another one,
    counts from another day than it says.
    """
    order = figures.sort_values("start", kind="stable")
    first, others = order.iloc[0], order.iloc[1:]
    if len(order) >= _TELLING and first["kind"] == "total":
        second = others["start"].iloc[0]
        totals = others.loc[others["kind"] == "total", "start"]
        if second - first["start"] > _LONELY and first["end"] > totals.min():
            return pd.Timestamp(second)
    return pd.Timestamp(first["start"])
