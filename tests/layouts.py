"""Small layouts of figures on a grid, as the mathematics sees them."""

from __future__ import annotations

import numpy as np

from demine_analysis.model import Design, Figures, Floats, Grid

ROUNDING = 0.002


def figures(
    spans: list[tuple[float, float]],
    values: Floats,
    *,
    parts: list[tuple[bool, ...]] | None = None,
    notice: list[int] | None = None,
) -> Figures:
    count = len(spans)
    start, end = np.array(spans, dtype=float).T
    return Figures(
        start=start,
        end=end,
        parts=np.array(parts or [(True,)] * count),
        log_value=np.log(values),
        rounding=np.full(count, ROUNDING),
        log_share=np.zeros(count),
        within_week=np.zeros(count),
        notice=np.array(notice or [-1] * count, dtype=np.int64),
    )


def work(weeks: int, seed: int = 0, spread: float = 0.25) -> Floats:
    """Return invented weekly work about 100."""
    return np.asarray(100 * np.exp(spread * np.random.default_rng(seed).standard_normal(weeks)))


def weekly_design(truth: Floats, *spans: tuple[int, int], factor: dict[int, float]) -> Design:
    """Return a figure for every week and further spans; some are misprinted by a factor."""
    all_spans = [*((week, week + 1) for week in range(len(truth))), *spans]
    values = np.array([truth[first:last].sum() for first, last in all_spans])
    for figure, wrong in factor.items():
        values[figure] *= wrong
    grid = Grid(weeks=len(truth), parts=1, notices=3)
    return Design(grid, figures(list(all_spans), values), np.array([np.log(np.median(truth))]))


def mixed_design() -> Design:
    """Return two parts, figures of either and of both, some of unstated scope, odd days."""
    grid = Grid(weeks=20, parts=2, notices=3, phase=0.3)
    both, first = (True, True), (True, False)
    rows = [
        ((0.0, 20.0), 4100.0, both, -1),
        ((0.0, 8.5), 1500.0, both, 2),
        ((3.0, 4.0), 190.0, both, 0),
        ((5.0, 6.0), 150.0, both, 0),
        ((9.3, 13.7), 600.0, both, 1),
        ((0.0, 20.0), 1700.0, first, -1),
        ((10.0, 11.0), 95.0, first, -1),
        ((12.0, 13.0), 900.0, first, -1),
    ]
    spans, values, parts, notice = zip(*rows, strict=True)
    table = figures(list(spans), np.array(values), parts=list(parts), notice=list(notice))
    return Design(grid, table, np.log(np.array([90.0, 110.0])))
