"""What is remembered of a load: as long as the files' bytes are the same, and nobody's changes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import tiny_dataset as tiny

import demine_analysis as da
from demine_analysis import published
from demine_analysis.datasets import remembered as kept
from demine_analysis.datasets.checking import validate

if TYPE_CHECKING:
    from pathlib import Path


def change_silently(path: Path, old: str, new: str) -> None:
    """Change a file's content but neither its size nor its time."""
    before = path.stat()
    assert len(old) == len(new)
    tiny.change(path.name, old, new)(path.parent)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def forbid_validation(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> list[object]:
        raise AssertionError("validated")

    monkeypatch.setattr(validate, "check_cells", refuse)


def test_unchanged_files_are_not_validated_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.make(tmp_path, {**tiny.STATEMENT_FILES, "corrections.toml": tiny.CORRECTION})
    first = published.inputs("mine", data_home=tmp_path)
    forbid_validation(monkeypatch)
    again = published.inputs("mine", data_home=tmp_path)
    frames = ("statements", "sources", "casualties", "evidence")
    for name in frames:
        assert getattr(first, name).equals(getattr(again, name))


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "value"),
    [
        ("statements.csv", "120.5,ha", "130.5,ha", "value", 130.5),
        ("sources.csv", "2024-01-08,en", "2024-01-09,en", "published", "2024-01-09"),
        ("corrections.toml", "value = 12.05", "value = 13.05", "value", 13.05),
    ],
)
def test_changed_file_is_seen(
    tmp_path: Path, file: str, old: str, new: str, column: str, value: object
) -> None:
    files = {**tiny.STATEMENT_FILES}
    if file == "corrections.toml":
        files[file] = tiny.CORRECTION
    folder = tiny.make(tmp_path, files)
    before = da.load_statements("mine", data_home=tmp_path)
    change_silently(folder / file, old, new)
    after = da.load_statements("mine", data_home=tmp_path)
    assert before[column].iloc[0] != after[column].iloc[0]
    assert str(after[column].iloc[0]).startswith(str(value))


def test_corrections_that_appear_and_go_are_seen(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    values = []
    for text in ("", tiny.CORRECTION, ""):
        (folder / "corrections.toml").write_text(text, "utf-8")
        values.append(da.load_statements("mine", data_home=tmp_path)["value"].iloc[0])
    (folder / "corrections.toml").unlink()
    values.append(da.load_statements("mine", data_home=tmp_path)["value"].iloc[0])
    assert values == [120.5, 12.05, 120.5, 120.5]


def test_corrected_and_uncorrected_are_apart(tmp_path: Path) -> None:
    tiny.make(tmp_path, {**tiny.STATEMENT_FILES, "corrections.toml": tiny.CORRECTION})
    values = [
        da.load_statements("mine", data_home=tmp_path, corrected=corrected)["value"].iloc[0]
        for corrected in (True, False, True)
    ]
    assert values == [12.05, 120.5, 12.05]


def test_changed_casualties_and_records_are_seen(tmp_path: Path) -> None:
    victims = tiny.make(tmp_path) / "casualties.csv"
    records = tiny.make(tmp_path, {"records.csv": tiny.RECORDS}, name="records") / "records.csv"
    assert da.load_casualties("mine", data_home=tmp_path)["killed"].tolist() == [65]
    assert da.load_records("records", data_home=tmp_path)["area_cleared"].tolist() == [1.5]
    change_silently(victims, "65,290", "66,290")
    change_silently(records, "31,1.5", "31,2.5")
    assert da.load_casualties("mine", data_home=tmp_path)["killed"].tolist() == [66]
    assert da.load_records("records", data_home=tmp_path)["area_cleared"].tolist() == [2.5]


def test_equal_records_of_two_datasets_have_their_own_ids(tmp_path: Path) -> None:
    for name in ("one", "two"):
        tiny.make(tmp_path, {"records.csv": tiny.COLOMBIA}, name=name)
    ids = [
        da.load_records(name, data_home=tmp_path)["record_id"].iloc[0] for name in ("one", "two")
    ]
    assert ids == ["one.001", "two.001"]


def test_callers_changes_do_not_come_back(tmp_path: Path) -> None:
    tiny.make(tmp_path)
    for name in ("statements", "sources", "casualties"):
        load = getattr(da, f"load_{name}")
        first = load("mine", data_home=tmp_path)
        expected = first.copy(deep=True)
        text = first["publisher" if name != "statements" else "metric"].array
        text[0] = "changed"  # past the frame, where copy-on-write does not look
        first.iloc[0, -1] = first.iloc[-1, -1]
        first.index.name = first.columns.name = "changed"
        first.attrs["changed"] = True
        again = load("mine", data_home=tmp_path)
        assert again.equals(expected)
        assert (again.index.name, again.columns.name, again.attrs) == (None, None, {})


def test_broken_file_fails_each_time_and_works_once_mended(tmp_path: Path) -> None:
    folder = tiny.make(tmp_path)
    tiny.change("statements.csv", "120.5,ha", "120,5,ha")(folder)
    for _ in range(2):
        with pytest.raises(da.DatasetError, match="line 2"):
            da.load_statements("mine", data_home=tmp_path)
    tiny.change("statements.csv", "120,5,ha", "120.5,ha")(folder)
    assert len(da.load_statements("mine", data_home=tmp_path)) == 3


def test_large_files_are_not_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny.make(tmp_path)
    monkeypatch.setattr(kept, "LARGEST_FILES", 10)
    first = da.load_casualties("mine", data_home=tmp_path)
    forbid_validation(monkeypatch)
    with pytest.raises(AssertionError, match="validated"):
        da.load_casualties("mine", data_home=tmp_path)
    assert len(first) == 1
