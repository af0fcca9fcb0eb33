"""What every sentence shares: scope, units, years, and the words for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from demine_analysis.datasets import descriptor, locate
from demine_analysis.vocabulary import (
    LAND_USES,
    METRICS,
    PLACES,
    UNIT_OF_METRIC,
    UNITS,
    label,
)
from demine_analysis.wording import formats, language
from demine_analysis.wording.language import marked, translate_names
from demine_analysis.wording.language import translate as _
from demine_analysis.wording.names import operator, operators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demine_analysis.scope import Scope


#: Units that notebooks name, as they stand on axes and in descriptions.
UNITS_NAMED = (
    marked("ha a day"),
    marked("items a day"),
    marked("people"),
    marked("items a hectare"),
    marked("times the year's mean"),
)


def scope(chosen: Scope, summed: Sequence[str] = ()) -> str:
    """Return what a report is about, in words.

    Parameters
    ----------
    chosen : Scope
        What it is about.
    summed : sequence of str
        The operators that the whole is the sum of, where hardly a figure counts all.
    """
    together = ", ".join(operator(each) for each in summed)
    parts = [
        sentence_case(_(METRICS[chosen.metric].label)),
        together or operator(chosen.operator),
        translate_names(chosen.district) if chosen.district != "all" else _("all districts"),
        _(label(chosen.land_use, LAND_USES)),
    ]
    if chosen.start:
        parts.append(_("from {day}").format(day=formats.date(pd.Timestamp(chosen.start))))
    if chosen.end:
        parts.append(_("to {day}").format(day=formats.date(pd.Timestamp(chosen.end))))
    return ", ".join(parts)


def dataset(name: str, statements: pd.DataFrame) -> str:
    """Return which dataset a report rests on, and how large it is."""
    title = descriptor.title(locate.dataset_folder(name))
    known = _("dataset {name}").format(name=name)
    return _("{dataset}: {n} published figures from {pages} pages").format(
        dataset=known if title == name else f"{_(title)} ({known})",
        n=formats.number(len(statements)),
        pages=formats.number(statements["source_id"].nunique()),
    )


def sentence_case(text: str) -> str:
    """Return a text with its first letter large, and the others as they are."""
    first = "İ" if language.current() == "az" and text[:1] == "i" else text[:1].upper()
    return first + text[1:]


def unit(metric: str) -> str:
    """Return the unit of a metric in words."""
    return _(UNITS[UNIT_OF_METRIC[metric]].label)


def extent(frame: pd.DataFrame, column: str, unit: str) -> str:
    """Return a description of a series for those who cannot see it: span, range and last value."""
    values = frame[column].dropna()
    if values.empty:
        return ""
    return _(
        "{n} values from {first} to {last}, between {low} and {high} {unit}; the last is {end}."
    ).format(
        n=len(values),
        first=_named(values.index[0]),
        last=_named(values.index[-1]),
        low=formats.number(values.min()),
        high=formats.number(values.max()),
        end=formats.number(values.iloc[-1]),
        unit=_(unit),
    )


def listing(frame: pd.DataFrame, column: str, unit: str) -> str:
    """Return every value of a short frame, by year and part, for those who cannot see it."""
    names = {"district": PLACES, "operator": operators(), "land_use": LAND_USES}.get(
        column, METRICS
    )
    values = [
        f"{year_of(day)} {translate_names(label(part, names))}: {formats.number(value)}"
        for day, part, value in zip(frame.index, frame[column], frame["value"], strict=True)
    ]
    return f"{'; '.join(values)} ({_(unit)})." if values else ""


def _named(step: object) -> str:
    """Return a step of a series in words: its month, or what it is called."""
    return formats.month(step) if isinstance(step, pd.Timestamp) else str(step)


def year_of(day: pd.Timestamp) -> str:
    """Return the year of a day."""
    return formats.year(day.year)


def as_reference(year: int) -> str:
    """Return a year that another is compared with, as in "12% more than 2023"."""
    # Translators: a year after "more than" and "against".
    return _("{year}").format(year=formats.year(year))


def reason(why: str, *, contradicted: bool = False) -> str:
    """Return why there is no series or projection, in one sentence for readers.

    Parameters
    ----------
    why : str
        What the library says to callers of its functions, as `Series.reason`; empty: nothing is
        amiss.
    contradicted : bool
        As `Series.contradicted`.
    """
    if not why:
        return ""
    if contradicted:
        return _(
            "So many published figures of this selection contradict each other that no series is "
            "reconciled from them: they are shown as printed."
        )
    return _("The published figures of this selection do not allow a reconciled series or this "
             "projection.")  # fmt: skip


def single_operators_only() -> str:
    """Return that figures are not compared, as they are of several operators' own work."""
    return _("Only figures of single operators are published here, which are not compared.")


def no_estimate() -> str:
    """Return that an estimate is missing, whatever is published and why there is none."""
    return _("The published figures of this selection allow no such estimate.")


def missing(what: str) -> str:
    """Return that there is no published figure of a kind."""
    return _("No {what} is published for this selection.").format(what=what)
