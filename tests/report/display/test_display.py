from __future__ import annotations

import base64
import io
import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest
from frames import interval, totals, weeks
from matplotlib.figure import Figure

from demine_analysis.report import display, plots
from demine_analysis.report.display import tables
from demine_analysis.report.display.blocks import identifier, to_csv
from demine_analysis.report.plots import theme

HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</table>", "a & b"]
SOURCES = pd.DataFrame(
    {
        "source_id": ["page-1", "page-2"],
        "url": ["https://example.org/a?b=1&c=2", "javascript:alert(1)"],
        "publisher": ["Trend", "<b>Bold</b>"],
        "agency": ["AZERTAC", ""],
        "published": pd.to_datetime(["2024-03-05", ""]),
        "language": ["en", "az"],
    }
)


def chart(name: str = "by year") -> display.Block:
    frame = totals([1.5, 2.5])
    return display.chart(
        plots.annual, frame, name=name, title="It rose", alt="1.5 to 2.5", see="Look here."
    )


def downloads(html: str) -> list[pd.DataFrame]:
    found = re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', html)
    return [pd.read_csv(io.BytesIO(base64.b64decode(content))) for content in found]


def test_figure_is_well_formed_and_described() -> None:
    html = chart()._repr_html_()
    tree = ET.fromstring(html)  # noqa: S314 - our own output
    drawings = [node for node in tree.iter() if node.tag.endswith("svg")]
    assert len(drawings) == 1
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    for drawing in drawings:
        assert drawing.get("role") == "img"
        assert drawing.get("aria-labelledby") in ids
    assert tree.get("id") == "figure-by-year"


@pytest.mark.parametrize("name", ["Cost $1$ North", "$\\foo$", "a_b^c"])
def test_a_name_is_no_formula(name: str) -> None:
    frame = totals([1.5]).assign(district=name)
    html = display.chart(
        plots.district_bars, frame, name="d", title="T", alt="", see=""
    )._repr_html_()
    assert f">{name}<" in html


def test_figure_is_the_same_every_time() -> None:
    assert chart()._repr_html_() == chart()._repr_html_()


def test_names_in_any_alphabet_are_anchors() -> None:
    assert identifier("По годам, га") == "по-годам-га"
    assert identifier("İllər üzrə, ha") != identifier("Aylar üzrə, ha")
    assert identifier("by_year") == "by-year"


def test_figures_of_a_page_share_no_identifier() -> None:
    html = chart("one")._repr_html_() + chart("two")._repr_html_()
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    used = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', html)
    assert {name for pair in used for name in pair if name} <= set(ids)


def test_download_is_the_frame_drawn() -> None:
    (frame,) = downloads(chart()._repr_html_())
    assert frame["value"].tolist() == [1.5, 2.5]
    assert frame["period_start"].tolist() == ["2021-01-01", "2022-01-01"]


def test_frames_drawn_beside_can_be_downloaded_too() -> None:
    band = interval(weeks(4))
    points = totals([7.0]).assign(set_aside=False)
    block = display.chart(
        plots.cumulative, band, published=points, name="total", title="t", alt="a"
    )
    drawn, beside = downloads(block._repr_html_())
    assert drawn["median"].tolist() == pytest.approx(band["median"].round(4).tolist())
    assert beside["value"].tolist() == [7.0]


def test_empty_frame_gives_the_sentence_alone() -> None:
    block = display.chart(plots.annual, totals([]), name="n", title="Nothing there.", alt="")
    assert block._repr_html_() == '<p class="demine-missing">Nothing there.</p>'


def test_colours_and_fonts_follow_the_page() -> None:
    html = chart()._repr_html_()
    assert "var(--demine-text" in html
    assert "DejaVu" not in html
    plain = re.sub(r"var\((?:[^()]|\([^()]*\))*\)", "", html)
    assert not re.findall(r"(?:fill|stroke): #[0-9a-f]{6}", plain)


def test_numbers_on_axes_are_not_shortened() -> None:
    ax = Figure().add_subplot()
    ax.bar([0, 1], [0.5, 1.0])
    ax.set_yticks([0.08, 0.16, 0.24], ["0.08", "0.16", "1.2345"])
    html = display.figure(ax, title="t", alt="a", data={}, name="n").html
    assert all(f">{tick}</text>" in html for tick in ("0.08", "0.16", "1.2345"))


def test_bands_keep_their_strength() -> None:
    band = interval(weeks(4))
    html = display.chart(plots.cumulative, band, name="n", title="t", alt="a").html
    assert all(f"opacity: {strength}" in html for _, _, strength in theme.BANDS)


def test_nothing_is_loaded_and_nothing_runs() -> None:
    html = chart()._repr_html_()
    assert not re.search(r"<script|onload|@import|src=", html)
    addresses = re.findall(r'(?:href|xlink:href)="([^"]+)"', html)
    assert all(address.startswith(("#", "data:text/csv")) for address in addresses)


