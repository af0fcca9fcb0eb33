"""The explore notebook's page: a selection's series with the statements behind it, and controls.

`view` makes the page of one selection. `Explorer` puts controls above it where ipywidgets is
installed and a notebook is open; anywhere else (a rendered report, a terminal) it is that page.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from matplotlib import style
from matplotlib.figure import Figure

from demine_analysis import published
from demine_analysis.errors import DemineError
from demine_analysis.published import Inputs
from demine_analysis.report import display, findings, plots
from demine_analysis.report.plots import theme
from demine_analysis.report.series import Series, series
from demine_analysis.scope import WHOLE, Scope
from demine_analysis.vocabulary import (
    LAND_USES,
    METRICS,
    QUALIFIERS,
    UNIT_OF_METRIC,
    label,
    resolve_code,
    resolve_district,
)
from demine_analysis.wording import names
from demine_analysis.wording.language import translate
from demine_analysis.wording.names import operator, operators

if TYPE_CHECKING:
    import pandas as pd

#: Statements shown below a figure; the download has all of them.
_SHOWN = 200
_FIELDS = ("metric", "district", "operator", "land_use", "start", "end")


def view(data: Inputs, scope: Scope) -> display.Block:
    """Return the page of a selection: running total, years, statements with links, downloads.

    Parameters
    ----------
    data : Inputs
        As from `published.inputs`.
    scope : Scope
        The selection.
    """
    statements = published.known_by(data.statements, scope.as_of)
    reconciled = series(data.evidence, scope)
    used = published.select(statements, scope).sort_values("period_end", ascending=False)
    running = reconciled.judge(published.cumulative(statements, scope))
    annual = published.annual(statements, scope)
    page = display.together(
        display.Block(f"<style>{display.stylesheet()}</style>", ""),
        display.paragraph(findings.scope(scope), kind="lead"),
        display.paragraph(findings.reason(reconciled.reason, contradicted=reconciled.contradicted)),
        _running_chart(reconciled, running, annual, scope.metric),
        _annual_chart(reconciled, annual, scope.metric),
        _table(used, data.sources, scope.metric),
    )
    return display.without_list(page, data.sources)


class Explorer:
    """Controls above the page of a selection.

    Parameters
    ----------
    dataset : str
        The dataset shown first.
    scope : Scope
        The selection shown first.
    """

    def __init__(self, dataset: str, scope: Scope) -> None:
        self.dataset = dataset
        self.data = published.inputs(dataset)
        self.scope = _spelt(self.data, scope)
        names.use(self.data.programme.names)

    def html(self) -> str:
        """Return the page of the present selection, or what is wrong with it."""
        try:
            return view(self.data, self.scope).html
        except DemineError as cause:
            return display.paragraph(str(cause), kind="missing").html

    def select(self, **changes: str | None) -> str:
        """Change the selection and return its page; one that is refused changes nothing."""
        try:
            self.scope = _spelt(self.data, self.scope.but(**changes))
        except DemineError as cause:
            return display.paragraph(str(cause), kind="missing").html
        return self.html()

    def choices(self, column: str) -> list[tuple[str, str]]:
        """Return what a control offers, as (words, code): "all" and every value of the data."""
        names: dict[str, Any] = {"metric": METRICS, "operator": operators(), "land_use": LAND_USES}
        codes = sorted({*self.data.statements[column], getattr(self.scope, column)} - {"all"})
        first = [] if column == "metric" else ["all"]
        return [(translate(label(code, names.get(column, {}))), code) for code in first + codes]

    def controls(self) -> Any:
        """Return the controls with the page below, as an ipywidgets box."""
        import ipywidgets  # noqa: PLC0415 - in the extra `reports` only

        page = ipywidgets.HTML(value=self.html())
        boxes = {
            name: ipywidgets.Dropdown(
                options=self.choices(name),
                value=getattr(self.scope, name),
                description=translate(name.replace("_", " ").capitalize()),
            )
            for name in _FIELDS[:4]
        }
        for name in _FIELDS[4:]:
            boxes[name] = ipywidgets.Text(
                value=getattr(self.scope, name) or "",
                placeholder="YYYY-MM-DD",
                description=translate(name.capitalize()),
                continuous_update=False,
            )

        def _changed(_event: object) -> None:
            chosen = {name: box.value or None for name, box in boxes.items()}
            page.value = display.paragraph(translate("Working …")).html
            page.value = self.select(**chosen)

        for box in boxes.values():
            box.observe(_changed, names="value")
        grid = ipywidgets.HBox(list(boxes.values()))
        grid.layout.flex_flow = "row wrap"
        return ipywidgets.VBox([grid, page])

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Return the controls for a notebook, and the page alone for everything else."""
        static = {"text/html": self.html(), "text/plain": findings.scope(self.scope)}
        try:
            shown = self.controls()._repr_mimebundle_(**options)
        except ImportError:
            return static
        return {**shown, **static}


