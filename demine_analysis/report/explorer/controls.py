"""The controls of the explore page: two rows of them, the chart, what a click tells, the page.

Only `Explorer.controls` imports this module: it needs ipywidgets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets

from demine_analysis.errors import DemineError
from demine_analysis.report import display
from demine_analysis.report.display.blocks import csv_link
from demine_analysis.wording.language import marked, translate

from .chart import MIME, specification
from .explorer import behind, refused
from .look import embedding
from .points import as_frame
from .selection import LISTED, TYPED

if TYPE_CHECKING:
    from collections.abc import Callable

    from .explorer import Drawn, Explorer
    from .selection import Selection

_HOW = marked(
    "Point at the chart for values and click for the statements behind; drag to move, Ctrl and "
    "the wheel to zoom, double click to go back."
)


class Row:
    """The controls of one selection.

    Parameters
    ----------
    selection : Selection
        What they show first.
    changed : callable
        Called with the name of a control and its value when a reader changes it.
    """

    def __init__(self, selection: Selection, changed: Callable[[str, str | None], None]) -> None:
        self.controls = {name: ipywidgets.Dropdown(description=_words(name)) for name in LISTED}
        for name in TYPED:
            self.controls[name] = ipywidgets.Text(
                placeholder="YYYY-MM-DD", description=_words(name), continuous_update=False
            )
        self._changed = changed
        self._setting = False
        self.show(selection)
        for name, control in self.controls.items():
            control.observe(lambda event, name=name: self._told(name, event["new"]), names="value")
            control.style.description_width = "8em"
        self.box = ipywidgets.HBox(list(self.controls.values()))
        self.box.layout.flex_flow = "row wrap"

    def show(self, selection: Selection) -> None:
        """Show a selection without telling of it."""
        self._setting = True
        for name, control in self.controls.items():
            if name in LISTED:
                control.options = selection.choices(name)
            control.value = selection.value(name)
        self._setting = False

    def _told(self, name: str, value: str) -> None:
        if not self._setting:
            self._changed(name, value or None)


class Controls:
    """Everything that a notebook shows of an explorer, in `box`.

    Parameters
    ----------
    explorer : Explorer
        What is changed by them.
    """

    def __init__(self, explorer: Explorer) -> None:
        self.explorer = explorer
        first = explorer.shown[0].selection
        self.rows = [Row(first, self._teller(place)) for place in (0, 1)]
        self.weekly = ipywidgets.Dropdown(
            options=[(translate("Running total"), False), (translate("By week"), True)],
            description=translate("Chart"),
        )
        self.by_year = ipywidgets.Checkbox(description=translate("Years laid over each other"))
        self.beside = ipywidgets.Checkbox(description=translate("A second selection beside it"))
        self.second = ipywidgets.VBox()
        self.page = ipywidgets.HTML()
        self.said = ipywidgets.HTML()
        self.chart = ipywidgets.Output()
        self.data = ipywidgets.HTML()
        self.clicked = ipywidgets.TagsInput(allow_duplicates=True)
        self.behind = ipywidgets.HTML(layout={"max_height": "24rem", "overflow": "auto"})
        self.code = ipywidgets.Textarea(rows=16, layout={"width": "auto"})
        self.box = self._arranged()
        self._observed()
        self._show()

    def _arranged(self) -> Any:
        """Return everything in its place."""
        # Vega tells an input of what is clicked by an event that does not bubble. Of all controls
        # this one hears it: it takes what is entered as a tag. A reader need not see it.
        self.clicked.layout.display = "none"
        self.clicked.add_class(self._name())
        form = ipywidgets.HBox([self.weekly, self.by_year, self.beside])
        form.layout.flex_flow = "row wrap"
        cell = ipywidgets.Accordion([self.code], titles=(translate("Copy as Python"),))
        parts = [self.said, self.clicked, self.chart, self.data, self.behind, cell, self.page]
        return ipywidgets.VBox([self.rows[0].box, form, self.second, *parts])

    def _observed(self) -> None:
        for control in (self.weekly, self.by_year):
            control.observe(self._formed, names="value")
        self.beside.observe(self._laid, names="value")
        self.clicked.observe(self._picked, names="value")

    def _teller(self, place: int) -> Callable[[str, str | None], None]:
        """Return what is told of the changes of a row."""

        def _told(name: str, value: str | None) -> None:
            self._say(translate("Working …"))
            try:
                self.explorer.change(place, **{name: value})
            except DemineError as cause:
                self.said.value = refused(cause)
                return
            if name == "dataset":
                self.rows[place].show(self.explorer.shown[place].selection)
            self._show()

        return _told

    def _formed(self, _event: object) -> None:
        self.explorer.form = self.explorer.form._replace(
            weekly=self.weekly.value, by_year=self.by_year.value
        )
        self._draw(self.explorer.drawn())

    def _laid(self, _event: object) -> None:
        there = self.beside.value
        self.second.children = [self.rows[1].box] if there else []
        self.explorer.lay_beside(there=there)
        self.rows[1].show(self.explorer.shown[-1].selection)
        self._show()

    def _picked(self, event: dict[str, Any]) -> None:
        self.behind.value = behind(self.points[int(event["new"][-1])]) if event["new"] else ""

    def _show(self) -> None:
        self._draw(self.explorer.drawn())
        self.page.value = self.explorer.html()

    def _say(self, *sentences: str) -> None:
        self.said.value = display.paragraph(*sentences).html

    def _draw(self, drawn: Drawn) -> None:
        """Draw the chart anew, with nothing clicked."""
        self.points = drawn.points
        self.clicked.value = []
        self.code.value = drawn.code
        self.data.value = ""
        self.chart.outputs = ()
        self._say(drawn.said)
        if drawn.points:
            self._say(drawn.said, translate(_HOW))
            self.data.value = _links(csv_link(as_frame(drawn.lines), "chart"))
            self.chart.outputs = (self._output(drawn),)

    def _output(self, drawn: Drawn) -> dict[str, Any]:
        """Return the chart as an output of a cell."""
        clicked = f".{self._name()} input"
        spec = specification(drawn.lines, drawn.points, self.explorer.form, clicked=clicked)
        return {
            "output_type": "display_data",
            "data": {MIME: spec, "text/plain": spec["description"]},
            "metadata": {MIME: {"embed_options": embedding("chart")}},
        }

    def _name(self) -> str:
        return f"demine-clicked-{self.clicked.model_id}"


def _links(html: str) -> str:
    return f'<p class="demine-links">{html}</p>'


def _words(name: str) -> str:
    return translate(name.replace("_", " ").capitalize())
