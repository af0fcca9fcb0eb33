"""What was computed once is found again; a broken cache is as good as none."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from demine_analysis import cache
from demine_analysis.model import Scales


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.mark.usefixtures("place")
def test_what_was_put_is_got() -> None:
    cache.put("scales", "abc", {"level": 0.05, "odds": [0.5, 0.5]})
    assert cache.get("scales", "abc") == {"level": 0.05, "odds": [0.5, 0.5]}


@pytest.mark.usefixtures("place")
def test_another_name_has_nothing() -> None:
    cache.put("scales", "abc", {"level": 0.05})
    assert cache.get("scales", "abd") is None
    assert cache.get("other", "abc") is None


def test_an_empty_name_switches_keeping_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.ENVIRONMENT, "")
    cache.put("scales", "abc", {"level": 0.05})
    assert cache.folder() is None
    assert cache.get("scales", "abc") is None


def test_a_tilde_is_the_users_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(cache.ENVIRONMENT, "~/x")
    monkeypatch.chdir(tmp_path)
    cache.put("scales", "abc", {"level": 0.05})
    assert [each.name for each in tmp_path.iterdir()] == ["x"]


def test_without_a_name_the_users_folder_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.ENVIRONMENT)
    folder = cache.folder()
    assert folder is not None
    assert folder.name == "demine_analysis"


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", "\x00"])
def test_a_damaged_file_counts_as_nothing(place: Path, content: str) -> None:
    place.mkdir()
    (place / "scales-abc.json").write_text(content, encoding="utf-8")
    assert cache.get("scales", "abc") is None


def test_a_folder_that_cannot_be_made_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path / "file" / "folder"))
    cache.put("scales", "abc", {"level": 0.05})
    assert cache.get("scales", "abc") is None


def test_nothing_is_left_beside_the_result(place: Path) -> None:
    cache.put("scales", "abc", {"level": 0.05})
    assert [file.name for file in place.iterdir()] == ["scales-abc.json"]


def test_a_write_that_fails_leaves_nothing(place: Path) -> None:
    (place / "scales-abc.json").mkdir(parents=True)
    cache.put("scales", "abc", {"level": 0.05})
    assert [file.name for file in place.iterdir()] == ["scales-abc.json"]
    assert cache.get("scales", "abc") is None


def test_the_oldest_results_of_a_kind_are_forgotten(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_RESULTS", 3 * len('{"x": [1.0]}'))
    cache.put("scales", "abc", {"level": 0.05})
    for age, name in enumerate("fedcb"):
        cache.put("mode", name, {"x": [1.0]})
        os.utime(place / f"mode-{name}.json", (age, age))
    cache.put("mode", "a", {"x": [1.0]})
    assert sorted(file.stem for file in place.iterdir()) == [
        "mode-a", "mode-b", "mode-c", "scales-abc",
    ]  # fmt: skip


def test_the_key_follows_the_content() -> None:
    values = np.arange(4.0)

    def key(*inputs: object, code: bytes = b"code") -> str:
        return cache.key(*inputs, code=code)

    assert key(Scales(), values) == key(Scales(), values.copy())
    others = [
        key(Scales(level=0.06), values),
        key(Scales(), values + 1e-12),
        key(Scales(), values.reshape(2, 2)),
        key(Scales(), values.astype(np.float32)),
        key(values, Scales()),
        key(b"values"),
        key(Scales(), values, code=b"other"),
    ]
    assert len({key(Scales(), values), *others}) == 8


def test_the_hash_of_code_follows_every_file_and_version(tmp_path: Path) -> None:
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "__pycache__").mkdir()
    first, second = tmp_path / "room" / "a.py", tmp_path / "b.py"
    first.write_text("1", encoding="utf-8")
    second.write_text("2", encoding="utf-8")
    before = cache.code(tmp_path / "room", second, libraries=["1.0"])
    assert cache.code(tmp_path / "room", second, libraries=["1.0"]) == before
    assert cache.code(tmp_path / "room", second, libraries=["1.1"]) != before
    first.write_text("3", encoding="utf-8")
    assert cache.code(tmp_path / "room", second, libraries=["1.0"]) != before


def test_arrays_are_kept_to_the_last_bit_and_the_oldest_forgotten(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_ARRAYS", 5_000)
    values = np.random.default_rng(0).standard_normal((5, 7))
    cache.put_array("draws", "a", values)
    found = cache.get_array("draws", "a")
    assert found is not None
    assert found.tobytes() == values.tobytes()
    for number in range(20):
        cache.put_array("draws", f"b{number}", values)
    assert 4_500 < sum(file.stat().st_size for file in place.glob("draws-*.npy")) <= 5_000
    assert cache.get_array("draws", "a") is None


def test_a_very_large_array_is_not_kept(place: Path) -> None:
    cache.put_array("draws", "a", np.zeros((8001, 1000)))
    assert not place.exists()
