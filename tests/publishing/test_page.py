"""A page shows what cells show, stands alone, and is the same every time."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from tiny_notebooks import code, notebook_json, text

from demine_analysis.publishing.page.document import anchored, contents, titled, to_html
from demine_analysis.publishing.running.attempt import Attempt
from demine_analysis.publishing.running.execute import execute

if TYPE_CHECKING:
    from demine_analysis.publishing.running.kernels.warm import WarmProcess

CELLS = [
    text("# Heading of the notebook\n\nWords *in italics*."),
    code("secret_code = 6 * 7\nprint('printed <5 & 6>')"),
    text("## Same name\n\n## Same name\n\n## Füzuli & co"),
    code("import sys, warnings\nprint('to stderr', file=sys.stderr); warnings.warn('a warning')"),
    code("object()"),
    code("from IPython.display import HTML\nHTML('<h2 id=\"own\">From <em>output</em></h2>')"),
    code(
        "from matplotlib.figure import Figure\nimport io\nfrom IPython.display import SVG\n"
        "figure = Figure(); figure.add_subplot().plot([1, 2], clip_on=True)\n"
        "file = io.StringIO(); figure.savefig(file, format='svg', metadata={'Date': None})\n"
        "SVG(file.getvalue())"
    ),
    code("import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()"),
]


@cache
def page(warm: WarmProcess, title: str = "The <title>", language: str = "en") -> str:
    executed = execute(notebook_json(*CELLS), {}, Attempt(warm))
    return to_html(executed, title=title, language=language, address="")


@pytest.mark.parametrize(
    "hidden",
    ["secret_code", "to stderr", "a warning", "In&nbsp;[", "object at 0x", "who: str", "¶"],
)
def test_code_prompts_and_stderr_do_not_appear(warm: WarmProcess, hidden: str) -> None:
    assert hidden not in page(warm)


def test_what_cells_show_appears_escaped(warm: WarmProcess) -> None:
    assert "<pre>printed &lt;5 &amp; 6&gt;\n</pre>" in page(warm)
    assert "<em>in italics</em>" in page(warm)
    assert page(warm).count("<svg") == 1
    assert "data:image/png;base64," in page(warm)


def test_the_reports_title_is_the_first_heading(warm: WarmProcess) -> None:
    assert "<title>The &lt;title&gt;</title>" in page(warm)
    assert re.findall(r"<h1\b.*?</h1>", page(warm)) == ["<h1>The &lt;title&gt;</h1>"]


def test_contents_lead_to_every_second_heading_once(warm: WarmProcess) -> None:
    html = page(warm)
    links = re.findall(r'<li><a href="#([^"]*)">([^<]*)</a></li>', html)
    names = [name for _, name in links]
    assert names == ["Same name", "Same name", "Füzuli &amp; co", "From output"]
    assert all(html.count(f'id="{anchor}"') == 1 for anchor, _ in links)


def test_no_identifier_is_there_twice(warm: WarmProcess) -> None:
    found = re.findall(r'\bid="([^"]*)"', page(warm))
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "part", ["<header", "<main", "<nav", "<footer", 'name="viewport"', '<html lang="en">']
)
def test_a_page_has_landmarks_language_and_viewport(warm: WarmProcess, part: str) -> None:
    assert page(warm).count(part) == 1


def test_nothing_is_loaded_from_elsewhere(warm: WarmProcess) -> None:
    html = page(warm)
    loaded = re.findall(r"""(?:src|srcset)\s*=\s*["']([^"']{0,11})|url\(([^)]{0,11})""", html)
    assert {each for pair in loaded for each in pair if each} <= {"data:image/", "#"} | {
        each for each in (pair[1] for pair in loaded) if each.startswith("#")
    }
    assert "<script" not in html
    assert "@import" not in html


@pytest.mark.parametrize(
    ("language", "word"), [("az", "Mündəricat"), ("ru", "Содержание"), ("uk", "Зміст")]
)
def test_words_around_the_report_are_in_its_language(
    warm: WarmProcess, language: str, word: str
) -> None:
    html = page(warm, language=language)
    assert f'<html lang="{language}">' in html
    assert word in html


def test_the_same_notebook_gives_the_same_bytes(warm: WarmProcess) -> None:
    first = to_html(execute(notebook_json(*CELLS), {}, Attempt(warm)), title="T")
    second = to_html(execute(notebook_json(*CELLS), {}, Attempt()), title="T")
    assert first == second


def test_a_body_without_first_heading_gets_one() -> None:
    assert titled("<p>x</p>", "A & B") == "<h1>A &amp; B</h1>\n<p>x</p>"


def test_headings_without_text_can_still_be_reached() -> None:
    entries = contents(anchored("<h2></h2><h2 class='x'>!</h2>"))
    assert [each.anchor for each in entries] == ["section", "section-2"]
