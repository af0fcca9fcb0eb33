"""Which dataset is meant where none is named."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_dataset as tiny

import demine_analysis as da
from demine_analysis.cli import run
from demine_analysis.datasets.locate import default_dataset
from demine_analysis.errors import DatasetError
from demine_analysis.parameters import check_parameters, read_parameters
from demine_analysis.publishing.manifest import find_notebook


def test_the_shipped_default_is_the_one_that_says_so() -> None:
    assert default_dataset() == "azerbaijan"


def test_the_only_dataset_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tiny.make(tmp_path, tiny.STATEMENT_FILES)
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path))
    assert default_dataset() == "mine"
    assert da.load_statements().equals(da.load_statements("mine"))
    assert run(["audit", "--json"]) == 0
    known = read_parameters(find_notebook("trend"))
    assert check_parameters(known, {}, report="trend") == {"dataset": "mine"}
    assert check_parameters(known, {"dataset": "mine"}, report="trend") == {"dataset": "mine"}


def test_of_several_one_must_say_so(tmp_path: Path) -> None:
    for name in ("one", "two"):
        tiny.make(tmp_path, tiny.STATEMENT_FILES, name=name)
    with pytest.raises(DatasetError, match=r"holds one, two; name one, or write default = true"):
        da.load_statements(data_home=tmp_path)
    (tmp_path / "two" / "programme.toml").write_text("default = true\n", encoding="utf-8")
    assert default_dataset(tmp_path) == "two"
    (tmp_path / "one" / "programme.toml").write_text("default = true\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="of one, not of several"):
        default_dataset(tmp_path)
