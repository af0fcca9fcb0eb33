"""Matplotlib figures as inline SVG that follows the page: its colours, its fonts and its width."""

from __future__ import annotations

from html import escape
from itertools import compress
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from demine_analysis.report.plots import marks, theme
from demine_analysis.wording.language import marked, translate

from .blocks import Block, csv_link, identifier, paragraph
from .inline import described
from .pictures import Picture, picture, plotted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Columns of the table of a chart's values.
HEADS = (
    marked("For"),
    marked("What"),
    marked("Value"),
    marked("80% interval"),
    marked("Statement"),
)


def chart(
    plot: Callable[..., Axes],
    frame: pd.DataFrame,
    *,
    name: str,
    title: str,
    alt: str,
    see: str = "",
    height: float = 1.0,
    **options: Any,
) -> Block:
    """Draw a frame with a function of `plots` and return it as a figure of the report.

    Parameters
    ----------
    plot : callable
        A function of `plots`.
    frame : DataFrame
        What it draws, and what the download gives.
    name : str
        Anchor of the figure and name of its download.
    title : str
        The finding, in one sentence. It is shown alone where the frame is empty.
    alt : str
        What the figure shows, with numbers, for those who cannot see it.
    see : str
        What to look at, in a sentence below the figure.
    height : float
        Height as a multiple of the usual one, for figures with many rows.
    **options
        Handed to `plot`.
    """
    if frame.empty:
        return paragraph(title, kind="missing")
    key = identifier(name)
    made = plotted(plot, frame, key=key, height=height, options=options)
    beside = {part: each for part, each in options.items() if isinstance(each, pd.DataFrame)}
    return _block(made, title=title, alt=alt, data={name: frame, **beside}, name=name, see=see)


def figure(
    drawing: Axes | Figure,
    *,
    title: str,
    alt: str,
    data: Mapping[str, pd.DataFrame],
    name: str,
    see: str = "",
) -> Block:
    """Return a drawing as `<figure>`: title, SVG, caption, download, values as a table.

    Parameters
    ----------
    drawing : Axes or Figure
        What to show.
    title, alt, name, see : str
        As for `chart`.
    data : mapping of str to DataFrame
        Exactly what is drawn, by name: each frame is a download.
    """
    whole = drawing.get_figure(root=True) if isinstance(drawing, Axes) else drawing
    if whole is None:
        raise ValueError("figure needs Axes that belong to a Figure, got Axes that were removed")
    made = picture(whole, identifier(name))
    return _block(made, title=title, alt=alt, data=data, name=name, see=see)


def _block(
    made: Picture, *, title: str, alt: str, data: Mapping[str, pd.DataFrame], name: str, see: str
) -> Block:
    key = identifier(name)
    drawing = described(made.svg, key, alt)
    points = ";".join(f"{each.x:g} {each.y:g} {each.along}" for each in made.placed)
    caption = f"<p>{escape(see, quote=False)}</p>" if see else ""
    downloads = " ".join(
        csv_link(
            frame, name if part == name else f"{name} {part}", part="" if part == name else part
        )
        for part, frame in data.items()
        if len(frame)
    )
    words = escape(translate("Link to this figure"))
    links = f'<p class="demine-links">{downloads} <a href="#figure-{key}">{words}</a></p>'
    html = (
        f'<figure class="demine-figure" id="figure-{key}" aria-labelledby="{key}-title">'
        f'<h3 class="demine-title" id="{key}-title">{escape(title, quote=False)}</h3>'
        f'<div class="demine-plot" data-points="{points}">{drawing}</div>'
        f"<figcaption>{caption}{_values(made, key, links)}</figcaption></figure>"
    )
    return Block(html, f"{title}\n{alt}")


def _values(made: Picture, key: str, links: str) -> str:
    """Return the readings of a picture as a table, with the downloads, that opens below it."""
    heads = [translate(name) for name in HEADS]
    filled = [any(each.reading[place] for each in made.placed) for place in range(len(heads))]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in compress(heads, filled))
    rows = "\n".join(_row(each.reading, filled) for each in made.placed)
    words = escape(translate("Values"))
    table = (
        f'<div class="demine-table" role="region" tabindex="0" aria-labelledby="{key}-title">'
        f"<table><thead><tr>{head}</tr></thead><tbody>\n{rows}\n</tbody></table></div>"
    )
    return (
        f'<details class="demine-values"><summary>{words}</summary>'
        f"{links}{table if made.placed else ''}</details>"
    )


def _row(reading: marks.Reading, filled: list[bool]) -> str:
    name = reading.statement
    page = identifier(name.rpartition(".")[0])
    link = f'<a href="#source-{page}">{escape(name)}</a>' if name else ""
    texts = [*(escape(each, quote=False) for each in reading[1:-1]), link]
    cells = "".join(f"<td>{text}</td>" for text in compress(texts, filled[1:]))
    return f'<tr><th scope="row">{escape(reading.of, quote=False)}</th>{cells}</tr>'


def stylesheet() -> str:
    """Return the CSS that figures need in a page: colours, light and dark, and sizes."""
    return (
        theme.css_variables()
        + """
.demine-figure{margin:1.5rem 0;break-inside:avoid}
.demine-plot{position:relative;max-width:36rem}
.demine-svg{width:100%;height:auto;display:block}
.demine-values{font-size:.9rem}
.demine-values .demine-table{max-height:20rem;overflow:auto}
.demine-links{font-size:.85rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.demine-table{overflow-x:auto}
.demine-table table{min-width:34rem}
.demine-number{text-align:right;font-variant-numeric:tabular-nums}
"""
    )
