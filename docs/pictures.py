"""Draw the pictures of the documentation again, after a change of the data or of the model.

Run with `.venv/bin/python docs/pictures.py`. No number stands in a picture's title, so that it
stays true when a figure moves a little.
"""

from pathlib import Path

from matplotlib import style
from matplotlib.figure import Figure

from demine_analysis import published
from demine_analysis.report import plots, series
from demine_analysis.report.plots import theme

IMAGES = Path(__file__).parent / "images"


def running_total() -> Figure:
    """Return the reconciled running total with the published ones."""
    scope = published.Scope()
    data = published.inputs("azerbaijan")
    reconciled = series.series(data.evidence, scope)
    points = reconciled.judge(published.cumulative(data.statements, scope))
    drawing = Figure(figsize=(7.6, 3.9), layout="constrained", facecolor="white")
    ax = drawing.add_subplot()
    plots.cumulative(reconciled.cumulative(), ax=ax, published=points, unit="ha")
    drawing.suptitle(
        "Cleared area in Azerbaijan since November 2020", x=0.01, ha="left", weight="bold"
    )
    return drawing


if __name__ == "__main__":
    with style.context(theme.RC):
        # Without metadata the same figures give the same bytes.
        running_total().savefig(IMAGES / "running-total.png", dpi=110, metadata={"Software": None})
