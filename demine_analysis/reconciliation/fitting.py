"""One clearance series from overlapping, rounded, partly wrong figures: `reconcile`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from demine_analysis import arguments, model
from demine_analysis.errors import ContradictionError, ParameterError, ReconcileError
from demine_analysis.frames import tidied
from demine_analysis.reconciliation import keeping
from demine_analysis.reconciliation.evidence.gathering import gather
from demine_analysis.reconciliation.evidence.parts import Evidence
from demine_analysis.reconciliation.placing import KINDS, figures_on_grid
from demine_analysis.reconciliation.result import Reconciliation
from demine_analysis.reconciliation.statements import COLUMNS, from_records
from demine_analysis.scope import WHOLE, Scope
from demine_analysis.vocabulary import LAND_USES, METRICS, resolve_code, resolve_district

_DRAWS = 1000
_MOST_DRAWS = 10_000
_SET_ASIDE = 0.5
_LONGEST_GRID = 6000


def reconcile(  # noqa: PLR0913 - the public interface: names and order are fixed
    statements: pd.DataFrame,
    metric: str = "area_cleared",
    district: str = WHOLE,
    operator: str = WHOLE,
    land_use: str = WHOLE,
    as_of: str | pd.Timestamp | None = None,
    seed: int = 0,
    *,
    scales: model.Scales | None = None,
    draws: int = _DRAWS,
) -> Reconciliation:
    """Return one weekly series, with its uncertainty, from all published figures of a metric.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` or `load_records` return them.
    metric : str
        `area_cleared` (ha), `anti_personnel_mines`, `anti_vehicle_mines`,
        `unexploded_ordnance`, `explosive_items` or `mines` (items).
    district, operator, land_use : str
        "all", or one that has figures of its own: it is then reconciled jointly with the
        country's total, so that the parts add up to the whole in every draw; alone where no
        figure counts the whole. The whole of a programme whose figures mostly name an operator is
        reconciled from these, too, and is then the sum of `Reconciliation.parts`.
    as_of : date, optional
        Use only what had been published by then.
    seed : int
        Of the draws: the same inputs and seed give the same numbers, bit for bit.
    scales : Scales, optional
        Of the model; by default estimated from the figures.
    draws : int
        Number of draws from which quantiles are taken, at most 10,000.

    Raises
    ------
    ParameterError
        If a name, a date, the seed or the number of draws is not allowed.
    ReconcileError
        If no figure speaks of the scope, too few do, or they contradict each other.
    StatementError
        If the frame lacks columns, or a cell cannot be read.

    Examples
    --------
    >>> import demine_analysis as da
    >>> r = da.reconcile(da.load_statements("azerbaijan"))
    >>> year = r.total("2022-01-01", "2022-12-31")
    >>> bool(year["lower_95"] < 41_915 < year["upper_95"])
    True
    """
    seed = arguments.seed(seed)
    draws = arguments.whole_number(draws, "draws", least=1, most=_MOST_DRAWS)
    metric = resolve_code(metric, METRICS, what="metric")
    if _are_records(statements):
        statements = from_records(statements, metric=metric)
    statements = tidied(statements, COLUMNS)
    scope = _checked_scope(statements, metric, district, operator, land_use, as_of)
    evidence = gather(statements, scope)
    origin = _monday(evidence.figures["start"].min())
    design = _design(evidence, origin)
    if scales is not None:
        scales = arguments.instance(scales, model.Scales, "scales", "Reconciliation.scales")
    fitted = keeping.mode(design, scales or keeping.scales(design))
    _require_agreement(evidence, fitted)
    estimates = statements[statements["metric"] == "contaminated_area"]
    return Reconciliation(scope, evidence, origin, fitted, seed, draws, estimates)


def _checked_scope(
    statements: pd.DataFrame,
    metric: str,
    district: str,
    operator: str,
    land_use: str,
    as_of: str | pd.Timestamp | None,
) -> Scope:
    if district != WHOLE:
        district = resolve_district(district, known=statements["district"].unique())
    operator = _spelt(operator, statements["operator"].unique(), "operator")
    land_use = _spelt(land_use, [*LAND_USES, *statements["land_use"].unique()], "land_use")
    day = None if as_of is None else f"{arguments.day(as_of, 'as_of'):%Y-%m-%d}"
    return Scope(metric=metric, district=district, operator=operator, land_use=land_use, as_of=day)


def _are_records(statements: object) -> bool:
    return (
        isinstance(statements, pd.DataFrame)
        and "statement_id" not in statements
        and "record_id" in statements
    )


def _spelt(name: str, known: Iterable[str], what: str) -> str:
    """Return a name as the statements spell it, whatever its case; `gather` judges the rest."""
    if not isinstance(name, str) or not name.strip():
        raise ParameterError(f"{what} must be a name, or {WHOLE!r}, got {name!r}")
    return {each.casefold(): each for each in [*known, WHOLE]}.get(name.strip().casefold(), name)


def _monday(day: pd.Timestamp) -> pd.Timestamp:
    return pd.Timestamp(day) - pd.Timedelta(days=pd.Timestamp(day).weekday())


def _design(evidence: Evidence, origin: pd.Timestamp) -> model.Design:
    table = evidence.figures
    weeks = int((table["end"].max() - origin).days // 7 + 1)
    if weeks > _LONGEST_GRID:
        raise ReconcileError(
            f"the figures span {weeks} weeks, from {table['start'].min():%Y-%m-%d} to "
            f"{table['end'].max():%Y-%m-%d}; at most {_LONGEST_GRID} are reconciled. "
            "Is one of these dates a misprint?"
        )
    figures = figures_on_grid(table, origin)
    phase = (origin.day_of_year - 1) / 365.2425
    first = tuple((day - origin).days / 7 for day in evidence.first) if evidence.late else ()
    grid = model.Grid(weeks, len(evidence.parts), len(KINDS), phase, first)
    return model.Design(grid, figures, _typical(figures, grid.parts))


def _require_agreement(evidence: Evidence, fitted: model.Fit) -> None:
    """Refuse figures of which half cannot be true beside the others.

    The mode would keep one of them, the others would count as misprints, and the interval about
    the one that was kept would be narrow.
    """
    figures, scales = fitted.design.figures, fitted.scales
    variance = model.base_variance(figures, scales)
    probability = model.readings(fitted.deviation(), variance, model.odds(figures, scales))
    aside = probability[:, -1] > _SET_ASIDE
    if len(aside) > 1 and 2 * aside.sum() >= len(aside):
        first = evidence.figures[aside].iloc[0]
        raise ContradictionError(
            f"the figures contradict each other: {aside.sum()} of {len(aside)} cannot be true "
            f"beside the others, among them {first['value']:g} of {first['statement_ids'][0]!r} "
            f"for {first['start']:%Y-%m-%d} to {first['end']:%Y-%m-%d}. See what audit says of "
            "them, and leave out what is wrong"
        )


def _typical(figures: model.Figures, parts: int) -> model.Floats:
    """Return the log of a typical week's work of each part: the median of its figures' rates."""
    rate = figures.log_value - np.log(figures.end - figures.start)
    whole = figures.parts.all(axis=1)
    own = [rate[figures.parts[:, part] & ~whole] for part in range(parts)]
    share = float(np.median(rate[whole] if whole.any() else rate)) - np.log(parts)
    return np.array([float(np.median(rates)) if len(rates) else share for rates in own])
