"""The data packages: what is written by hand and what is generated, against the disk."""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import frictionless
import pytest

from demine_analysis.datasets import package

DATA = Path(__file__).parents[2] / "data"
NAMES = sorted(path.parent.name for path in DATA.glob("*/package.toml"))
both = pytest.mark.parametrize("name", NAMES)


def descriptor(name: str) -> dict[str, Any]:
    return dict(json.loads((DATA / name / "datapackage.json").read_text("utf-8")))


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream))


@both
def test_descriptor_is_up_to_date(name: str) -> None:
    # If this fails: python -m demine_analysis.datasets.package
    assert (DATA / name / "datapackage.json").read_text("utf-8") == package.as_json(DATA / name)


@both
def test_every_csv_file_is_described(name: str) -> None:
    paths = {resource["path"] for resource in descriptor(name)["resources"]}
    assert paths == {path.name for path in (DATA / name).glob("*.csv")}


@both
def test_sizes_and_hashes_are_those_on_the_disk(name: str) -> None:
    for resource in descriptor(name)["resources"]:
        raw = (DATA / name / resource["path"]).read_bytes()
        assert resource["bytes"] == len(raw)
        assert resource["hash"] == "sha256:" + hashlib.sha256(raw).hexdigest()


@both
def test_row_counts_are_those_on_the_disk(name: str) -> None:
    for resource in descriptor(name)["resources"]:
        with (DATA / name / resource["path"]).open(encoding="utf-8", newline="") as stream:
            assert len(list(csv.reader(stream))) - 1 == resource["rows"]


@both
def test_every_column_is_described_in_order(name: str) -> None:
    written = tomllib.loads((DATA / name / "package.toml").read_text("utf-8"))
    for resource in written["resources"]:
        fields = resource["fields"]
        assert [field["name"] for field in fields] == header(DATA / name / resource["path"])
        assert all(field["description"].endswith(".") for field in fields)
        numbers = [field for field in fields if field["type"] in {"number", "integer"}]
        assert all("unit" in field for field in numbers if field["name"] not in {"ano", "mes"})


@both
def test_frictionless_accepts_the_package(name: str) -> None:
    report = frictionless.validate(str(DATA / name / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    stated = [each["rows"] for each in descriptor(name)["resources"]]
    assert [task.stats["rows"] for task in report.tasks] == stated


def test_writing_is_deterministic(tmp_path: Path) -> None:
    folder = tmp_path / "colombia"
    folder.mkdir()
    for path in (DATA / "colombia").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "datapackage.json").unlink()
    package.main([str(folder)])
    written = (folder / "datapackage.json").read_bytes()
    assert written == (DATA / "colombia" / "datapackage.json").read_bytes()
