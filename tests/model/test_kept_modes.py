"""A mode kept as JSON comes back to the last bit, or not at all."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from layouts import mixed_design, weekly_design, work

from demine_analysis.model import TYPICAL, as_dict, draw, fit, from_dict, leave_one_out

DESIGN = mixed_design()
FITTED = fit(DESIGN)


def kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(as_dict(FITTED)))
    return found


def test_what_comes_back_is_the_same_to_the_last_bit() -> None:
    again = from_dict(DESIGN, TYPICAL, kept())
    assert again is not None
    for one, other in (
        (again.x, FITTED.x),
        (again.linear.jacobian.toarray(), FITTED.linear.jacobian.toarray()),
        (draw(again, np.random.default_rng(0), 20), draw(FITTED, np.random.default_rng(0), 20)),
        (leave_one_out(again)[0], leave_one_out(FITTED)[0]),
    ):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", ["x", "prior_weight", "weight", "log_rate"])
@pytest.mark.parametrize("wrong", [None, [], [1.0], "1.0", {"0": 1.0}])
def test_what_does_not_fit_the_design_is_not_taken(name: str, wrong: object) -> None:
    assert from_dict(DESIGN, TYPICAL, kept() | {name: wrong}) is None


@pytest.mark.parametrize("wrong", [None, "1", True, float("nan"), float("inf")])
def test_what_is_no_number_is_not_taken(wrong: object) -> None:
    assert from_dict(DESIGN, TYPICAL, kept() | {"x": [wrong, *kept()["x"][1:]]}) is None


def test_another_designs_mode_is_not_taken() -> None:
    assert from_dict(weekly_design(work(7), factor={}), TYPICAL, kept()) is None
    assert from_dict(DESIGN, TYPICAL, {}) is None
