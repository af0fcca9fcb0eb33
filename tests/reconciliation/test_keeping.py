"""A mode and draws found before are found again, and never those of other figures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import pandas as pd
import pytest
from strategies import weekly_programme

import demine_analysis as da
from demine_analysis import cache, model
from demine_analysis.model import TYPICAL, Scales

if TYPE_CHECKING:
    from pathlib import Path

    from demine_analysis.reconciliation.result import Reconciliation

STEADY = [100.0, 120, 90, 110, 100, 80, 100, 130, 95, 105, 100, 115]
ROWS = weekly_programme(STEADY).statements
OTHERS = weekly_programme([150.0, *STEADY[1:]]).statements


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path))
    return tmp_path


def quick(
    rows: pd.DataFrame = ROWS, scales: Scales | None = TYPICAL, seed: int = 0, draws: int = 150
) -> Reconciliation:
    return da.reconcile(rows, scales=scales, draws=draws, seed=seed)


def same(one: Reconciliation, other: Reconciliation) -> bool:
    return np.array_equal(one.weekly_draws(), other.weekly_draws())


def never(*_: object) -> NoReturn:
    raise AssertionError("computed again")


@pytest.mark.usefixtures("place")
def test_what_was_found_before_is_not_looked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = quick()
    first.weekly()
    monkeypatch.setattr(model, "fit", never)
    monkeypatch.setattr(model, "draw", never)
    assert same(quick(), first)
    pd.testing.assert_frame_equal(quick().residuals(), first.residuals(), check_exact=True)


@pytest.mark.usefixtures("place")
def test_without_what_is_kept_the_numbers_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quick().weekly()
    found = quick()
    found.weekly()
    monkeypatch.setenv(cache.ENVIRONMENT, "")
    assert same(quick(), found)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "other", [quick(OTHERS), quick(scales=Scales(week=0.5)), quick(seed=1)], ids=str
)
def test_other_figures_scales_and_seeds_have_their_own(other: Reconciliation) -> None:
    before = quick().weekly()
    assert not np.array_equal(other.weekly()["median"], before["median"])


def test_another_number_of_draws_has_its_own(place: Path) -> None:
    assert quick().draws.shape[1] == 150
    assert quick(draws=160).draws.shape[1] == 160
    assert len(list(place.glob("draws-*.npy"))) == 2


@pytest.mark.parametrize("content", ["", "{}", '{"x": [0.0]}', "[]"])
def test_a_damaged_mode_is_found_anew(place: Path, content: str) -> None:
    first = quick()
    [kept] = place.glob("mode-*.json")
    whole = kept.read_text(encoding="utf-8")
    kept.write_text(content, encoding="utf-8")
    assert same(quick(), first)
    assert kept.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize("content", ["{}", '{"level": 0.05}', "[]"])
def test_damaged_scales_are_estimated_anew(place: Path, content: str) -> None:
    first = quick(scales=None)
    [kept] = place.glob("scales-*.json")
    whole = kept.read_text(encoding="utf-8")
    kept.write_text(content, encoding="utf-8")
    [mode] = place.glob("mode-*.json")
    mode.unlink()
    assert same(quick(scales=None), first)
    assert kept.read_text(encoding="utf-8") == whole


def of_another_shape() -> bytes:
    content = io.BytesIO()
    np.save(content, np.zeros((3, 4)))
    return content.getvalue()


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"PK\x03\x04", of_another_shape()])
def test_damaged_draws_are_drawn_anew(place: Path, content: bytes) -> None:
    first = quick().weekly_draws()
    [kept] = place.glob("draws-*.npy")
    whole = kept.read_bytes()
    kept.write_bytes(content)
    assert np.array_equal(quick().weekly_draws(), first)
    assert kept.read_bytes() == whole


def test_a_reader_who_changes_draws_changes_their_own(place: Path) -> None:
    first = quick().draws.copy()
    quick().draws[:] = 0.0
    assert np.array_equal(quick().draws, first)
    assert list(place.glob("draws-*.npy"))
