"""The parameters of a notebook: read from its tagged cell, and checked before a kernel starts."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demine_analysis.datasets.locate import dataset_names, default_dataset, home_folder
from demine_analysis.errors import ParameterError, ReportError
from demine_analysis.vocabulary import describe_allowed

from .convert import convert
from .kinds import check_order, check_value
from .notebook import cells_of, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TAG = "parameters"

_OPTIONAL = re.compile(r"Optional\[(.*)\]")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook.

    Parameters
    ----------
    name, annotation, help : str
        As written in the cell: `name: annotation = default  # help`.
    default : object
        The literal after the equals sign.
    """

    name: str
    annotation: str
    default: object
    help: str


def read_parameters(path: Path) -> list[Parameter]:
    """Return the parameters of a notebook, in the order of its cell; none where no cell is tagged.

    Raises
    ------
    ReportError
        As `read_report`.
    """
    return read_report(path)[1]


def read_report(path: Path) -> tuple[str, list[Parameter]]:
    """Return the text of a notebook's file, and its parameters.

    Raises
    ------
    ReportError
        Where the notebook cannot be read or its cell holds more than literal defaults.
    """
    source = read_source(path)
    try:
        return source, _parameters_of(source)
    except ReportError as cause:
        raise ReportError(f"notebook {str(path)!r}: {cause}") from cause


def runs_code(source: str) -> bool:
    """Return whether a notebook has a cell of code beside that of its parameters.

    Parameters
    ----------
    source : str
        The text of its file.

    Raises
    ------
    ReportError
        Where it is no notebook of Python.
    """
    code = (cell for cell in cells_of(source) if cell.get("cell_type") == "code")
    return any(not _is_tagged(cell) for cell in code)


def _parameters_of(notebook: str) -> list[Parameter]:
    source = _tagged_source(cells_of(notebook))
    try:
        statements = ast.parse(source).body
        comments = _comments(source)
        return [_parameter(each, comments) for each in statements if not _is_prose(each)]
    except (SyntaxError, ValueError, tokenize.TokenError) as cause:
        raise ReportError(
            f"the cell tagged {TAG!r} may hold only lines like "
            f"'start: str | None = None  # first day': {cause}"
        ) from cause


def check_parameters(
    parameters: Iterable[Parameter], given: Mapping[str, object], *, report: str
) -> dict[str, object]:
    """Return the given values, converted by annotation and in canonical spelling.

    Parameters
    ----------
    parameters : iterable of Parameter
        What the notebook takes.
    given : mapping
        Values by name; text is converted, as it is all that a command line has.
    report : str
        Name for the message.

    Raises
    ------
    ParameterError
        On the first unknown name or value that is not allowed.
    """
    known = {each.name: each for each in parameters}
    for name in given:
        if name not in known:
            raise ParameterError(_unknown(name, list(known), report))
    values = {name: convert(known[name].annotation, value, name) for name, value in given.items()}
    if "dataset" in known and "dataset" not in values:
        values |= _dataset_instead(known["dataset"].default)
    everything = {name: each.default for name, each in known.items()} | values
    checked = {name: check_value(name, value, everything) for name, value in values.items()}
    check_order(everything | checked)
    return checked


def _dataset_instead(default: object) -> dict[str, object]:
    """Return the dataset to take where the data home lacks the one that a notebook names."""
    if default in dataset_names(home_folder()):
        return {}
    return {"dataset": default_dataset()}


def _unknown(name: str, known: list[str], report: str) -> str:
    if not known:
        return f"report {report!r} takes no parameters, got {name!r}"
    return f"a parameter of report {report!r} must be {describe_allowed(name, known)}, got {name!r}"


def _tagged_source(cells: Iterable[Mapping[str, Any]]) -> str:
    for cell in cells:
        if _is_tagged(cell):
            source = cell.get("source", "")
            return "".join(source) if isinstance(source, list) else str(source)
    return ""


def _is_tagged(cell: Mapping[str, Any]) -> bool:
    return TAG in cell.get("metadata", {}).get("tags", [])


def _is_prose(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _parameter(statement: ast.stmt, comments: Mapping[int, str]) -> Parameter:
    match statement:
        case ast.AnnAssign(
            target=ast.Name(id=name), annotation=annotation, value=ast.expr() as value
        ):
            kind = _kind(annotation)
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            kind = type(ast.literal_eval(value)).__name__
        case _:
            raise ValueError(f"line {statement.lineno} is {ast.unparse(statement)!r}")
    return Parameter(name, kind, ast.literal_eval(value), comments.get(value.end_lineno or 0, ""))


def _kind(annotation: ast.expr) -> str:
    """Return an annotation in short; papermill's own help reads `"Optional[str]"` alone."""
    quoted = isinstance(annotation, ast.Constant) and isinstance(annotation.value, str)
    text = ast.literal_eval(annotation) if quoted else ast.unparse(annotation)
    return _OPTIONAL.sub(r"\1 | None", text)


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        each.start[0]: each.string.lstrip("# ").strip()
        for each in tokens
        if each.type == tokenize.COMMENT
    }
