"""The widgets of the notebook that adds a notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from notebook_runs import code_cells
from tiny_dataset import make

import demine_analysis as da
from demine_analysis.notices.workbench import Workbench, marked

TEXT = (
    "From January 8 to 14, 2024, 9 anti-personnel mines were found & destroyed. "
    "In all 130 hectares were cleared of mines."
)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    make(tmp_path)
    monkeypatch.setenv("DEMINE_DATA_HOME", str(tmp_path))
    return Workbench("mine", TEXT, "2024-01-16")


def test_figures_are_marked_in_the_text(bench: Workbench) -> None:
    bench.read()
    assert "<mark>9 anti-personnel mines</mark>" in bench.text.value
    assert "found &amp; destroyed" in bench.text.value
    assert bench.notice is not None
    assert marked(bench.notice) == bench.text.value


def test_the_table_is_mended_and_saved(bench: Workbench) -> None:
    bench.read()
    assert [row["cells"]["value"].value for row in bench.rows] == ["9", "130"]
    bench.rows[0]["cells"]["value"].value = "8"
    bench.rows[1]["taken"].value = False
    bench.url.value = "https://example.org/new"
    bench.save()
    assert "added" in bench.said.value
    new = da.load_statements("mine").query("source_id == 'example-org-20240116' or value == 8")
    assert new["value"].tolist() == [8]
    assert len(da.check_dataset("mine")) == 0


def test_what_is_wrong_is_said_and_nothing_saved(bench: Workbench) -> None:
    bench.read()
    before = len(da.load_statements("mine"))
    bench.save()
    assert "give it by --url" in bench.said.value
    bench.url.value = "https://example.org/new"
    bench.rows[0]["cells"]["unit"].value = "pieces"
    bench.save()
    assert "column unit" in bench.said.value
    assert len(da.load_statements("mine")) == before


def test_a_source_that_cannot_be_read_is_said(bench: Workbench) -> None:
    bench.source.value = "http://127.0.0.1/"
    bench.read()
    assert "not a public address" in bench.said.value
    assert bench.save_button.disabled


def test_the_notebook_shows_the_widgets(bench: Workbench) -> None:
    namespace: dict[str, object] = {}
    *cells, last = ["".join(cell["source"]) for cell in code_cells("add-notice")]
    for cell in [*cells, last.rsplit("\n", 1)[0]]:
        exec(cell, namespace)  # noqa: S102 - the notebook is our own
    box = eval(last.rsplit("\n", 1)[1], namespace)  # noqa: S307 - as above
    assert type(box) is type(bench.box)


def test_a_dataset_without_statements_is_said(bench: Workbench) -> None:
    del bench
    assert "dataset must be one of" in Workbench("none", "", "").said.value
