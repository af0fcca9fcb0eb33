"""A figure's drawing and the words for its values; those of `plots` are kept by content."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import pandas as pd
from matplotlib import style
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from demine_analysis import cache, vocabulary
from demine_analysis.report import plots
from demine_analysis.report.plots import marks, theme
from demine_analysis.wording import formats, language, names

from .inline import inlined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from matplotlib.axes import Axes

_KIND = "figure"
_PLAIN = (str, int, float, pd.Timestamp, type(None))


@dataclass(frozen=True)
class Picture:
    """A figure as an SVG element, not yet described, and the words for its values.

    Parameters
    ----------
    svg : str
        The element.
    placed : tuple of Placed
        As from `marks.placed`.
    """

    svg: str
    placed: tuple[marks.Placed, ...]


def picture(drawing: Figure, key: str) -> Picture:
    """Return the drawing of a figure and the readings that it is marked with."""
    for ax in drawing.axes:
        theme.thin_names(ax)
    svg = inlined(drawn(drawing, key=key), key)
    return Picture(svg, tuple(marks.placed(drawing)))


def drawn(drawing: Figure, *, key: str) -> str:
    """Return a figure as an SVG document, on nothing: the page's colour shows through.

    Parameters
    ----------
    drawing : Figure
        Laid out by its own layout engine.
    key : str
        What identifiers are made of: the same key and figure give the same text.
    """
    buffer = io.StringIO()
    names = ("hatch.linewidth", "svg.fonttype", "text.parse_math")
    settings: Any = {name: theme.RC[name] for name in names}
    with mpl.rc_context({**settings, "svg.hashsalt": key}):
        _lay_out(drawing)
        drawing.savefig(
            buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    return buffer.getvalue()


def _lay_out(drawing: Figure) -> None:
    """Lay a figure out for good: `savefig` would draw it once more, to nothing, to do that."""
    engine = drawing.get_layout_engine()
    if engine is not None:
        FigureCanvasSVG(drawing)  # texts are as wide as in the drawing to come
        engine.execute(drawing)
        drawing.set_layout_engine(None)


def plotted(
    plot: Callable[..., Axes],
    frame: pd.DataFrame,
    *,
    key: str,
    height: float,
    options: Mapping[str, Any],
) -> Picture:
    """Return the picture of a frame by a function of `plots`, a kept one where there is one."""
    name = _name(plot, {"": frame, **options}, key, height)
    kept = cache.get(_KIND, name) if name else None
    if kept is not None and set(kept) == {"svg", "placed"}:
        return Picture(str(kept["svg"]), _read(kept["placed"]))
    width, usual = theme.SIZE
    with style.context(theme.RC):
        drawing = Figure(figsize=(width, usual * height), layout="constrained")
        plot(frame, ax=drawing.add_subplot(), **options)
        made = picture(drawing, key)
    if name:
        cache.put(_KIND, name, {"svg": made.svg, "placed": made.placed})
    return made


def _read(placed: list[list[Any]]) -> tuple[marks.Placed, ...]:
    return tuple(marks.Placed(marks.Reading(*reading), *place) for reading, *place in placed)


def _name(plot: Callable[..., Axes], inputs: Mapping[str, Any], *more: object) -> str:
    """Return what a picture is kept under; nothing where not all that decides it is known."""
    known = getattr(plots, getattr(plot, "__name__", ""), None) is plot
    frames = {name: each for name, each in inputs.items() if isinstance(each, pd.DataFrame)}
    others = {name: each for name, each in inputs.items() if name not in frames}
    if not known or not all(isinstance(value, _PLAIN) for value in others.values()):
        return ""
    return cache.key(
        (plot.__name__, sorted(others.items()), language.current(), *more),
        (theme.RC, theme.COLOURS, names.operators()),
        *(part for name, each in sorted(frames.items()) for part in (name, *_parts(each))),
        code=_code(),
    )


def _parts(frame: pd.DataFrame) -> Iterator[object]:
    """Yield what a frame consists of: names, types, and values, texts as they are written."""
    for name, column in frame.reset_index().items():
        values = column.to_numpy()
        yield frame.index.name, name, str(column.dtype)
        yield values.tolist() if values.dtype == object else values


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Return a hash of all that decides what a function of `plots` draws from given inputs."""
    modules = [Path(str(each.__file__)) for each in (formats, language, vocabulary)]
    rooms = [Path(__file__).parent, Path(str(plots.__file__)).parent, language.FOLDER]
    libraries = [_version(name) for name in ("babel", "matplotlib", "seaborn")]
    return cache.code(*modules, *rooms, libraries=libraries)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # Babel is in the extra `reports`; numbers are written without
        return ""
