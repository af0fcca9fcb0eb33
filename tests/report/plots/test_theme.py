"""Colours keep their contrast on light and dark pages, in grey and without red or green cones."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations

import numpy as np
import pytest
import seaborn as sns
from colours import MACHADO, contrast, lab, lightness, linear

from demine_analysis.report.plots import theme

SCHEMES = {"light": 0, "dark": 1}
SERIES = ["blue", "orange", "teal", "purple", "red", "grey"]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", ["text", "muted"])
def test_text_passes_wcag_aa(scheme: str, role: str) -> None:
    at = SCHEMES[scheme]
    assert contrast(theme.COLOURS[role][at], theme.COLOURS["page"][at]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("role", SERIES)
def test_graphics_pass_wcag_aa(scheme: str, role: str) -> None:
    at = SCHEMES[scheme]
    assert contrast(theme.COLOURS[role][at], theme.COLOURS["page"][at]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_neighbouring_series_differ_in_grey(scheme: str) -> None:
    """A step of 5 in CIE lightness shows between any two; the first three are further apart."""
    steps = [lightness(theme.COLOURS[role][SCHEMES[scheme]]) for role in SERIES]
    assert min(abs(one - other) for one, other in combinations(steps, 2)) >= 5
    assert abs(steps[0] - steps[1]) >= 14
    assert abs(steps[0] - steps[2]) >= 14


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", MACHADO)
def test_series_differ_without_a_kind_of_cone(scheme: str, kind: str) -> None:
    """Two colours of 10 or more apart (CIE 1976) are told apart side by side at a glance."""
    seen = [lab(MACHADO[kind] @ linear(theme.COLOURS[role][SCHEMES[scheme]])) for role in SERIES]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) >= 10


def test_grey_of_known_lightness() -> None:
    assert lightness("#777777") == pytest.approx(50, abs=0.2)
    assert lab(linear("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.1)


def test_simulation_makes_red_and_green_alike() -> None:
    red, green = linear("#c00000"), linear("#6a6a00")
    far = np.linalg.norm(lab(red) - lab(green))
    near = np.linalg.norm(lab(MACHADO["deuteranopia"] @ red) - lab(MACHADO["deuteranopia"] @ green))
    assert near < far / 3


PAIRS = [("text", "page"), ("muted", "page"), ("link", "page"), ("text", "shade")]


@pytest.mark.parametrize(("front", "back"), PAIRS)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_of_pages_passes_wcag_aa(scheme: str, front: str, back: str) -> None:
    colours = page_variables()[SCHEMES[scheme]]
    assert contrast(colours[front], colours[back]) >= 4.5


def test_pages_and_figures_share_their_ground_and_text() -> None:
    for scheme, colours in enumerate(page_variables()):
        for role in ("page", "text", "muted"):
            assert colours[role] == theme.COLOURS[role][scheme]


def page_variables() -> list[dict[str, str]]:
    """Return the colours that the pages' stylesheet names, for light and for dark pages."""
    source = (files("demine_analysis.publishing.page") / "template" / "style.css").read_text(
        "utf-8"
    )
    blocks = re.findall(r":root \{([^}]*)\}", source)
    return [dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block)) for block in blocks[:2]]


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


def test_the_written_out_style_is_seaborns() -> None:
    whole = sns.axes_style("ticks") | sns.plotting_context("paper", font_scale=0.9375)
    ours = {name: value for name, value in theme.RC.items() if name not in theme.SEABORN}
    left = {name for name in whole if name not in ours}
    # No figure has an image, and the font is named.
    assert left - set(theme.SEABORN) == {"image.cmap", "font.sans-serif"}
    for name, value in theme.SEABORN.items():
        assert value == (pytest.approx(whole[name]) if isinstance(value, float) else whole[name])
