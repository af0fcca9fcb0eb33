"""Colours keep their contrast on light and dark pages, in grey and without red or green cones."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from demine_analysis.plots import theme

SCHEMES = {"light": 0, "dark": 1}
#: Linear RGB as seen with deuteranopia (Viénot, Brettel, Mollon 1999).
DEUTERANOPIA = np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]])


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    return float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", ["text", "muted"])
def test_text_passes_wcag_aa(scheme: str, role: str) -> None:
    at = SCHEMES[scheme]
    assert contrast(theme.COLOURS[role][at], theme.COLOURS["page"][at]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", ["blue", "orange", "teal", "purple", "red", "grey"])
def test_graphics_pass_wcag_aa(scheme: str, role: str) -> None:
    at = SCHEMES[scheme]
    assert contrast(theme.COLOURS[role][at], theme.COLOURS["page"][at]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_first_colours_differ_with_deuteranopia(scheme: str) -> None:
    at = SCHEMES[scheme]
    seen = [DEUTERANOPIA @ linear(theme.COLOURS[role][at]) for role in ("blue", "orange", "teal")]
    roots = [np.sqrt(np.clip(colour, 0, 1)) for colour in seen]
    assert all(np.linalg.norm(one - other) > 0.15 for one, other in combinations(roots, 2))


def test_known_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_theme_colours_become_variables_and_others_stay() -> None:
    source = theme.page_colours(f"stroke: {theme.BLUE}; fill: #123456")
    assert source == f"stroke: var(--demine-blue, {theme.BLUE}); fill: #123456"


def test_every_role_has_a_variable_in_both_schemes() -> None:
    css = theme.css_variables()
    for role, (light, dark) in theme.COLOURS.items():
        assert css.count(f"--demine-{role}:{light};") == 1
        assert css.count(f"--demine-{role}:{dark};") == 2  # of the system, of JupyterLab
