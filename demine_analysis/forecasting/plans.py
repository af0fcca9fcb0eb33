"""Plans against outcomes: what was announced or asked for, and what came of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from demine_analysis.arguments import instance
from demine_analysis.errors import ParameterError
from demine_analysis.forecasting import project
from demine_analysis.forecasting.projecting import LATEST
from demine_analysis.frames import tidied, with_unique_ids, with_values
from demine_analysis.published import Scope, known_by, pick, select
from demine_analysis.reconciliation.intervals import COLUMNS, interval_frame
from demine_analysis.reconciliation.result import Reconciliation
from demine_analysis.reconciliation.statements import COLUMNS as COLUMNS_NEEDED
from demine_analysis.wording import formats
from demine_analysis.wording.language import translate as _

_KEYS = [
    "status",
    "period_start",
    "period_end",
    "planned",
    "operator",
    "district",
    "land_use",
]
_DAYS = ["period_start", "period_end"]
_IMPOSSIBLE = 3.0
"""Times the fastest quarter until then, from which a pace was out of reach when announced."""
_TRIVIAL = 0.01
"""Part of the period that the plan would have taken all institutions at the pace of then."""
_QUARTER, _YEAR = 13, 52
_DAY = pd.Timedelta(days=1)


def plans(statements: pd.DataFrame, r: Reconciliation) -> pd.DataFrame:
    """Return every planned or requested figure with what became of it.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    r : Reconciliation
        Of the metric that was planned; of all operators, districts and land uses.

    Returns
    -------
    DataFrame
        One row a plan, however many pages repeat it and however many days one page can be read to
        name for it, by `period_end`; index `statement_id` of the first page. `status` (planned,
        requested), `period_start`, `period_end`, `planned` (ha or items), `qualifier`, `operator`,
        `district`, `land_use`, `published` (first seen), `n_statements`; median and intervals of
        the outcome; `ratio`, `ratio_lower_80`, `ratio_upper_80` (outcome over plan); `probability`
        (that the plan is or was met); `outcome`: `met`, `missed`, `open` (the period runs, or its
        result is not certain) or `not known`; `basis`: `reconciled`, `projected`, the
        `statement_id` of a published figure, or empty; `flag`: `impossible`, `trivial`, `no plan`
        or empty, with the `reason`.

    Raises
    ------
    ParameterError
        If there are no statements, or no plan is among them.
    StatementError
        If the frame lacks columns, or a cell cannot be read.

    Notes
    -----
    Outcomes of the country's total come from the reconciled series, stitched with a projection
    where the period still runs; those of a district, land use or operator from the published
    figure for the same period, where there is one. A plan without a first day counts from its
    announcement. Impossible: the pace it needed from its announcement on was more than three times
    the fastest quarter until then. Trivial: at the pace of then, all institutions together would
    have needed less than a hundredth of its period. No plan: published when its period was over.
    """
    r = instance(r, Reconciliation, "r", "reconcile")
    statements = _readable(statements)
    table = _announced(statements, r)
    starts = table["period_start"].fillna(table["published"])
    first = starts.where(starts > r.start, r.start)
    whole = _counts_everything(table, r) & table["period_end"].between(r.start, LATEST)
    drawn = _outcomes(r, first[whole], table.loc[whole, "period_end"])
    weekly = r.weekly()["median"]
    rows = []
    for name in table.index:
        plan = table.loc[name]
        flag, reason = _flag(plan, first[name], weekly)
        row = _judged(plan, drawn.get(name), r.end, statements)
        rows.append(row | {"flag": flag, "reason": reason})
    return table.join(pd.DataFrame(rows, index=table.index))


def _readable(statements: pd.DataFrame) -> pd.DataFrame:
    if isinstance(statements, pd.DataFrame) and statements.empty:
        raise ParameterError("no statements: the frame has no rows, so there are no plans in it")
    rows = tidied(statements, COLUMNS_NEEDED).reset_index(drop=True)
    if "published" not in rows:
        rows = rows.assign(published=pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]"))
    return with_unique_ids(rows)


def _announced(statements: pd.DataFrame, r: Reconciliation) -> pd.DataFrame:
    """Return one row a plan, at its first publication, index `statement_id`."""
    frame = known_by(statements, r.scope.as_of)
    frame = frame[
        frame["status"].isin(["planned", "requested"]) & (frame["metric"] == r.scope.metric)
    ]
    if frame.empty:
        raise ParameterError(
            f"none of {len(statements)} statements is a planned or requested figure of "
            f"{r.scope.metric}"
        )
    frame = _of_one_reading(with_values(frame).rename(columns={"value": "planned"}))
    frame = frame.sort_values(["published", "other_days", "statement_id"])
    count = frame.groupby(_KEYS, dropna=False)["planned"].transform("size")
    columns = ["statement_id", *_KEYS, "qualifier", "published"]
    table = frame.assign(n_statements=count).drop_duplicates(_KEYS)
    table = table[[*columns, "n_statements"]].sort_values(
        ["period_end", "published", "statement_id"]
    )
    return table.set_index("statement_id")


def _of_one_reading(frame: pd.DataFrame) -> pd.DataFrame:
    """Return plans with `other_days`: whether their page has them with days that stand for theirs.

    A page that prints a number once and its days unclearly has a statement for each reading. They
    share a page, a scope and a day; those days stand that most statements give, then the later.
    """
    if "source_id" not in frame:
        return frame.assign(other_days=False)
    page = ["source_id", *(key for key in _KEYS if key not in _DAYS)]
    counted = frame.assign(count=frame.groupby(_KEYS, dropna=False)["planned"].transform("size"))
    ordered = counted.sort_values(["count", *_DAYS[::-1]])
    groups = ordered.groupby(page, dropna=False)
    shared = groups["period_start"].transform("max") <= groups["period_end"].transform("min")
    best = groups[_DAYS].transform(lambda days: days.iloc[-1])
    other = shared & (best != ordered[_DAYS]).any(axis=1)
    days = {name: ordered[name].where(~other, best[name]) for name in _DAYS}
    return ordered.assign(other_days=other, **days)


def _counts_everything(table: pd.DataFrame, r: Reconciliation) -> pd.Series:
    scope = r.scope
    return (
        (table["operator"] == scope.operator)
        & (table["district"] == scope.district)
        & (table["land_use"] == scope.land_use)
    )


def _outcomes(r: Reconciliation, starts: pd.Series, ends: pd.Series) -> dict[str, np.ndarray]:
    """Return draws of the work of each span of days, past days reconciled, later ones projected."""
    if starts.empty:
        return {}
    known = r.weeks[-1] + 6 * _DAY
    last = max(ends.max(), known + _DAY)
    path = project(r, last).extended
    spans = pd.DatetimeIndex(np.minimum(starts, ends)), pd.DatetimeIndex(ends)
    return dict(zip(starts.index, path.total_draws(*spans), strict=True))


def _judged(
    plan: pd.Series,
    draws: np.ndarray | None,
    through: pd.Timestamp,
    statements: pd.DataFrame,
) -> dict[str, object]:
    """Return the outcome of one plan, and how it compares."""
    basis = "" if draws is None else "projected" if plan["period_end"] > through else "reconciled"
    if draws is None:
        found = _published(plan, statements)
        if found is not None:
            basis, draws = found["statement_id"], np.array([float(found["value"])])
    row: dict[str, object] = dict.fromkeys(COLUMNS, np.nan)
    row |= {"ratio": np.nan, "ratio_lower_80": np.nan, "ratio_upper_80": np.nan}
    row |= {"probability": np.nan, "outcome": "not known", "basis": basis}
    if draws is not None:
        outcome = interval_frame(draws[np.newaxis], pd.Index([0]))
        row |= {name: float(outcome[name].iloc[0]) for name in COLUMNS}
        # No ratio tells how far a plan of nothing was passed.
        planned = plan["planned"] or np.nan
        low, middle, high = np.quantile(draws, [0.1, 0.5, 0.9]) / planned
        met = float((draws >= plan["planned"]).mean())
        row |= {"ratio": middle, "ratio_lower_80": low, "ratio_upper_80": high}
        row |= {"probability": met, "outcome": _verdict(met, open_=plan["period_end"] > through)}
    return row


def _verdict(probability: float, *, open_: bool) -> str:
    if open_:
        return "open"
    if probability in (0.0, 1.0):
        return "met" if probability else "missed"
    # Where the reconciled interval spans the plan, the outcome is told only if it is likely.
    sure = 0.95
    if probability > sure:
        return "met"
    return "missed" if probability < 1 - sure else "open"


def _published(plan: pd.Series, statements: pd.DataFrame) -> pd.Series | None:
    """Return the published figure for the days and the scope of a plan, or None."""
    if pd.isna(plan["period_start"]) or pd.isna(plan["period_end"]):
        return None
    same = statements[
        (statements["period_start"] == plan["period_start"])
        & (statements["period_end"] == plan["period_end"])
        & statements["value"].notna()
    ]
    if same.empty:
        return None
    scope = Scope(operator=plan["operator"], district=plan["district"], land_use=plan["land_use"])
    same = select(same, scope)
    if len(same) > 1:
        same = pick(same, ["period_end"])
    return None if same.empty else same.iloc[0]


def _flag(plan: pd.Series, first: pd.Timestamp, weekly: pd.Series) -> tuple[str, str]:
    announced, last = plan["published"], plan["period_end"]
    if pd.isna(last):
        return "", _("no period is stated, so no outcome can be told")
    if pd.isna(announced):
        announced = first
    if announced >= last:
        said = _("published on {day}, when its period was over")
        return "no plan", said.format(day=formats.date(announced))
    rate = _pace(weekly, announced)
    if rate is None:
        return "", ""
    usual, fastest = rate
    days = (last - max(first, announced)).days + 1
    needed = plan["planned"] / days
    if needed > _IMPOSSIBLE * fastest:
        said = _(
            "needed {needed} a day from {day} on; the fastest quarter until then had {fastest} a "
            "day"
        )
        return "impossible", said.format(
            needed=formats.number(needed, step=1),
            day=formats.date(max(first, announced)),
            fastest=formats.number(fastest, step=1),
        )
    if plan["planned"] < _TRIVIAL * usual * days:
        said = _(
            "{planned} is {work} days' work at the pace of then, {usual} a day by all "
            "institutions, for a period of {days} days"
        )
        return "trivial", said.format(
            planned=formats.printed(plan["planned"]),
            work=formats.number(plan["planned"] / usual, step=0.1),
            usual=formats.number(usual, step=1),
            days=formats.number(days),
        )
    return "", ""


def _pace(weekly: pd.Series, day: pd.Timestamp) -> tuple[float, float] | None:
    """Return the pace of the last year before a day and of the fastest quarter until then."""
    past = weekly[weekly.index < day - 6 * _DAY]
    if len(past) < _QUARTER:
        return None
    quarters = past.rolling(_QUARTER).mean()
    return float(past.tail(_YEAR).mean()) / 7, float(quarters.max()) / 7
