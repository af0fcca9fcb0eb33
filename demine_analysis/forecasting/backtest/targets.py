"""What forecasts are scored against: figures that were published after the forecast."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis.errors import ParameterError
from demine_analysis.reconciliation.evidence.joining import observations
from demine_analysis.reconciliation.statements import publication_date, usable
from demine_analysis.scope import WHOLE

WEEK = pd.Timedelta(days=7)

_PERIODS = ("week", "month", "year")


def targets(
    statements: pd.DataFrame, metric: str = "area_cleared", operator: str = WHOLE
) -> pd.DataFrame:
    """Return the published weekly, monthly and annual figures that count somebody's work.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    metric : str
        What is counted.
    operator : str
        Whose work; "all": everybody's, or that of a sole operator where nobody prints a whole.

    Returns
    -------
    DataFrame
        One row a figure, however many papers print it: `statement_id` (the first), `period`,
        `period_start`, `period_end`, `value`, `published` (first seen), and the columns that
        `Projection.predict` needs.

    Raises
    ------
    ParameterError
        If there is no such figure.
    """
    chosen = usable(statements, metric=metric)
    chosen = chosen[_counts(chosen, operator) & chosen["period"].isin(_PERIODS)]
    if chosen.empty:
        whose = "all operators; give operator=..." if operator == WHOLE else operator
        raise ParameterError(
            f"nothing to score forecasts of {metric} against: none of {len(statements)} "
            f"statements is a weekly, monthly or annual figure of {whose} with known days"
        )
    figures = observations(chosen)
    seen = publication_date(chosen).set_axis(chosen["statement_id"])
    period = chosen["period"].set_axis(chosen["statement_id"])
    papers = [list(ids) for ids in figures["statement_ids"]]
    return pd.DataFrame(
        {
            "statement_id": [ids[0] for ids in papers],
            "period": [period[ids[0]] for ids in papers],
            "period_start": figures["start"],
            "period_end": figures["end"],
            "value": figures["value"],
            "published": [seen[ids].min() for ids in papers],
            "metric": metric,
            "operator": operator,
            "district": "all",
            "land_use": "all",
        }
    )


def _counts(figures: pd.DataFrame, operator: str) -> pd.Series:
    """Return which figures count an operator's work; a sole operator's is all there is."""
    own = figures["operator"] == operator
    alone = operator == WHOLE and len(figures["operator"].unique()) == 1
    return own | alone


def ahead(table: pd.DataFrame, origin: pd.Timestamp, weeks: int) -> pd.DataFrame:
    """Return the targets of an origin, with `horizon` in weeks.

    A target's period ends after the origin, by so many weeks at most, and it was published after
    the origin. It may have begun before: what was known of it then counts as known.
    """
    horizon = np.ceil((table["period_end"] - origin) / WEEK).astype(int)
    open_then = (horizon >= 1) & (horizon <= weeks) & (table["published"] > origin)
    return table.assign(horizon=horizon)[open_then & (table["value"] > 0)]
