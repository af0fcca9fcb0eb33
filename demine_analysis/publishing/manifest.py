"""The list of reports: `reports.toml`, checked by a schema, with `for_each` written out."""

from __future__ import annotations

import functools
import itertools
import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demine_analysis import resources
from demine_analysis.errors import ParameterError
from demine_analysis.vocabulary import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

DEFAULT_TIMEOUT = 600.0
DEFAULT_KEEP_RUNS = 10
DEFAULT_OUTPUT_MB = 10.0
"""A page of more than some megabytes is not read by anybody; what prints more is a mistake."""
DEFAULT_NOTEBOOK_MB = 50.0
RESERVED = ("index",)

_LIMITS = ("timeout", "max_output_mb", "max_notebook_mb")
_SCHEMA = Path(__file__).with_name("manifest.schema.json")
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Report:
    """One page to render.

    Parameters
    ----------
    name : str
        File name of the page without `.html`.
    title : str
        For the page and the index.
    notebook : Path
        What makes the page.
    parameters : mapping
        Values for the notebook's parameters.
    description : str
        A sentence for the index.
    timeout : float
        Seconds until the report counts as failed.
    max_output_mb, max_notebook_mb : float
        Megabytes that one cell may show, and that a kept notebook may weigh.
    """

    name: str
    title: str
    notebook: Path
    parameters: Mapping[str, object] = field(default_factory=dict)
    description: str = ""
    timeout: float = DEFAULT_TIMEOUT
    max_output_mb: float = DEFAULT_OUTPUT_MB
    max_notebook_mb: float = DEFAULT_NOTEBOOK_MB


@dataclass(frozen=True)
class Manifest:
    """All reports of a site, in order, with the settings of the site."""

    path: Path
    reports: tuple[Report, ...]
    title: str = "Mine clearance reports"
    keep_runs: int = DEFAULT_KEEP_RUNS
    address: str = ""

    def report(self, name: str) -> Report | None:
        """Return the report of this name, or None."""
        return next((each for each in self.reports if each.name == name), None)


def load_manifest(path: Path | None = None) -> Manifest:
    """Read and check a manifest.

    Parameters
    ----------
    path : Path, optional
        The shipped one where not given.

    Raises
    ------
    ParameterError
        Where the file is missing, not TOML, breaks the schema or names an unknown notebook.
    """
    path = resources.manifest_path() if path is None else path
    content = _read(path)
    _validate(content, path)
    reports = tuple(each for entry in content["report"] for each in _written_out(entry, path))
    _refuse_duplicates(reports, path)
    settings = {key: content[key] for key in ("title", "keep_runs", "address") if key in content}
    return Manifest(path=path, reports=reports, **settings)


def find_notebook(name: str, *, beside: Path | None = None) -> Path:
    """Return the path of a notebook: one beside the manifest, else a shipped one.

    Raises
    ------
    ParameterError
        Where there is none; the message lists the shipped ones.
    """
    file = name if name.endswith(".ipynb") else f"{name}.ipynb"
    for folder in filter(None, (beside, resources.notebooks_folder())):
        if "\0" not in file and (folder / file).is_file():
            return (folder / file).resolve()
    shipped = shipped_notebooks()
    close = nearest(name, shipped)
    hint = f" (did you mean {close[0]}?)" if close else ""
    raise ParameterError(
        f"notebook must be a file beside the manifest or one of {', '.join(shipped)}{hint}, "
        f"got {name!r}"
    )


def shipped_notebooks() -> list[str]:
    """Return the names of the shipped notebooks."""
    return sorted(each.stem for each in resources.notebooks_folder().glob("*.ipynb"))


def slug(value: object) -> str:
    """Return a value as a part of a file name: ASCII letters and digits, with hyphens between.

    Examples
    --------
    >>> slug("Füzuli / ../etc"), slug("Ізюм"), slug("Ağdərə")
    ('fuzuli-etc', 'izyum', 'agdara')
    """
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]+", "-", anyascii(str(value)).casefold()).strip("-")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as cause:
        raise ParameterError(f"manifest {str(path)!r} cannot be read: {cause.strerror}") from cause
    except ValueError as cause:
        raise ParameterError(f"manifest {str(path)!r} is not valid TOML: {cause}") from cause


@functools.cache
def _validator() -> Callable[[object], object]:
    import fastjsonschema

    schema = json.loads(_SCHEMA.read_text(encoding="utf-8"))
    validate: Callable[[object], object] = fastjsonschema.compile(schema)
    return validate


def _validate(content: dict[str, Any], path: Path) -> None:
    from fastjsonschema import JsonSchemaValueException

    try:
        _validator()(content)
    except JsonSchemaValueException as cause:
        raise ParameterError(f"manifest {str(path)!r}: {_explain(cause, content)}") from cause


def _explain(failure: Any, content: dict[str, Any]) -> str:
    """Return what is wrong with which report, in words."""
    where = ""
    steps = [str(step) for step in failure.path[1:]]
    if len(steps) > 1 and steps[0] == "report":
        entry = content["report"][int(steps[1])]
        name = entry.get("name") if isinstance(entry, dict) else None
        where = f"report {name!r}: " if name else f"report number {int(steps[1]) + 1}: "
        steps = steps[2:]
    rule = failure.message.removeprefix(failure.name).strip()
    what = f"{'.'.join(steps)} {rule}".strip()
    return f"{where}{what}, got {str(failure.value)[:100]!r}"


def _written_out(entry: dict[str, Any], path: Path) -> Iterator[Report]:
    """Yield the reports of one table: one, or one for each combination of `for_each`."""
    choices: dict[str, Sequence[object]] = entry.get("for_each", {})
    name = _with_placeholders(entry["name"], list(choices))
    for combination in itertools.product(*choices.values()):
        values = dict(zip(choices, combination, strict=True))
        yield Report(
            name=_checked_name(_filled(name, values, slug), path),
            title=_filled(entry["title"], values, str),
            notebook=_notebook(entry, path),
            parameters={**entry.get("parameters", {}), **values},
            description=_filled(entry.get("description", ""), values, str),
            **{name: float(entry[name]) for name in _LIMITS if name in entry},
        )


def _notebook(entry: dict[str, Any], path: Path) -> Path:
    try:
        return find_notebook(entry["notebook"], beside=path.parent)
    except ParameterError as cause:
        raise ParameterError(
            f"manifest {str(path)!r}: report {entry['name']!r}: {cause}"
        ) from cause


def _with_placeholders(name: str, keys: list[str]) -> str:
    """Return the name with every key of `for_each` in it, so that no two pages share a file."""
    missing = [f"{{{key}}}" for key in keys if f"{{{key}}}" not in name]
    return "-".join([name, *missing])


def _filled(template: str, values: Mapping[str, object], show: Callable[[object], str]) -> str:
    """Replace {key} by its value; never by anything reached through it, unlike `str.format`."""
    return _PLACEHOLDER.sub(
        lambda match: show(values[match[1]]) if match[1] in values else match[0], template
    )


def _checked_name(name: str, path: Path) -> str:
    if not _NAME.fullmatch(name) or name in RESERVED:
        raise ParameterError(
            f"manifest {str(path)!r}: a report's name must be small letters, digits and hyphens, "
            f"not {', '.join(RESERVED)}, and {{...}} only for keys of for_each; got {name!r}"
        )
    return name


def _refuse_duplicates(reports: Sequence[Report], path: Path) -> None:
    names = [each.name for each in reports]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ParameterError(
            f"manifest {str(path)!r}: each report needs its own name; "
            f"more than one has {', '.join(twice)}"
        )
