"""Notebooks run with any valid parameters, define nothing, and are stored without output."""

from __future__ import annotations

import ast
import json
import re
from itertools import pairwise

import pandas as pd
import pytest
from notebook_runs import NOTEBOOKS, code_cells, run

from demine_analysis.auditing import checks as audit_run
from demine_analysis.report.series import Series
from demine_analysis.scope import Scope

NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
# The defaults are run by the tests of rendering, through a kernel.
CHOICES: list[dict[str, object]] = [
    {"district": "Aghdam", "start": "2022-01-01", "metric": "anti_personnel_mines"},
    {"metric": "contaminated_area"},
    {"district": "Khankendi"},
    {"operator": "MoD", "end": "2023-01-01"},
    {"land_use": "agriculture"},
    {"start": "2030-01-01"},
    {"as_of": "2022-01-01"},
    {"as_of": "2019-01-01"},
    {"dataset": "colombia"},
    {"language": "az", "district": "Khankendi"},
    {"scenario": "growth", "growth": 5.0, "contaminated_area": 1e6, "as_of": "2023-01-01"},
    {"scenario": "pause", "until": "2020-01-01", "as_of": "2023-01-01"},
    {"window": "13W", "metric": "mines"},
]


def source(name: str) -> str:
    return "\n".join("".join(cell["source"]) for cell in code_cells(name))


def parameters(name: str) -> set[str]:
    (cell,) = [cell for cell in code_cells(name) if cell["metadata"].get("tags")]
    body = ast.parse("".join(cell["source"])).body
    return {line.target.id for line in body if isinstance(line, ast.AnnAssign)}  # type: ignore[union-attr]  # a parameter is a name


def test_the_reports_are_there() -> None:
    assert {"trend", "clearance-rate", "projection", "explore", "compare"} <= set(NAMES)


# The notebook that adds a notice shows widgets alone: tests/notices/test_workbench.py runs it.
# The one of country-years has other datasets: tests/report/test_compare.py.
CASES = [
    (name, choice)
    for name in NAMES
    for choice in CHOICES
    if name not in {"add-notice", "compare"} and choice.keys() <= parameters(name)
]

# The audit reconciles every metric whatever the choice; it takes its time in the slow tests.
QUICK = [case for case in CASES if case[0] != "data-audit"]


@pytest.mark.parametrize("name", NAMES)
def test_notebook_is_stored_without_output(name: str) -> None:
    assert all(not cell["outputs"] for cell in code_cells(name))
    assert all(cell["execution_count"] is None for cell in code_cells(name))


@pytest.mark.parametrize("name", NAMES)
def test_notebook_defines_nothing(name: str) -> None:
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert not [node for node in ast.walk(ast.parse(source(name))) if isinstance(node, definitions)]


@pytest.mark.parametrize("name", NAMES)
def test_each_parameter_is_annotated_and_explained(name: str) -> None:
    (cell,) = [cell for cell in code_cells(name) if cell["metadata"].get("tags") == ["parameters"]]
    for line in "".join(cell["source"]).splitlines():
        assert re.fullmatch(r"\w+: [\w\"\[\]]+ = [^#]+  # .{10,}", line)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("trend", "dataset metric start end district operator land_use as_of"),
        ("clearance-rate", "dataset metric operator window as_of"),
        ("projection", "dataset metric operator until scenario growth contaminated_area as_of"),
        ("explore", "dataset metric start end district operator land_use as_of"),
        ("compare", "dataset countries since"),
    ],
)
def test_notebook_has_these_parameters(name: str, expected: str) -> None:
    assert parameters(name) - {"language"} == set(expected.split())


@pytest.mark.parametrize(("name", "choice"), QUICK, ids=str)
def test_notebook_runs_without_a_series(
    name: str, choice: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What holds where nothing can be reconciled, quick because nothing is."""
    # Where it is made last: who imports it later would keep the stand-in.
    monkeypatch.setattr("demine_analysis.report.explorer.selection.series", without_model)
    monkeypatch.setattr("demine_analysis.report.bulletin.series", without_model)
    monkeypatch.setattr("demine_analysis.report.series.series", without_model)
    monkeypatch.setattr(audit_run, "expectations", lambda _statements: {})
    check(run(name, **choice))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "choice"), CASES, ids=str)
def test_notebook_runs_with_any_parameters(name: str, choice: dict[str, object]) -> None:
    check(run(name, **choice))


@pytest.mark.parametrize("name", ["trend", "clearance-rate", "projection"])
def test_notebook_runs_with_few_figures(name: str) -> None:
    page = run(name, as_of="2021-12-31")
    check(page)
    assert "80% interval" in page


def check(page: str) -> None:
    assert page.count("<figure") == page.count("</figure>")
    assert "nan" not in re.sub(r"<[^>]*>", " ", page).lower().split()


def without_model(_evidence: pd.DataFrame, scope: Scope) -> Series:
    return Series(scope, None, "Left out.")


@pytest.mark.parametrize("name", ["trend", "clearance-rate", "projection", "bulletin"])
def test_a_programme_that_counts_items_shows_no_hectares(name: str) -> None:
    shown = run(name, dataset="yemen", metric="explosive_items")
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", shown)
    assert len(cells) > 20
    assert not [each for each in cells if re.search(r"\d ha\b", each)]


def test_headings_never_skip_a_level() -> None:
    for name in NAMES:
        cells = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
        text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
        levels = [len(marks) for marks in re.findall(r"^(#+) ", text, flags=re.MULTILINE)]
        assert levels[0] == 1
        assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
