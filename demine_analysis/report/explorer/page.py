"""The page of a selection: its series, its years, the statements behind it, and downloads."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

from matplotlib import style
from matplotlib.figure import Figure

from demine_analysis import published
from demine_analysis.report import display, findings, plots
from demine_analysis.report.plots import theme
from demine_analysis.vocabulary import QUALIFIERS, UNIT_OF_METRIC, label
from demine_analysis.wording import names
from demine_analysis.wording.language import translate

from .selection import Selection, Shown, read

if TYPE_CHECKING:
    import pandas as pd

    from demine_analysis.published import Inputs
    from demine_analysis.scope import Scope

#: Statements shown below a figure.
_MOST = 200
#: Without a page around them links would look like other text.
_LINKS = ".demine-links a,.demine-table td a{text-decoration:underline}"
#: Caption of the table of each selection.
_CAPTIONS = {"selection": "statements", "beside": "statements_beside"}


def view(data: Inputs, scope: Scope) -> display.Block:
    """Return the page of a selection: running total, years, statements with links, downloads.

    Parameters
    ----------
    data : Inputs
        As from `published.inputs`.
    scope : Scope
        The selection.
    """
    return page(read(Selection("", scope, data)))


def page(shown: Shown, *, name: str = "selection") -> display.Block:
    """Return the page of a selection that has been read; its figures and files carry `name`."""
    data, scope, reconciled = shown.selection.data, shown.selection.scope, shown.series
    names.use(data.programme.names)
    used = published.select(shown.statements, scope).sort_values("period_end", ascending=False)
    running = reconciled.judge(published.cumulative(shown.statements, scope))
    annual = published.annual(shown.statements, scope)
    caption = findings.caption(_CAPTIONS[name], unit=findings.unit(scope.metric))
    whole = display.together(
        display.Block(f"<style>{display.stylesheet()}{_LINKS}</style>", ""),
        display.paragraph(findings.scope(scope), kind="lead"),
        display.paragraph(findings.reason(reconciled.reason, contradicted=reconciled.contradicted)),
        _running_chart(shown, running, annual, name),
        _annual_chart(shown, annual, name),
        table(used, shown, caption=caption),
    )
    return display.without_list(whole, data.sources)


def in_new_tabs(html: str) -> str:
    """Return HTML whose links to pages open beside JupyterLab, which they would replace."""
    return html.replace(' rel="external noopener"', ' rel="external noopener" target="_blank"')


def table(used: pd.DataFrame, shown: Shown, *, caption: str) -> display.Block:
    """Return statements as a table whose last column leads to their pages."""
    return display.table(
        display.with_sources(used.head(_MOST), shown.selection.data.sources),
        caption=caption,
        columns=findings.headings(
            "statement_id", "period_start", "period_end", "value", "qualifier", "operator", "source"
        ),
        formatting={
            "qualifier": lambda code: translate(label(code, QUALIFIERS)),
            "operator": names.operator,
        },
        missing=translate("No published figure has this selection."),
    )


def png_link(drawing: Figure, name: str) -> str:
    """Return a link that downloads a figure as PNG from inside the page."""
    buffer = io.BytesIO()
    drawing.savefig(buffer, format="png", dpi=200, metadata={"Software": None})
    content = base64.b64encode(buffer.getvalue()).decode()
    words = translate("Download the figure (PNG)")
    return f'<a download="{name}.png" href="data:image/png;base64,{content}">{words}</a>'


def _running_chart(
    shown: Shown, running: pd.DataFrame, annual: pd.DataFrame, name: str
) -> display.Block:
    metric, reconciled = shown.selection.scope.metric, shown.series
    unit, total, years = UNIT_OF_METRIC[metric], reconciled.cumulative(), reconciled.annual()
    if total.empty and running.empty:
        return display.paragraph(findings.running_total(running, metric), kind="missing")
    frame = total if len(total) else running
    column = "median" if len(total) else "value"
    with style.context(theme.RC):
        drawing = Figure(figsize=theme.SIZE, layout="constrained")
        plots.cumulative(frame, published=running, unit=unit, ax=drawing.add_subplot())
        last = findings.last_year(years)
        title = findings.trend_opening(
            metric=metric, years=years, change=reconciled.change(last),
            this_year=reconciled.this_year(), annual=annual, running=running,
        )  # fmt: skip
        link = png_link(drawing, name)
        figure = display.figure(
            drawing,
            title=title,
            alt=findings.extent(frame, column, unit),
            data={name: frame, "published": running},
            name=name,
            see=findings.see("running_total"),
        )
    return display.together(figure, display.Block(f'<p class="demine-links">{link}</p>', ""))


def _annual_chart(shown: Shown, annual: pd.DataFrame, name: str) -> display.Block:
    metric, years = shown.selection.scope.metric, shown.series.annual()
    frame = years if len(years) else annual
    return display.chart(
        plots.annual,
        frame,
        published=annual,
        unit=UNIT_OF_METRIC[metric],
        name=f"{name}-years",
        title=findings.years_in_a_row(years)
        if len(years)
        else findings.annual_change(annual, metric),
        alt=findings.extent(frame, "median" if len(years) else "value", UNIT_OF_METRIC[metric]),
        see=findings.see("annual"),
    )
