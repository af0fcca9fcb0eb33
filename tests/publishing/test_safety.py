"""Nothing in data, parameters or names can run, load or write where it should not."""

from __future__ import annotations

import ast
import io
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import nbformat
import pandas as pd
import pytest
from hostile import EVERYTHING, FORMULAS, HTML, PATHS, TEXT
from papermill.translators import translate_parameters
from tiny_notebooks import code, entry, notebook_json, write_manifest, write_notebook

from demine_analysis.errors import ParameterError
from demine_analysis.parameters import Parameter, check_parameters, read_parameters
from demine_analysis.publishing.manifest import find_notebook, load_manifest
from demine_analysis.publishing.page.document import to_html
from demine_analysis.publishing.page.look import script
from demine_analysis.publishing.page.safety import _is_active, harmless
from demine_analysis.publishing.running.attempt import Attempt
from demine_analysis.publishing.running.execute import execute
from demine_analysis.report.display import blocks

if TYPE_CHECKING:
    from pathlib import Path

    from demine_analysis.publishing.running.kernels.warm import WarmProcess

RUNS_OR_LOADS = {"script", "iframe", "object", "embed", "link", "base", "form", "video", "template"}


class Watcher(HTMLParser):
    """Collects what a browser would run or fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in RUNS_OR_LOADS:
            self.found.append(tag)
        for name, value in attrs:
            plain = re.sub(r"[\x00-\x20]", "", value or "").casefold()
            if name.startswith("on") or plain.startswith(("javascript:", "vbscript:")):
                self.found.append(f"{tag} {name}")
            if name in {"src", "srcset", "poster", "srcdoc"} and not plain.startswith(
                "data:image/"
            ):
                self.found.append(f"{tag} {name}")
            if name == "style" and re.search(r"url\(.*//", plain):
                self.found.append(f"{tag} {name}")
            if plain.startswith("data:text/html"):
                self.found.append(f"{tag} {name}")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style" and re.search(r"@import|url\([^)]*//", data):
            self.found.append("style")


def active(html: str) -> list[str]:
    watcher = Watcher()
    watcher.feed(html)
    watcher.close()
    return watcher.found


def test_there_are_enough_hostile_values() -> None:
    assert len(set(EVERYTHING)) >= 60


@pytest.mark.parametrize("value", HTML)
def test_the_watcher_sees_what_is_active(value: str) -> None:
    if "noscript" not in value and "<meta" not in value:  # the parser is none of a browser's
        assert active(value)


@pytest.mark.parametrize("value", HTML)
def test_active_html_is_disarmed(value: str) -> None:
    assert active(harmless(f"<p>before</p>{value}<p>after</p>")) == []
    assert "http-equiv" not in harmless(value)
    assert "before" in harmless(f"<p>before</p>{value}")


@pytest.mark.parametrize(
    "value",
    [
        "<p>5 &lt; 6 &amp; 7</p>",
        '<svg viewBox="0 0 1 1"><clipPath id="a"/><use xlink:href="#a"/></svg>',
        '<a href="https://example.org/a?b=c&amp;d">source</a>',
        '<a download="x.csv" href="data:text/csv;charset=utf-8;base64,YQ==">CSV</a>',
        '<img src="data:image/png;base64,AA==" alt="x">',
        "<p>script: on = 5; the description of operations</p>",
        "<style>.a{fill:url(#hatch)}</style>",
    ],
)
def test_harmless_html_is_not_touched(value: str) -> None:
    assert harmless(value) == value


# What Python's patterns of text take for a blank, and browsers drop from an address or do not.
@pytest.mark.parametrize("blank", ["\x01", "\x0b", "\x1c", "\x1f", "\x85", "\xa0", "\u2028"])
@pytest.mark.parametrize(
    "value",
    [
        '<p{}onclick="go()">',
        "<p onclick{}='go()'>",
        '<img{}src="http://example.org/">',
        "<a href{}='javascript:go()'>",
        "<a href='{}javascript:go()'>",
        "<p style='background:url({}http://example.org/)'>",
        "<p style='background:url(\"{}http://example.org/\")'>",
    ],
)
def test_no_blank_hides_what_is_active(value: str, blank: str) -> None:
    html = value.format(blank)
    assert _is_active(html.encode())


def test_disarmed_html_keeps_its_text_and_drawings() -> None:
    html = (
        '<svg viewBox="0 0 1 1"><title>A &lt; B &#8364;</title></svg><b onclick="x()">5&nbsp;ha</b>'
    )
    assert harmless(html) == (
        '<svg viewbox="0 0 1 1"><title>A &lt; B &#8364;</title></svg><b>5&nbsp;ha</b>'
    )


@pytest.mark.parametrize("value", EVERYTHING)
def test_an_injected_value_is_only_a_value(value: str) -> None:
    cell = translate_parameters("python3", "python", {"who": value, "names": [value]}, "Parameters")
    statements = ast.parse(cell).body
    assert [type(each) for each in statements] == [ast.Assign, ast.Assign]
    values = [ast.literal_eval(each.value) for each in statements if isinstance(each, ast.Assign)]
    assert values == [value, [value]]


def test_hostile_values_reach_a_kernel_as_they_are(warm: WarmProcess, tmp_path: Path) -> None:
    valid = [each for each in EVERYTHING if each.isascii()]
    source = notebook_json(
        code("import json; print(json.dumps(who))"), parameters="who: list[str] = []"
    )
    executed = execute(source, {"who": valid}, Attempt(warm))
    assert ast.literal_eval(executed.cells[-1].outputs[0].text) == valid
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("value", EVERYTHING)
@pytest.mark.parametrize("name", ["district", "metric", "operator", "dataset", "start", "window"])
def test_a_hostile_value_of_a_known_parameter_is_refused(name: str, value: str) -> None:
    known = [Parameter(name, "str", "", "")]
    with pytest.raises(ParameterError) as caught:
        check_parameters(known, {name: value}, report="r")
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_hostile_name_of_a_parameter_is_refused(name: str) -> None:
    with pytest.raises(ParameterError, match="must be one of dataset"):
        check_parameters(read_parameters(find_notebook("trend")), {name: "x"}, report="trend")


@pytest.mark.parametrize("value", [*HTML, *TEXT[6:12]])
def test_values_are_escaped_in_pages(value: str) -> None:
    """A figure's text comes from data, the title from the manifest; both are shown, not obeyed."""
    notebook = nbformat.reads(notebook_json(code("")), as_version=4)
    stream = nbformat.v4.new_output("stream", text=value)
    shown = nbformat.v4.new_output("display_data", data={"text/html": f"<p>{value}</p>"})
    notebook.cells[-1].outputs = [stream, shown]
    html = to_html(notebook, title=value, language=value)
    assert active(html) == []
    assert html.count("<title>") - html.count("&lt;title&gt;") == 1
    assert html.count("</html>") == 1


