"""The values of the chart as rows for Vega-Lite, each with its words and what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from demine_analysis import published
from demine_analysis.report import display
from demine_analysis.report.display.figures import HEADS
from demine_analysis.report.plots import marks
from demine_analysis.vocabulary import UNIT_OF_METRIC
from demine_analysis.wording import names
from demine_analysis.wording.language import translate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .curves import Curve, Form

#: The year on whose days all years are laid: it has a 29 February.
_ANY_YEAR = 2000
_EPOCH = pd.Timestamp("1970-01-01")
_MILLISECOND = pd.Timedelta(milliseconds=1)
_QUANTILES = ("lower_95", "lower_80", "lower_50", "median", "upper_50", "upper_80", "upper_95")


class Point(NamedTuple):
    """A value of the chart.

    Parameters
    ----------
    row : dict
        What Vega-Lite draws of it: `name` in the legend, day `x`, value `y`, the ends of its
        intervals, `tip` (words by heading) and `key`, by which a click tells it.
    curve : Curve
        Where it belongs.
    first, last : Timestamp
        The days it counts, of a running total the last week of them.
    statement : str
        That prints it; empty where it is computed.
    """

    row: dict[str, Any]
    curve: Curve
    first: pd.Timestamp
    last: pd.Timestamp
    statement: str = ""


def points(lines: Sequence[Curve], form: Form) -> list[Point]:
    """Return every value of the chart, in order of its lines."""
    found = [point for line in lines for point in (*_computed(line, form), *_printed(line, form))]
    return [
        point._replace(row={**point.row, "key": str(place)}) for place, point in enumerate(found)
    ]


def legend_of(line: Curve) -> tuple[str, str, str]:
    """Return what the legend calls a line, its published figures, and those set aside."""
    drawn = line.name or translate("reconciled, with bands")
    if not line.name:
        return drawn, translate("published"), translate("published, set aside")
    printed = translate("{name}: published").format(name=line.name)
    return drawn, printed, translate("published, set aside")


def as_frame(lines: Sequence[Curve]) -> pd.DataFrame:
    """Return what the chart shows as one table: a row a value, with the line that it belongs to."""
    parts = [
        part.reset_index(names=["period_start"]).assign(line=legend_of(line)[kind])
        for line in lines
        for kind, part in enumerate((line.frame, line.printed))
        if len(part)
    ]
    whole = pd.concat(parts, ignore_index=True)
    return whole[["line", *whole.columns.drop("line")]]


def statements_behind(point: Point) -> pd.DataFrame:
    """Return the statement of a published value, or those that count days of a computed one.

    The closest come first: those of the fewest days.
    """
    scope = point.curve.scope.but(start=None, end=None)
    if point.statement:
        every = point.curve.shown.statements
        return every[every["statement_id"] == point.statement]
    used = published.select(point.curve.shown.statements, scope)
    inside = (used["period_start"] <= point.last) & (used["period_end"] >= point.first)
    days = used["period_end"] - used["period_start"]
    return used.loc[days[inside].sort_values(kind="stable").index]


def _computed(line: Curve, form: Form) -> Iterator[Point]:
    unit = translate(UNIT_OF_METRIC[line.scope.metric])
    drawn, _, _ = legend_of(line)
    said = line.name or translate("reconciled")
    words = (
        marks.estimates(line.frame, unit, marks.week, what=said)
        if form.weekly
        else marks.running(line.frame, unit, what=said)
    )
    days = line.frame.index if form.weekly else line.frame["through"]
    values = line.frame.to_dict("records")
    for day, week, row, reading in zip(days, line.frame.index, values, words, strict=True):
        ends = {name: row[name] for name in _QUANTILES}
        drawing = {"name": drawn, "x": _place(day, form), "y": row["median"], **ends}
        yield Point({**drawing, "tip": _tip(reading)}, line, week, week + pd.Timedelta(days=6))


def _printed(line: Curve, form: Form) -> Iterator[Point]:
    names.use(line.shown.selection.data.programme.names)
    frame = display.with_sources(line.printed, line.shown.selection.data.sources)
    unit = translate(UNIT_OF_METRIC[line.scope.metric])
    words = marks.printed(frame, unit, marks.week if form.weekly else marks.up_to)
    _, used, crossed = legend_of(line)
    for day, row, reading in zip(frame.index, frame.to_dict("records"), words, strict=True):
        tip = _tip(reading._replace(what=", ".join(filter(None, (line.name, reading.what)))))
        source = {translate("Source"): row["source"].text, translate("Page"): row["source"].url}
        tip |= {head: words for head, words in source.items() if words}
        name = crossed if row.get("set_aside") else used
        drawing = {"name": name, "x": _place(day, form), "y": row["value"], "tip": tip}
        yield Point(drawing, line, day, row["period_end"], str(row["statement_id"]))


def _tip(reading: marks.Reading) -> dict[str, str]:
    """Return a reading by the headings of a chart's values, without what is not there."""
    return {translate(head): words for head, words in zip(HEADS, reading, strict=True) if words}


def _place(day: pd.Timestamp, form: Form) -> int:
    """Return where a day stands on the axis, in milliseconds, as Vega counts them."""
    placed = day.replace(year=_ANY_YEAR) if form.by_year else day
    return int((placed - _EPOCH) / _MILLISECOND)
