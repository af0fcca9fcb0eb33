"""Matplotlib figures as inline SVG that follows the page: its colours, its fonts and its width."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from demine_analysis.report.plots import theme
from demine_analysis.wording.language import translate

from .blocks import Block, csv_link, identifier, paragraph
from .inline import described
from .pictures import Picture, picture, plotted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_HIDE = "<style>@media(max-width:40rem){.demine-wide{display:none}}@media(min-width:40.01rem){.demine-narrow{display:none}}@media print{.demine-wide{display:block}.demine-narrow{display:none}}</style>"  # noqa: E501 - one rule, written as short as it is in the page


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
    """Return a drawing as `<figure>`: title, SVG for wide and narrow pages, caption, download.

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
    wide = described(made.wide, f"{key}-w", alt)
    narrow = described(made.narrow, f"{key}-n", alt)
    caption = f"<p>{escape(see, quote=False)}</p>" if see else ""
    downloads = " ".join(
        csv_link(
            frame, name if part == name else f"{name} {part}", part="" if part == name else part
        )
        for part, frame in data.items()
        if len(frame)
    )
    words = escape(translate("Link to this figure"))
    permalink = f'<a href="#figure-{key}">{words}</a>'
    html = (
        f'<figure class="demine-figure" id="figure-{key}" aria-labelledby="{key}-title">'
        f'<h3 class="demine-title" id="{key}-title">{escape(title, quote=False)}</h3>{_HIDE}'
        f'<div class="demine-wide">{wide}</div><div class="demine-narrow">{narrow}</div>'
        f'<figcaption>{caption}<p class="demine-links">{downloads} {permalink}</p>'
        f"</figcaption></figure>"
    )
    return Block(html, f"{title}\n{alt}")


def stylesheet() -> str:
    """Return the CSS that figures need in a page: colours, light and dark, and sizes."""
    return (
        theme.css_variables()
        + """
.demine-figure{margin:1.5rem 0;max-width:52rem;break-inside:avoid}
.demine-svg{width:100%;height:auto;display:block}
.demine-links{font-size:.85rem;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.demine-table{overflow-x:auto}
.demine-table table{min-width:34rem}
.demine-number{text-align:right;font-variant-numeric:tabular-nums}
"""
    )
