"""The chart as a Vega-Lite specification, which JupyterLab draws by itself, without a network.

It is written out as plain dictionaries: "How the explore page draws" in CONTRIBUTING.md says why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from demine_analysis.report import findings
from demine_analysis.report.plots import theme
from demine_analysis.vocabulary import UNIT_OF_METRIC
from demine_analysis.wording.language import translate

from .look import look
from .points import legend_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .curves import Curve, Form
    from .points import Point

#: What JupyterLab knows the specification by.
MIME = "application/vnd.vegalite.v5+json"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_SIZE = (680, 340)
#: More lines than these are drawn without bands, which would cover each other.
_BANDED = 2
#: Dashes of lines: the colours are given out a second time to dashed ones.
_WHOLE, _DASHED = [1, 0], [5, 3]
#: Zoom by the wheel takes a key, so that the notebook scrolls as it does elsewhere.
_ZOOM = {
    "name": "zoom",
    "select": {"type": "interval", "zoom": "wheel![event.ctrlKey]"},
    "bind": "scales",
}
_NEAR = {
    "name": "near",
    "select": {"type": "point", "fields": ["key"], "on": "pointerover", "nearest": True},
}


def specification(
    lines: Sequence[Curve], values: Sequence[Point], form: Form, *, clicked: str
) -> dict[str, Any]:
    """Return the chart of some lines.

    Parameters
    ----------
    lines : sequence of Curve
        What is drawn; all in one unit.
    values : sequence of Point
        As from `points`.
    form : Form
        How they are drawn.
    clicked : str
        CSS selector of the input that is given the `key` of a value that is clicked.
    """
    picked = {
        "name": "picked",
        "select": {"type": "point", "fields": ["key"], "on": "click", "nearest": True},
        "bind": {"key": {"element": clicked, "event": "change"}},
    }
    return {
        "$schema": _SCHEMA,
        "description": " ".join(map(_described, lines)),
        "width": _SIZE[0],
        "height": _SIZE[1],
        "data": {"values": [each.row for each in values]},
        "encoding": {"x": _days(form), "color": _scale(lines, 0)},
        "layer": [*_computed(lines), *_printed(lines), _pointed(lines, [_NEAR, picked, _ZOOM])],
        "config": look(),
    }


def _days(form: Form) -> dict[str, Any]:
    axis: dict[str, Any] = {"title": None, "grid": False, "labelOverlap": True, "tickCount": 8}
    if form.by_year:
        axis["format"] = "%b"
    return {"field": "x", "type": "temporal", "scale": {"type": "utc"}, "axis": axis}


def _amount(lines: Sequence[Curve]) -> dict[str, Any]:
    unit = translate(UNIT_OF_METRIC[lines[0].scope.metric]) if lines else ""
    return {"field": "y", "type": "quantitative", "title": unit, "axis": {"tickCount": 6}}


def _computed(lines: Sequence[Curve]) -> list[dict[str, Any]]:
    """Return the layers of what is reconciled: bands, and the line."""
    if not any(len(each.frame) for each in lines):
        return []
    bands = theme.BANDS if len(lines) <= _BANDED else ()
    line = {
        "transform": _where("isValid(datum.median)"),
        "mark": {"type": "line", "clip": True, "strokeWidth": 1.8},
        "encoding": {"y": _amount(lines), "strokeDash": _scale(lines, 2)},
    }
    return [*(_band(*each) for each in bands), line]


def _printed(lines: Sequence[Curve]) -> list[dict[str, Any]]:
    """Return the layer of the published figures, if there are any."""
    layer = {
        "transform": _where("!isValid(datum.median)"),
        "mark": {"type": "point", "clip": True, "filled": True, "size": 45, "opacity": 1},
        "encoding": {"y": _amount(lines), "shape": _scale(lines, 1)},
    }
    return [layer] if any(len(each.printed) for each in lines) else []


def _pointed(lines: Sequence[Curve], params: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the layer of a ring around the value nearest to the pointer, with its words."""
    return {
        "params": params,
        "mark": {"type": "point", "clip": True, "size": 110, "strokeWidth": 2},
        "encoding": {
            "y": _amount(lines),
            "tooltip": {"field": "tip"},
            "opacity": {"condition": {"param": "near", "empty": False, "value": 1}, "value": 0},
        },
    }


def _described(line: Curve) -> str:
    """Return a line in words, for those who cannot see it."""
    unit = UNIT_OF_METRIC[line.scope.metric]
    shown, column = (line.frame, "median") if len(line.frame) else (line.printed, "value")
    return f"{legend_of(line)[0]}: {findings.extent(shown, column, unit)}"


def _band(lower: str, upper: str, strength: float) -> dict[str, Any]:
    """Return a band between two quantiles, as strong as on the pages."""
    return {
        "transform": _where("isValid(datum.median)"),
        "mark": {"type": "area", "clip": True, "opacity": strength},
        "encoding": {
            "y": {"field": lower, "type": "quantitative"}, "y2": {"field": upper},
        },
    }  # fmt: skip


def _where(condition: str) -> list[dict[str, str]]:
    return [{"filter": condition}]


def _entries(lines: Sequence[Curve]) -> dict[str, tuple[str, str, list[int]]]:
    """Return colour, shape and dashes of each entry of the legend, those that are drawn."""
    found: dict[str, tuple[str, str, list[int]]] = {}
    for place, line in enumerate(lines):
        drawn, printed, aside = legend_of(line)
        colour = theme.SERIES[place % len(theme.SERIES)]
        if len(line.frame):
            found[drawn] = colour, "stroke", _DASHED if place >= len(theme.SERIES) else _WHOLE
        if len(line.printed):
            found[printed] = (colour if line.name else theme.ORANGE), "diamond", _WHOLE
        if "set_aside" in line.printed and line.printed["set_aside"].any():
            found[aside] = theme.GREY, "cross", _WHOLE
    return found


def _scale(lines: Sequence[Curve], place: int) -> dict[str, Any]:
    entries = _entries(lines)
    scale = {"domain": list(entries), "range": [each[place] for each in entries.values()]}
    return {"field": "name", "type": "nominal", "title": None, "scale": scale}
