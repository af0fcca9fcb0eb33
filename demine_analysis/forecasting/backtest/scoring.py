"""`backtest`: forecasts from what had been published, scored against what came out later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from joblib import Parallel, delayed, parallel_config
from tqdm import tqdm

from demine_analysis import arguments
from demine_analysis.arguments import whole_number
from demine_analysis.errors import ParameterError
from demine_analysis.model import Floats, interpolation
from demine_analysis.reconciliation.fitting import reconcile
from demine_analysis.reconciliation.placing import positions
from demine_analysis.reconciliation.result import Reconciliation
from demine_analysis.scope import WHOLE
from demine_analysis.vocabulary import describe_allowed

from .models import MODELS, Model
from .scores import scores
from .targets import WEEK, ahead, targets

HORIZONS = (4, 13, 26, 52)
"""Last week of each group of horizons."""

ORIGINS = 24
"""Month ends from which is forecast, unless others are asked for: two years of them."""


def backtest(  # noqa: PLR0913 - the public interface: names and order are fixed
    statements: pd.DataFrame,
    origins: Iterable[str | pd.Timestamp] | None = None,
    horizons: Sequence[int] = HORIZONS,
    models: Sequence[str] | Mapping[str, Model] = tuple(MODELS),
    *,
    metric: str = "area_cleared",
    operator: str = WHOLE,
    jobs: int = -1,
    seed: int = 0,
) -> pd.DataFrame:
    """Return how forecasts would have done, a row a forecast and model.

    Parameters
    ----------
    statements : DataFrame
        As `load_statements` returns them.
    origins : iterable of dates, optional
        Days on which forecasts are made; by default the last 24 month ends after which a figure
        came out.
    horizons : sequence of int
        Last week of each group of horizons; targets further ahead are left out.
    models : sequence of str, or mapping of str to function
        Names out of `MODELS`, or functions of a reconciliation, a number of weeks and a random
        generator that return draws of the weeks to come, (weeks, draws).
    metric : str
        What is counted.
    operator : str
        Whose work is forecast: "all", or an operator with weekly, monthly or annual figures.
    jobs : int
        Processes; -1: one a core.
    seed : int
        The same statements and seed give the same numbers, bit for bit.

    Returns
    -------
    DataFrame
        `origin`, `model`, `statement_id`, `period`, `period_start`, `period_end`, `horizon`
        (weeks from the origin to the period's end), `horizon_group`, `printed`, `median`, `wis`,
        `dispersion`, `underprediction`, `overprediction` (all in ha or items), `relative_wis`
        (over the printed value), `covered_50`, `covered_80`, `covered_95`, `bias` (log of median
        over printed).

    Raises
    ------
    ParameterError
        If there is nothing to forecast, or a model, horizon or origin is not possible.
    ReconcileError
        If too little had been published at an origin.

    Notes
    -----
    A forecast knows what had been published by its origin: `reconcile(as_of=origin)` is run anew
    for each, scales included. Every model forecasts weeks; a figure's days are added up in the
    same way for all, past days as reconciled. Nothing is added for misprints: what is scored is a
    forecast of the work, against figures as printed. Targets are national weekly, monthly and
    annual figures of all operators, or of the one asked for.
    """
    jobs, seed = _processes(jobs), arguments.seed(seed)
    chosen = _chosen(models)
    groups = _groups(horizons)
    table = targets(statements, metric, operator)
    days = _origins(origins, table)
    work = [(day, ahead(table, day, groups[-1])) for day in days]
    work = [(day, open_then) for day, open_then in work if len(open_then)]
    work = work if origins is not None else work[-ORIGINS:]
    if not work:
        raise ParameterError(
            f"no figure of operator {operator!r} was published after {days[0]:%Y-%m-%d} for a "
            f"period that ends within {groups[-1]} weeks; choose earlier origins"
        )
    with parallel_config(backend="loky", inner_max_num_threads=1):
        forecasts = Parallel(n_jobs=min(jobs, len(work)), return_as="generator")(
            delayed(_one_origin)(statements, day, open_then, chosen, (metric, operator), seed)
            for day, open_then in work
        )
        bar = tqdm(forecasts, total=len(work), desc="origins", disable=None)
        frame: pd.DataFrame = pd.concat(list(bar), ignore_index=True)
    return frame.assign(horizon_group=_labelled(frame["horizon"], groups))


def _one_origin(
    statements: pd.DataFrame,
    origin: pd.Timestamp,
    open_then: pd.DataFrame,
    models: Mapping[str, Model],
    counted: tuple[str, str],
    seed: int,
) -> pd.DataFrame:
    """Return the scored forecasts of one origin."""
    metric, operator = counted
    r = reconcile(statements, metric, operator=operator, as_of=origin, seed=seed)
    last = open_then["period_end"].max()
    weeks = max(int(np.ceil((last - r.weeks[-1]) / WEEK)), 1)
    kept = open_then.rename(columns={"value": "printed"}).reset_index(drop=True)
    columns = ["statement_id", "period", "period_start", "period_end", "horizon", "printed"]
    starts, ends = (pd.DatetimeIndex(kept[name]) for name in ("period_start", "period_end"))
    frames = []
    for number, (name, model) in enumerate(models.items()):
        rng = np.random.default_rng([seed, origin.toordinal(), number])
        ahead = _forecast(name, model(r, weeks, rng), weeks)
        expected = _expected(r, ahead, starts, ends)
        scored = scores(expected, kept["printed"].to_numpy(dtype=float))
        frames.append(kept[columns].assign(origin=origin, model=name).join(scored))
    frame = pd.concat(frames, ignore_index=True)
    return frame.assign(
        relative_wis=frame["wis"] / frame["printed"],
        bias=np.log(frame["median"] / frame["printed"]),
    )


def _expected(
    r: Reconciliation, ahead: Floats, starts: pd.DatetimeIndex, ends: pd.DatetimeIndex
) -> Floats:
    """Return draws of the work of spans of days, past as reconciled and to come as forecast."""
    known = r.running_draws()[:, np.arange(ahead.shape[1]) % r.draw_count]
    running = np.concatenate([known, known[-1] + np.cumsum(ahead, axis=0)])
    begin, over = positions(starts, ends, r.origin)
    columns = len(running)
    span = interpolation(over, columns) - interpolation(begin, columns)
    return np.asarray(span @ running)


def _forecast(name: str, work: object, weeks: int) -> Floats:
    """Return a model's draws, or say what it should have returned."""
    draws = np.asarray(work)
    allowed = draws.ndim == 2 and draws.size  # noqa: PLR2004 - a table
    if not allowed or draws.dtype.kind not in "fiu" or not _are_work(draws):
        raise ParameterError(
            f"model {name!r} must return draws of {weeks} weeks to come, an array (weeks, draws) "
            f"of numbers of nought or more, got {type(work).__name__} of shape {draws.shape}"
        )
    return draws.astype(float)


def _are_work(draws: np.ndarray) -> bool:
    return bool((np.isfinite(draws) & (draws >= 0)).all())


def _processes(jobs: int) -> int:
    if jobs != -1:
        whole_number(jobs, "jobs", least=1)
    return jobs


def _listed(given: object, what: str) -> list[object]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise ParameterError(f"{what} must be a list, such as [{given!r}], got {given!r}")
    return list(given)


def _chosen(models: Sequence[str] | Mapping[str, Model]) -> dict[str, Model]:
    if isinstance(models, Mapping):
        found = dict(models)
    else:
        names = [str(name) for name in _listed(models, "models")]
        unknown = [name for name in names if name not in MODELS]
        if unknown:
            allowed = describe_allowed(unknown[0], MODELS)
            raise ParameterError(f"models must be {allowed}, got {unknown[0]!r}")
        found = {name: MODELS[name] for name in names}
    if not found:
        raise ParameterError(f"no model to test; there are {', '.join(MODELS)}")
    return found


def _groups(horizons: Sequence[int]) -> list[int]:
    given = _listed(horizons, "horizons")
    if not given:
        raise ParameterError("horizons must be weeks of 1 or more, got none")
    return sorted({whole_number(each, "each of horizons", least=1) for each in given})


def _origins(
    origins: Iterable[str | pd.Timestamp] | None, table: pd.DataFrame
) -> list[pd.Timestamp]:
    if origins is None:
        last = table["published"].max() - pd.Timedelta(days=1)
        days = list(pd.date_range(table["published"].min(), last, freq="ME"))
    else:
        days = [arguments.day(each, "each of origins") for each in _listed(origins, "origins")]
        days = list(dict.fromkeys(days))
    if not days:
        raise ParameterError("no origin to forecast from; give origins=[...] as dates")
    return days


def _labelled(horizon: pd.Series, groups: list[int]) -> pd.Series:
    labels = [
        f"{first + 1}-{last} weeks" for first, last in zip([0, *groups], groups, strict=False)
    ]
    return pd.Series(pd.cut(horizon, [0, *groups], labels=labels).astype(str), index=horizon.index)
