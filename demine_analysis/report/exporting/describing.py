"""The `datapackage.json` of an export: hand-written texts with facts of the dataset and tables."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demine_analysis.datasets import descriptor, package
from demine_analysis.report.exporting import revisions, tables
from demine_analysis.vocabulary import METRICS, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from demine_analysis.reconciliation.result import Reconciliation

_WRITTEN = Path(__file__).with_name("package.toml")
_TAKEN_OVER = ("keywords", "licenses", "sources", "contributors")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")
_REQUIRED = {"constraints": {"required": True}}
_UNITS = {"number": "as in the column unit", "date": "day, inclusive"}
_PARQUET = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}


@dataclass(frozen=True)
class Made:
    """What is exported: the series, and which scopes are left out, each with the reason."""

    series: Sequence[Reconciliation]
    left_out: Sequence[dict[str, str]] = field(default_factory=tuple)

    def version(self, digest: str) -> str:
        """Return the last day that a figure counts, with the hash of the inputs."""
        return f"{max(each.end for each in self.series):%Y-%m-%d}+{digest}"


def describe(
    dataset: Path, made: Made, contents: Mapping[str, bytes], version: str
) -> dict[str, Any]:
    """Return the descriptor of an export.

    Parameters
    ----------
    dataset : Path
        The dataset's folder; licences and sources are taken from its own descriptor.
    made : Made
        The series.
    contents : mapping of str to bytes
        The files by name.
    version : str
        Of the export.
    """
    texts = tomllib.loads(_WRITTEN.read_text("utf-8"))
    words = {"title": descriptor.title(dataset), "dataset": dataset.name}
    first = min(each.start for each in made.series)
    return {
        "profile": "data-package",
        "name": _package_name(dataset.name),
        "title": texts["title"].format(**words),
        "description": texts["description"].format(**words),
        "version": version,
        "dataset": dataset.name,
        **_taken_over(dataset),
        "temporal": {"start": f"{first:%Y-%m-%d}", "end": version.partition("+")[0]},
        "series": [_series(each) for each in made.series],
        "leftOut": list(made.left_out),
        "resources": [_resource(texts, name, raw) for name, raw in contents.items()],
    }


def _package_name(dataset: str) -> str:
    """Return the dataset's name in the letters that a data package's may have."""
    return "-".join(filter(None, [_NOT_IN_NAMES.sub("-", plain(dataset)).strip("-"), "series"]))


def _taken_over(dataset: Path) -> dict[str, Any]:
    try:
        written = descriptor.read_descriptor(dataset)
    except (OSError, ValueError):
        return {}  # a dataset of one's own need not have a descriptor
    return {name: written[name] for name in _TAKEN_OVER if written.get(name)}


def _series(done: Reconciliation) -> dict[str, str]:
    days = {"start": f"{done.start:%Y-%m-%d}", "end": f"{done.end:%Y-%m-%d}"}
    return {**tables.scope_of(done), "description": METRICS[done.scope.metric].description, **days}


def _resource(texts: dict[str, Any], path: str, raw: bytes) -> dict[str, Any]:
    """Return a file's description; Parquet is described as a file, whose bytes can be checked."""
    name, _, kind = path.partition(".")
    said = texts["tables"][name]
    if kind == "parquet":
        known = {"name": f"{name}-parquet", "path": path, "type": "file", **said, **_PARQUET}
        return {**known, **package.facts_of(raw), "schema": _schema(texts, name)}
    return package.table_resource(raw, {"name": name, "path": path, **said, **_schema(texts, name)})


def _schema(texts: dict[str, Any], table: str) -> dict[str, Any]:
    revised = f"{table}.csv" == revisions.FILE
    columns = revisions.COLUMNS if revised else tables.COLUMNS
    key = {} if revised else {"primaryKey": [*tables.SCOPE, "period_start"]}
    return {"fields": [_field(name, texts["fields"][name]) for name in columns], **key}


def _field(name: str, written: dict[str, Any]) -> dict[str, Any]:
    unit = {"unit": _UNITS[written["type"]]} if written["type"] in _UNITS else {}
    return {"name": name, **_REQUIRED, **written, **unit}
