"""The explore page: one selection or two, their chart, and what a reader does with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from demine_analysis.errors import DemineError
from demine_analysis.report import display, findings
from demine_analysis.vocabulary import UNIT_OF_METRIC
from demine_analysis.wording import names
from demine_analysis.wording.language import translate

from .code import as_python
from .curves import Form, curves
from .page import in_new_tabs, page, table
from .points import Point, points, statements_behind
from .selection import Selection, read

if TYPE_CHECKING:
    from demine_analysis.scope import Scope

    from .curves import Curve

#: Names of the figures and files of the first selection, and of the one beside it.
_NAMES = ("selection", "beside")


class Drawn(NamedTuple):
    """What the chart shows: lines, their values, the cell that gives them, and what is left out."""

    lines: list[Curve]
    points: list[Point]
    code: str
    said: str


class Explorer:
    """Controls and a chart above the page of a selection.

    Parameters
    ----------
    dataset : str
        The dataset shown first.
    scope : Scope
        The selection shown first.
    """

    def __init__(self, dataset: str, scope: Scope) -> None:
        self.shown = [read(Selection.of(dataset, scope))]
        self.form = Form()
        names.use(self.shown[0].selection.data.programme.names)

    @property
    def scope(self) -> Scope:
        """Return the first selection's scope."""
        return self.shown[0].selection.scope

    def html(self) -> str:
        """Return the page of the present selections, or what is wrong with one."""
        try:
            pages = [page(each, name=_NAMES[place]).html for place, each in enumerate(self.shown)]
        except DemineError as cause:
            return refused(cause)
        return in_new_tabs("\n".join(pages))

    def select(self, **changes: str | None) -> str:
        """Change the first selection and return the page; what is refused changes nothing."""
        try:
            self.change(0, **changes)
        except DemineError as cause:
            return refused(cause)
        return self.html()

    def change(self, place: int, **changes: str | None) -> None:
        """Change a selection.

        Parameters
        ----------
        place : int
            0 for the first selection, 1 for the one beside it.
        **changes
            Fields of a scope, or another `dataset`, which comes alone.

        Raises
        ------
        DemineError
            If the change is refused; nothing has changed then.
        """
        before = self.shown[place].selection
        if changes.keys() == {"dataset"}:
            self.shown[place] = read(before.moved(str(changes["dataset"])))
        else:
            self.shown[place] = read(before.but(**changes))

    def lay_beside(self, *, there: bool) -> None:
        """Lay a second selection beside the first, at first the same, or take it away."""
        self.shown = [self.shown[0], self.shown[0]] if there else self.shown[:1]

    def choices(self, column: str) -> list[tuple[str, str]]:
        """Return what a control offers, as (words, code): "all" and every value of the data."""
        return self.shown[0].selection.choices(column)

    def drawn(self) -> Drawn:
        """Return what the chart shows of the present selections."""
        units = {UNIT_OF_METRIC[each.selection.scope.metric] for each in self.shown}
        said = ""
        if len(units) > 1:
            said = translate("Two units have no common axis: only the first selection is drawn.")
        lines = curves(self.shown[:1] if said else self.shown, self.form)
        return Drawn(lines, points(lines, self.form), as_python(lines, self.form), said)

    def controls(self) -> Any:
        """Return the controls, the chart and the page, as an ipywidgets box."""
        from .controls import Controls  # noqa: PLC0415 - needs ipywidgets, in the extra `reports`

        return Controls(self).box

    def _repr_mimebundle_(self, **options: Any) -> dict[str, Any]:
        """Return the controls for a notebook, and the page alone for everything else."""
        static = {"text/html": self.html(), "text/plain": findings.scope(self.scope)}
        try:
            shown = self.controls()._repr_mimebundle_(**options)
        except ImportError:
            return static
        return {**shown, **static}


def behind(point: Point) -> str:
    """Return the statements behind a point of the chart, with links to their pages."""
    shown = point.curve.shown
    names.use(shown.selection.data.programme.names)
    unit = findings.unit(shown.selection.scope.metric)
    words = [said for head, said in point.row["tip"].items() if head != translate("Page")]
    lead = display.paragraph(" · ".join(words), kind="lead")
    listed = table(
        statements_behind(point), shown, caption=findings.caption("statements_behind", unit=unit)
    )
    return in_new_tabs(display.together(lead, listed).html)


def refused(cause: DemineError) -> str:
    """Return why a change is refused, in place of a page."""
    return display.paragraph(str(cause), kind="missing").html