def test_every_page_forbids_scripts_of_others_and_network(warm: WarmProcess) -> None:
    html = to_html(execute(notebook_json(code("1")), {}, Attempt(warm)), title="T")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert "default-src &#39;none&#39;" in policy
    assert re.findall(r"script-src ([^;]*)", unescape(policy)) == [
        f"'sha256-{b64encode(sha256(script().encode()).digest()).decode()}'"
    ]
    assert "<script" not in html  # a page without a chart needs none
    assert "unsafe-eval" not in policy
    assert html.index("Content-Security-Policy") < html.index("<style>")


@pytest.mark.parametrize("value", PATHS)
def test_a_file_name_cannot_leave_the_folder(tmp_path: Path, value: str) -> None:
    write_notebook(tmp_path)
    for manifest in (
        write_manifest(tmp_path, entry(value)),
        write_manifest(tmp_path, entry("a-{who}", for_each={"who": [value]})),
    ):
        for name in names_or_nothing(manifest):
            assert (tmp_path / f"{name}.html").resolve().parent == tmp_path
            assert re.fullmatch(r"[a-z0-9-]+", name)


def names_or_nothing(manifest: Path) -> list[str]:
    try:
        return [each.name for each in load_manifest(manifest).reports]
    except ParameterError:
        return []


@pytest.mark.parametrize("value", FORMULAS)
def test_no_cell_of_a_download_is_a_formula(value: str) -> None:
    written = blocks.to_csv(pd.DataFrame({"name": [value], "value": [-1.5]}))
    cells = next(pd.read_csv(io.StringIO(written)).itertuples(index=False))
    assert cells[0].startswith("'")
    assert cells[1] == -1.5
