from __future__ import annotations

import doctest
import importlib

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "vocabulary",
        "datasets.check",
        "datasets.corrections",
        "datasets.listing",
        "datasets.load",
        "datasets.records",
    ],
)
def test_examples_in_the_docstrings_are_true(module: str) -> None:
    loaded = importlib.import_module(f"demine_analysis.{module}")
    result = doctest.testmod(loaded)
    assert result.attempted > 0
    assert result.failed == 0
