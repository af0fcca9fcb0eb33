"""Parameters are read from the notebook and refused before a kernel starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from papermill import inspect_notebook
from tiny_notebooks import text, write_notebook

from demine_analysis import resources
from demine_analysis.errors import ParameterError, ReportError
from demine_analysis.parameters import Parameter, check_parameters, read_parameters
from demine_analysis.publishing.manifest import find_notebook

if TYPE_CHECKING:
    from pathlib import Path

TREND = read_parameters(find_notebook("trend"))
RATE = read_parameters(find_notebook("clearance-rate"))
PROJECTION = read_parameters(find_notebook("projection"))


def check(**given: object) -> dict[str, object]:
    known = {each.name: each for each in [*TREND, *RATE, *PROJECTION]}
    return check_parameters(known.values(), given, report="trend")


def test_name_type_default_and_help_are_read(tmp_path: Path) -> None:
    source = (
        "# What to count\n"
        'metric: str = "area_cleared"  # what is counted # with a hash\n'
        "start: str | None = None  # first day\n"
        "growth: float = -1.5\n"
        "plain = 3  # without annotation\n"
    )
    assert read_parameters(write_notebook(tmp_path, parameters=source)) == [
        Parameter("metric", "str", "area_cleared", "what is counted # with a hash"),
        Parameter("start", "str | None", None, "first day"),
        Parameter("growth", "float", -1.5, ""),
        Parameter("plain", "int", 3, "without annotation"),
    ]


def test_a_notebook_without_parameters_has_none(tmp_path: Path) -> None:
    assert read_parameters(write_notebook(tmp_path, text("# Hello"), parameters="")) == []


@pytest.mark.parametrize("source", ["import os", "x: int = len('a')", "x =", "def f(): pass"])
def test_a_parameters_cell_holds_only_defaults(tmp_path: Path, source: str) -> None:
    with pytest.raises(ReportError, match="may hold only lines like 'start: str"):
        read_parameters(write_notebook(tmp_path, parameters=source))


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"cells": 1}'])
def test_a_file_that_is_no_notebook_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.ipynb").write_text(content)
    with pytest.raises(ReportError, match=r"x\.ipynb"):
        read_parameters(tmp_path / "x.ipynb")


@pytest.mark.parametrize("notebook", [TREND, RATE, PROJECTION])
def test_every_parameter_of_a_report_has_help(notebook: list[Parameter]) -> None:
    assert notebook
    assert all(each.help for each in notebook)


@pytest.mark.parametrize(
    ("given", "allowed", "hint"),
    [
        ({"strat": "2022-01-01"}, "a parameter of report 'trend' must be one of", "mean start?"),
        ({"start": "2022-13-01"}, "a day as YYYY-MM-DD", "month must be in 1..12"),
        ({"start": "2022-02-30"}, "a day as YYYY-MM-DD", "day is out of range"),
        ({"start": "1.2.2022"}, "a day as YYYY-MM-DD, from 1990 to 2100", "'1.2.2022'"),
        ({"end": "20220101"}, "end must be a day as YYYY-MM-DD", "'20220101'"),
        ({"as_of": "1066-10-14"}, "as_of must be a day", "from 1990 to 2100"),
        ({"until": "next year"}, "until must be a day", "'next year'"),
        ({"start": "2024-01-01", "end": "2023-01-01"}, "start must not be after end", "2023-01-01"),
        ({"district": "Agdamm"}, "district must be one of all, Aghdam", "mean Aghdam?"),
        ({"district": "Atlantis"}, "district must be one of all, Aghdam", "got 'Atlantis'"),
        ({"metric": "area_claered"}, "metric must be one of area_cleared", "mean area_cleared?"),
        ({"operator": "ANAMMA"}, "operator must be one of", "mean ANAMA?"),
        ({"land_use": "agricultur"}, "land_use must be one of all, agric", "mean agriculture?"),
        ({"dataset": "azerbajan"}, "dataset must be one of", "mean azerbaijan?"),
        ({"dataset": "../../etc"}, "dataset must be one of", "'../../etc'"),
        ({"scenario": "status-qo"}, "one of status_quo, growth, pause", "mean status_quo?"),
        ({"window": "4 weeks"}, "a number of weeks such as 4W or 13W", "'4 weeks'"),
        ({"window": "0W"}, "a number of weeks", "'0W'"),
        ({"growth": "ten"}, "growth must be a number", "'ten'"),
        ({"growth": "nan"}, "growth must be a number", "'nan'"),
        ({"growth": "1e9"}, "growth must be from -50 to 100 percent", "1000000000"),
        ({"contaminated_area": "-5"}, "hectares, more than 0 and at most 100,000,000", "-5"),
        ({"contaminated_area": "inf"}, "contaminated_area must be a number", "'inf'"),
        ({"language": "fr"}, "language must be one of en, az, ru, uk", "'fr'"),
        ({"start": 20220101}, "start must be text", "20220101"),
        ({"growth": True}, "growth must be a number", "True"),
    ],
)
def test_a_wrong_value_says_what_is_allowed(
    given: dict[str, object], allowed: str, hint: str
) -> None:
    with pytest.raises(ParameterError) as caught:
        check(**given)
    message = str(caught.value)
    assert allowed in message
    assert hint in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("district", "Ağdam", "Aghdam"),
        ("district", "Физули", "Fuzuli"),
        ("district", "ALL", "all"),
        ("metric", "Area_Cleared", "area_cleared"),
        ("start", "none", None),
        ("start", "2022-01-31", "2022-01-31"),
        ("growth", "2.5", 2.5),
        ("contaminated_area", "1028000", 1_028_000.0),
        ("contaminated_area", "", None),
        ("window", "13W", "13W"),
        ("operator", "mod", "MoD"),
    ],
)
def test_a_right_value_is_written_as_the_data_write_it(
    name: str, given: str, expected: object
) -> None:
    assert check(**{name: given}) == {name: expected}


@pytest.mark.parametrize(
    ("name", "given"), [("operator", "ANAMA"), ("district", "Fuzuli"), ("district", "Nowhere")]
)
def test_names_of_another_programme_are_refused_with_its_own(name: str, given: str) -> None:
    with pytest.raises(ParameterError, match=f"{name} must be one of") as caught:
        check(dataset="ukraine", **{name: given})
    own = {"operator": "SESU", "district": "Kharkiv"}[name]
    assert own in str(caught.value)
    assert "Aghdam" not in str(caught.value)
    assert check(dataset="ukraine", **{name: own}) == {"dataset": "ukraine", name: own}


def test_a_district_of_a_users_own_dataset_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "statements.csv").write_text("statement_id,district\n1,Narnia;Gondor\n")
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path))
    checked = check(dataset="mine", district="narnia")
    assert checked == {"dataset": "mine", "district": "Narnia"}


@pytest.mark.parametrize(
    ("annotation", "given", "expected"),
    [
        ("bool", "yes", True),
        ("bool", "0", False),
        ("list[str]", "a, b", ["a", "b"]),
        ("int", "12", 12),
        ("str", "none", "none"),
    ],
)
def test_text_becomes_what_the_annotation_says(
    annotation: str, given: str, expected: object
) -> None:
    parameter = Parameter("free", annotation, None, "")
    assert check_parameters([parameter], {"free": given}, report="r") == {"free": expected}


LISTED = (
    "areas = [1, 2]  # hectares\nnames = {'a': 1}  # by letter\nwidths: list[int] = [3]  # cm\n"
)


def test_lists_and_tables_are_given_as_such(tmp_path: Path) -> None:
    """A manifest has lists and tables; what text may stand for is not guessed."""
    parameters = read_parameters(write_notebook(tmp_path, parameters=LISTED))
    given: dict[str, object] = {"areas": [3, 4], "names": {"b": 2}, "widths": [5]}
    assert check_parameters(parameters, given, report="r") == given
    for name, said in (("areas", "annotate the parameter"), ("names", "must be a table"),
                       ("widths", "must be a list")):  # fmt: skip
        with pytest.raises(ParameterError, match=said):
            check_parameters(parameters, {name: "3,4"}, report="r")


def test_papermill_tells_of_every_parameter() -> None:
    """What `papermill --help-notebook` lists is what `demine render` takes."""
    for path in sorted(resources.notebooks_folder().glob("*.ipynb")):
        seen = inspect_notebook(str(path))
        assert list(seen) == [each.name for each in read_parameters(path)]


def test_a_quoted_type_is_read_as_papermill_reads_it(tmp_path: Path) -> None:
    path = write_notebook(tmp_path, parameters='day: "Optional[str]" = None  # a day\n')
    (found,) = read_parameters(path)
    assert (found.annotation, found.default, found.help) == ("str | None", None, "a day")
