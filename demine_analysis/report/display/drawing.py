"""Matplotlib's drawing of a figure as SVG, in one pass.

`Figure.savefig` draws everything twice, lays out twice, and measures each text anew for each of
three renderers. A page has some twenty drawings, so here one renderer measures, places and draws,
and what it measures is kept for the drawings that follow.
"""

from __future__ import annotations

import contextlib
import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import findfont, get_font
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.textpath import TextToPath
from matplotlib.ticker import FixedFormatter, FixedLocator
from matplotlib.transforms import Bbox

from demine_analysis.report.plots import theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

_POINTS = 72
"""SVG's own resolution, as matplotlib writes it."""


def drawn(drawing: Figure, *, key: str) -> str:
    """Return a figure as SVG, on nothing: the page's colour shows through.

    Parameters
    ----------
    drawing : Figure
        Laid out anew if it has a constrained layout, else as it stands.
    key : str
        What identifiers are made of: the same key and figure give the same text.
    """
    buffer = io.StringIO()
    with _settings(key), _resolution(drawing), _transparent(drawing):
        width, height = drawing.get_size_inches() * _POINTS
        renderer = _Renderer(  # type: ignore[no-untyped-call]  # matplotlib's
            width, height, buffer, image_dpi=_POINTS, metadata={"Date": None, "Creator": None}
        )
        with _laid_out(drawing, renderer):
            drawing.draw(renderer)
        renderer.finalize()  # type: ignore[no-untyped-call]  # matplotlib's
    return buffer.getvalue()


class _Renderer(RendererSVG):
    """Writes SVG, and remembers the sizes of texts for all drawings, not for one."""

    def get_text_width_height_descent(
        self, s: str, prop: FontProperties, ismath: Any
    ) -> tuple[float, float, float]:
        """Return width, height and descent of a text in points, as the class it overrides."""
        return _text_size(s, prop.copy(), ismath)

    def _get_font_height_metrics(
        self, prop: FontProperties
    ) -> tuple[float, float, float] | tuple[None, None, None]:
        # Matplotlib's renderers for AFM fonts have this method too; where a later version does
        # not ask for it, it reads the font's tables for every text, which is right but slow.
        return _line_height(prop.copy())


_paths = TextToPath()


