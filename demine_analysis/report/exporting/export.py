"""Write a dataset's reconciled series into a folder, as a data package that others can read."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from demine_analysis.datasets.descriptor import FILE, read_descriptor
from demine_analysis.datasets.locate import dataset_folder
from demine_analysis.datasets.package import written_out
from demine_analysis.errors import (
    DatasetError,
    ParameterError,
    ReconcileError,
    ReportError,
    StatementError,
)
from demine_analysis.notices import saving
from demine_analysis.published.inputs import Inputs, inputs
from demine_analysis.reconciliation.fitting import reconcile
from demine_analysis.report.exporting import revisions, tables
from demine_analysis.report.exporting.describing import Made, describe
from demine_analysis.report.exporting.version import digest_of, is_current
from demine_analysis.scope import WHOLE
from demine_analysis.vocabulary import METRICS, resolve_code

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from demine_analysis.reconciliation.result import Reconciliation

_SCOPE = {"metric": "area_cleared", "district": WHOLE, "operator": WHOLE, "land_use": WHOLE}
_WAIT = 60.0


def export(
    dataset: str | None,
    folder: str | os.PathLike[str],
    *,
    data_home: str | os.PathLike[str] | None = None,
    metrics: Iterable[str] | None = None,
    scopes: Iterable[Mapping[str, str]] = (),
) -> Path:
    """Write the reconciled series of a dataset into a folder, as a Frictionless data package.

    Parameters
    ----------
    dataset, data_home
        As in `load_statements`; None: the dataset that is meant where none is named.
    folder : path
        Made where it is not there. One with an earlier export of the dataset is brought up to
        date; one with other tables in it is refused.
    metrics : str or iterable of str, optional
        What is exported of the work of everybody; by default every metric of which the dataset
        counts work that was done.
    scopes : iterable of mapping, optional
        More series: `metric`, `operator`, `district` and `land_use` as in `reconcile`.

    Returns
    -------
    Path
        Of `datapackage.json`, which says what every column means. Beside it stand `weekly`,
        `monthly` and `annual` as CSV and as Parquet: one long table each, with `metric`, `unit`,
        `operator`, `district`, `land_use`, `period_start`, `period_end` (days, both counted),
        median and intervals in the row's unit; and `revisions.csv`: monthly and annual estimates
        that moved by more than 0.5%, came or went since an earlier export.

    Raises
    ------
    DatasetError
        Where the dataset is not there or breaks its schema.
    ParameterError
        Where a metric, scope or the folder is not one.
    ReconcileError
        Where no scope can be reconciled. One that cannot, beside others that can, is left out,
        and the descriptor says why.
    ReportError
        Where the folder cannot be written, or the extra `data` is not installed. The folder is
        then as it was.

    Notes
    -----
    The numbers are those of `reconcile` with its defaults, to the last bit. The same figures and
    code give the same bytes.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = export("yemen", folder, metrics=["area_cleared"])
    ...     sorted(each.name for each in path.parent.glob("*.csv"))
    ['annual.csv', 'monthly.csv', 'revisions.csv', 'weekly.csv']
    """
    source, target = dataset_folder(dataset, data_home), Path(folder).expanduser()
    metrics = [metrics] if isinstance(metrics, str) else metrics
    chosen = None if metrics is None else [_metric(each) for each in metrics]
    more = [_scope(each) for each in scopes]
    digest = digest_of(source, json.dumps([chosen, more], ensure_ascii=False))
    tables.require_polars()
    _refuse_others(target, source.name)
    if not is_current(target, digest):
        made = _reconciled(inputs(source.name, data_home=source.parent), chosen, more)
        with _alone(target):
            saving.save(target, _contents(source, target, made, made.version(digest)))
    return target / FILE


def _metric(name: str) -> str:
    return resolve_code(name, METRICS, what="metric")


def _scope(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping) or not given.keys() <= _SCOPE.keys():
        raise ParameterError(f"a scope must be a mapping with {', '.join(_SCOPE)}, got {given!r}")
    return {**_SCOPE, **given, "metric": _metric(given.get("metric", _SCOPE["metric"]))}


def _reconciled(
    data: Inputs, metrics: Sequence[str] | None, more: Sequence[dict[str, str]]
) -> Made:
    """Return the series of all scopes, each once, and which there are none of.

    Raises
    ------
    ReconcileError
        Where there is none at all.
    """
    chosen = _counted(data.statements) if metrics is None else metrics
    done, left_out = {}, []
    for scope in [*({**_SCOPE, "metric": each} for each in chosen), *more]:
        try:
            found = _series(data.evidence, scope)
        except (ReconcileError, StatementError) as cause:
            left_out.append({**scope, "reason": str(cause)})
        else:
            done[found.scope] = found
    if not done:
        reason = left_out[0]["reason"] if left_out else "no figure counts work that was done"
        raise ReconcileError(f"no series to export: {reason}")
    return Made(list(done.values()), left_out)


def _series(evidence: pd.DataFrame, scope: dict[str, str]) -> Reconciliation:
    place, use = scope["district"], scope["land_use"]
    return reconcile(evidence, scope["metric"], place, scope["operator"], use)


def _counted(statements: pd.DataFrame) -> list[str]:
    there = set(statements.loc[statements["status"] == "achieved", "metric"])
    return [metric for metric in METRICS if metric in there]


def _contents(source: Path, target: Path, made: Made, version: str) -> dict[str, bytes]:
    """Return the files of an export by name."""
    frames = {name: tables.table(made.series, name) for name in tables.FREQUENCIES}
    contents = {}
    for name, frame in frames.items():
        contents[f"{name}.csv"] = tables.as_csv(frame)
        contents[f"{name}.parquet"] = tables.as_parquet(frame)
    contents[revisions.FILE] = _revisions(target, frames, version)
    described = describe(source, made, contents, version)
    return {**contents, FILE: written_out(described).encode()}


def _revisions(target: Path, frames: Mapping[str, pd.DataFrame], version: str) -> bytes:
    """Return what has moved from export to export, this one included."""
    earlier, then, before = {}, version, frames
    if (target / FILE).exists():
        earlier = {each.name: each.read_bytes() for each in target.glob("*.csv")}
        then = str(read_descriptor(target).get("version"))
        before = revisions.read_tables(earlier)
    rows = revisions.revised(before, frames, (then, version))
    return revisions.appended(earlier.get(revisions.FILE, b""), rows)


def _refuse_others(target: Path, dataset: str) -> None:
    """Refuse a folder in which an export would replace what is none of this dataset.

    Raises
    ------
    ParameterError
        The message says what lies there.
    """
    try:
        package = read_descriptor(target)
        found = str(package.get("name")) if package.get("dataset") != dataset else ""
    except ValueError:
        found = FILE
    except OSError:
        there = (each.name for kind in ("*.csv", "*.parquet") for each in target.glob(kind))
        found = min(there, default="")
    if found:
        raise ParameterError(
            f"folder must be empty, or hold an earlier export of {dataset!r}; "
            f"in {str(target)!r} lies {found!r}"
        )


@contextlib.contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Be the only one to write into a folder; what cannot be written is said of the folder."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        with saving.alone(target, wait=_WAIT, say=lambda _said: None):
            yield
    except (OSError, DatasetError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__  # as `saving` chains it
        why = getattr(cause, "strerror", None) or error
        raise ReportError(f"folder {str(target)!r} cannot be written: {why}") from cause