def _spelt(data: Inputs, scope: Scope) -> Scope:
    """Return a selection as its data spell it; names that they do not have are refused."""
    there = data.statements
    known = [WHOLE, *there["district"].unique()]
    operators_there = [WHOLE, *sorted(set(there["operator"]) - {WHOLE})]
    return scope.but(
        district=resolve_district(scope.district, known=known, aliases=data.programme.districts),
        operator=resolve_code(scope.operator, operators_there, what="operator"),
        land_use=resolve_code(scope.land_use, LAND_USES, what="land_use"),
    )


def png_link(drawing: Figure, name: str) -> str:
    """Return a link that downloads a figure as PNG from inside the page."""
    buffer = io.BytesIO()
    drawing.savefig(buffer, format="png", dpi=200, metadata={"Software": None})
    content = base64.b64encode(buffer.getvalue()).decode()
    words = translate("Download the figure (PNG)")
    return f'<a download="{name}.png" href="data:image/png;base64,{content}">{words}</a>'


def _running_chart(
    reconciled: Series, running: pd.DataFrame, annual: pd.DataFrame, metric: str
) -> display.Block:
    unit, total, years = UNIT_OF_METRIC[metric], reconciled.cumulative(), reconciled.annual()
    if total.empty and running.empty:
        return display.paragraph(findings.running_total(running, metric), kind="missing")
    shown = total if len(total) else running
    column = "median" if len(total) else "value"
    with style.context(theme.RC):
        drawing = Figure(figsize=theme.SIZE, layout="constrained")
        plots.cumulative(shown, published=running, unit=unit, ax=drawing.add_subplot())
        last = findings.last_year(years)
        title = findings.trend_opening(
            metric=metric, years=years, change=reconciled.change(last),
            this_year=reconciled.this_year(), annual=annual, running=running,
        )  # fmt: skip
        link = png_link(drawing, "selection")
        figure = display.figure(
            drawing,
            title=title,
            alt=findings.extent(shown, column, unit),
            data={"selection": shown, "published": running},
            name="selection",
            see=findings.see("running_total"),
        )
    return display.together(figure, display.Block(f'<p class="demine-links">{link}</p>', ""))


def _annual_chart(reconciled: Series, annual: pd.DataFrame, metric: str) -> display.Block:
    years = reconciled.annual()
    shown = years if len(years) else annual
    return display.chart(
        plots.annual,
        shown,
        published=annual,
        unit=UNIT_OF_METRIC[metric],
        name="selection-years",
        title=findings.years_in_a_row(years)
        if len(years)
        else findings.annual_change(annual, metric),
        alt=findings.extent(shown, "median" if len(years) else "value", UNIT_OF_METRIC[metric]),
        see=findings.see("annual"),
    )


def _table(used: pd.DataFrame, sources: pd.DataFrame, metric: str) -> display.Block:
    shown = display.with_sources(used.head(_SHOWN), sources)
    return display.table(
        shown,
        caption=findings.caption("statements", unit=findings.unit(metric)),
        columns=findings.headings(
            "statement_id", "period_start", "period_end", "value", "qualifier", "operator", "source"
        ),
        formatting={
            "qualifier": lambda code: translate(label(code, QUALIFIERS)),
            "operator": operator,
        },
        missing=translate("No published figure has this selection."),
    )