@lru_cache(maxsize=8192)
def _text_size(text: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
    """Return width, height and descent of a text in points."""
    width, height, descent = _paths.get_text_width_height_descent(text, prop, ismath)
    return width, height, descent


@lru_cache(maxsize=256)
def _line_height(prop: FontProperties) -> tuple[float, float, float] | tuple[None, None, None]:
    """Return ascent, descent and line gap in points, as `Text` finds them in the font's tables."""
    font = get_font(findfont(prop))
    head, table = font.get_sfnt_table("head"), font.get_sfnt_table("OS/2")
    if head is None or table is None:
        return None, None, None  # `Text` looks elsewhere then
    scale = prop.get_size_in_points() / head["unitsPerEm"]
    ascent, descent, gap = table["sTypoAscender"], table["sTypoDescender"], table["sTypoLineGap"]
    return ascent * scale, -descent * scale, gap * scale


def _settings(key: str) -> AbstractContextManager[None]:
    """Return the settings that matplotlib asks for only when it draws."""
    return mpl.rc_context(
        {
            "hatch.linewidth": theme.RC["hatch.linewidth"],
            "svg.fonttype": theme.RC["svg.fonttype"],
            "svg.hashsalt": key,
        }
    )


@contextlib.contextmanager
def _resolution(drawing: Figure) -> Iterator[None]:
    before = drawing.dpi
    drawing.dpi = _POINTS
    try:
        yield
    finally:
        drawing.dpi = before


@contextlib.contextmanager
def _transparent(drawing: Figure) -> Iterator[None]:
    patches = [drawing.patch, *(ax.patch for ax in drawing.axes)]
    before = [(patch.get_facecolor(), patch.get_edgecolor()) for patch in patches]
    for patch in patches:
        patch.set(facecolor="none", edgecolor="none")
    try:
        yield
    finally:
        for patch, (face, edge) in zip(patches, before, strict=True):
            patch.set(facecolor=face, edgecolor=edge)


@contextlib.contextmanager
def _laid_out(drawing: Figure, renderer: RendererSVG) -> Iterator[None]:
    """Lay a figure out, and let no drawing of it do so again."""
    engine, ax = drawing.get_layout_engine(), _only_plot(drawing)
    with contextlib.ExitStack() as stack:
        if ax is not None and isinstance(engine, ConstrainedLayoutEngine):
            stack.enter_context(_ticks_fixed(ax))
            _place(ax, engine, renderer)
            if _sticks_out(ax, renderer):
                _place(ax, engine, renderer)
        elif engine is not None:
            engine.execute(drawing)
        drawing.set_layout_engine("none")
        stack.callback(drawing.set_layout_engine, engine)
        yield


def _only_plot(drawing: Figure) -> Axes | None:
    """Return the Axes of a figure that has no others, where it would have them before any layout.

    The layout depends on where it starts, in the last digits.
    """
    if len(drawing.axes) != 1:
        return None
    (ax,) = drawing.axes
    spot = ax.get_subplotspec()
    if spot is None or spot.get_geometry()[:2] != (1, 1):
        return None
    _move(ax, spot.get_position(drawing))
    return ax


def _move(ax: Axes, place: Bbox) -> None:
    ax.set_position(place)
    ax.set_in_layout(True)  # setting the position by hand takes it out


def _place(ax: Axes, engine: ConstrainedLayoutEngine, renderer: RendererSVG) -> None:
    """Give one Axes all the room that its labels leave, as the constrained layout does.

    Notes
    -----
    That layout always measures twice, since ticks and what they say may change with the size of
    the Axes; ours are fixed.
    """
    drawing = ax.get_figure(root=True)
    box = ax.get_tightbbox(renderer, for_layout_only=True)
    if drawing is None or box is None:
        return
    pads = engine.get()
    across, up = (pads["w_pad"], pads["h_pad"]) / drawing.get_size_inches()
    inner = ax.get_position(original=True)
    outer = box.transformed(drawing.transFigure.inverted())
    left, bottom = inner.x0 - outer.x0 + across, inner.y0 - outer.y0 + up
    right, top = outer.x1 - inner.x1 + across, outer.y1 - inner.y1 + up
    if left + right < 1 and bottom + top < 1:
        _move(ax, Bbox.from_extents(left, bottom, 1 - right, 1 - top))


def _sticks_out(ax: Axes, renderer: RendererSVG) -> bool:
    """Return whether a text that is placed by data reaches over the edge, now that data moved."""
    ticks = [axis.get_major_ticks() for axis in (ax.xaxis, ax.yaxis)]
    ends = [tick.label1 for each in ticks if each for tick in (each[0], each[-1])]
    boxes = [text.get_window_extent(renderer) for text in (*ax.texts, *ends) if text.get_visible()]
    width, height = renderer.get_canvas_width_height()
    return any(box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height for box in boxes)


@contextlib.contextmanager
def _ticks_fixed(ax: Axes) -> Iterator[None]:
    """Find and word the ticks of both axes once: measuring and drawing ask a dozen times."""
    axes = (ax.xaxis, ax.yaxis)
    before = [(axis.get_major_locator(), axis.get_major_formatter()) for axis in axes]
    for axis, (_, formatter) in zip(axes, before, strict=True):
        places = axis.get_majorticklocs().tolist()
        ticks = list(zip(places, formatter.format_ticks(places), strict=True))
        shown = [tick for tick in ticks if _in_view(axis, tick[0])]
        axis.set_major_locator(FixedLocator([place for place, _ in shown]))
        axis.set_major_formatter(FixedFormatter([words for _, words in shown]))
    try:
        yield
    finally:
        for axis, (locator, formatter) in zip(axes, before, strict=True):
            axis.set_major_locator(locator)
            axis.set_major_formatter(formatter)


def _in_view(axis: Axis, place: float) -> bool:
    low, high = sorted(axis.get_view_interval())
    slack = 1e-6 * (high - low)
    return low - slack <= place <= high + slack