def test_removed_axes_are_refused() -> None:
    ax = Figure().add_subplot()
    ax.remove()
    with pytest.raises(ValueError, match="Axes that belong to a Figure"):
        display.figure(ax, title="t", alt="a", data={}, name="n")


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_escaped(text: str) -> None:
    frame = pd.DataFrame({"name": [text], "value": [1.0]})
    block = display.table(frame, caption=text, columns={"name": text, "value": "v"})
    ET.fromstring(f"<div>{block._repr_html_()}</div>")  # noqa: S314 - our own output
    assert "<script" not in block._repr_html_()
    assert "<img" not in block._repr_html_()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_formula_cells_are_neutralised(cell: str) -> None:
    frame = pd.DataFrame({"note": [cell], "value": [-5.0]})
    read = pd.read_csv(io.StringIO(to_csv(frame)))
    assert read["note"].tolist()[0].startswith("'")
    assert read["value"].tolist() == [-5.0]


def test_download_is_what_pandas_writes() -> None:
    days = pd.to_datetime(["2024-02-29", "NaT", "2023-01-01"])
    frame = pd.DataFrame(
        {
            "share": [0.25, None, 1234567.5],
            "count": [1, 2, 3],
            "many": pd.array([7, None, 9], dtype="Int64"),
            "sure": [True, False, True],
            "day": days,
            "kind": pd.Categorical(["a", None, "b"]),
            "note": ['say "no"', "one, two", None],
            "mixed": pd.Series([1.5, "x\ny", None], dtype="object"),
        },
        index=days.rename("period_start"),
    )
    expected = frame.to_csv(date_format="%Y-%m-%d", lineterminator="\n")
    assert to_csv(frame) == expected
    assert to_csv(frame[:0]) == frame[:0].to_csv(lineterminator="\n")
    assert to_csv(frame[["note"]].reset_index(drop=True)).splitlines()[-1] == '""'


def test_download_has_four_decimals_at_most() -> None:
    frame = pd.DataFrame({"value": [0.123456, 2.0, -0.00001, 1e15, float("inf")]})
    written = to_csv(frame).splitlines()[1:]
    assert written == ["0.1235", "2", "-0", "1000000000000000", "inf"]


def test_table_has_caption_and_scopes() -> None:
    frame = pd.DataFrame({"year": ["2023"], "value": [53081.8]})
    html = display.table(frame, caption="By year", columns={"year": "Year", "value": "ha"}).html
    assert "<caption" in html
    assert '<th scope="col" class="demine-number">ha</th>' in html
    assert '<th scope="row">2023</th>' in html
    assert "53,082" in html


def test_table_without_rows_says_so() -> None:
    block = display.table(pd.DataFrame({"a": []}), caption="c", columns={"a": "A"}, missing="None.")
    assert block.text == "None."


def test_only_web_addresses_become_links() -> None:
    frame = pd.DataFrame({"source_id": ["page-1", "page-2", "gone"]})
    linked = display.with_sources(frame, SOURCES)
    html = display.table(linked, caption="c", columns={"source": "Source"}).html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in html
    assert 'href="javascript' not in html
    assert "Trend, 5 March 2024" in html
    assert "gone" in html


def test_sources_are_listed_once_with_their_figures() -> None:
    used = pd.DataFrame({"source_id": ["page-1", "page-1", "page-2"]})
    html = display.sources_list(SOURCES, used).html
    assert html.count("<li") == 2
    assert "Trend (AZERTAC), 5 March 2024, English, figures used: 2" in html
    assert "<b>Bold" not in html


def test_masthead_tells_scope_and_last_day() -> None:
    block = display.masthead(
        finding="Much.",
        scope="Cleared area",
        data_through=pd.Timestamp("2025-08-24"),
        rendered_from="azerbaijan",
    )
    assert "Data through: 24 August 2025" in block.text
    never = pd.Series(dtype="datetime64[us]").max()
    unknown = display.masthead(finding="F.", scope="s", data_through=never, rendered_from="r")
    assert "Data through: –" in unknown.text


def test_facts_leave_out_what_is_not_known() -> None:
    block = display.facts([("62,000", "ha in 2024", ""), ("", "nothing", "")])
    assert block.html.count("demine-fact") == 2  # the list and one of its rows
    assert "nothing" not in block.html


def test_rows_of_several_pages_have_all_their_links() -> None:
    one, two = display.Link("A", "https://a.example"), display.Link("B", "https://b.example")
    frame = pd.DataFrame({"x": ["m", "n", "m"], "source": [one, one, two]})
    block = display.table(
        tables.grouped(frame, ["x"]), caption="C", columns={"x": "X", "source": "Pages"}
    )
    cells = re.findall(r"<td>(.*?)</td>", block.html)
    assert [re.findall(r">([AB])<", cell) for cell in cells] == [["A", "B"], ["A"]]
    assert cells[0].count("; ") == 1
    assert downloads(block.html)[0]["source"][0] == "https://a.example; https://b.example"
    assert tables.grouped(frame.head(0), ["x"]).empty
