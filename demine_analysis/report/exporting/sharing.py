"""What a site shows of itself elsewhere: badges, a map of its pages, pictures for previews."""

from __future__ import annotations

import hashlib
import io
import re
import textwrap
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    Pages = Mapping[str, Mapping[str, Any]]

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SVG = "http://www.w3.org/2000/svg"
_TOTAL = "total"
#: Width of a letter of a badge, its height, and the space beside its texts, in pixels.
_LETTER, _HEIGHT, _SPACE = 6.2, 20, 8
_GREY, _BLUE, _WHITE = "#3d4751", "#003c6c", "#ffffff"
#: A preview in inches and dots per inch, and the letters of a line of its finding and of its foot.
_SIZE, _DPI = (12.0, 6.3), 100
_LINE, _FOOT = 36, 75


def shared(folder: Path, pages: Pages, title: str, address: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files by which a site is known elsewhere, by name.

    Parameters
    ----------
    folder : Path
        Of the site: a preview that it has already is not drawn again.
    pages : mapping
        What each page says of itself, by name, as from `facts.facts`, with its `title`.
    title : str
        Of the site.
    address : str
        Where it can be read, with a slash at the end. Without it there are badges alone.
    """
    badges = list(_badges(pages))
    yield from badges
    if not address:
        return
    yield "sitemap.xml", sitemap(address, pages)
    said = [str(each.get("finding", "")) for each in pages.values()]
    front = {"title": title, "finding": next(filter(None, said), title)}
    for name, about in {"index": front, **pages}.items():
        path = folder / f"{name}.png"
        mark = _digest(about)
        if not (path.is_file() and mark in path.read_bytes()):
            yield path.name, preview(about, mark)


def _badges(pages: Pages) -> Iterator[tuple[str, bytes]]:
    """Yield a badge for the first dataset with a total, and one for each by its name."""
    found: dict[str, bytes] = {}
    for about in pages.values():
        totals = [each for each in about.get("figures", ()) if each["name"] == _TOTAL]
        name = str(about.get("dataset", ""))
        if totals and name and name not in found:
            found[name] = badge(name, f"{totals[0]['figure']} {totals[0]['what']}")
    for place, (name, content) in enumerate(found.items()):
        if place == 0:
            yield "badge.svg", content
        yield f"badge-{re.sub(r'[^a-zA-Z0-9_-]+', '-', name)}.svg", content


def badge(label: str, message: str) -> bytes:
    """Return a badge: a dataset on the left, its latest total on the right.

    Examples
    --------
    >>> b"5 &lt; 6" in badge("northland", "5 < 6")
    True
    """
    ET.register_namespace("", _SVG)
    widths = [round(len(text) * _LETTER) + 2 * _SPACE for text in (label, message)]
    said = f"{label}: {message}"
    size = {"width": str(sum(widths)), "height": str(_HEIGHT)}
    root = ET.Element(f"{{{_SVG}}}svg", {**size, "role": "img", "aria-label": said})
    ET.SubElement(root, f"{{{_SVG}}}title").text = said
    left = 0
    for text, width, colour in zip((label, message), widths, (_GREY, _BLUE), strict=True):
        place = {"x": str(left), "width": str(width), "height": str(_HEIGHT), "fill": colour}
        ET.SubElement(root, f"{{{_SVG}}}rect", place)
        _write(root, text, left + width / 2, width - 2 * _SPACE)
        left += width
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _write(root: ET.Element, text: str, middle: float, width: int) -> None:
    place = {"x": f"{middle:g}", "y": "14", "textLength": str(width), "fill": _WHITE}
    look = {"font-family": "Verdana,DejaVu Sans,sans-serif", "font-size": "11"}
    ET.SubElement(root, f"{{{_SVG}}}text", {**place, **look, "text-anchor": "middle"}).text = text


def sitemap(address: str, pages: Pages) -> bytes:
    """Return the addresses of the front page and of all others (sitemaps.org)."""
    ET.register_namespace("", _SITEMAP)
    root = ET.Element(f"{{{_SITEMAP}}}urlset")
    for place in ("", *(f"{name}.html" for name in pages)):
        url = ET.SubElement(root, f"{{{_SITEMAP}}}url")
        ET.SubElement(url, f"{{{_SITEMAP}}}loc").text = f"{address}{place}"
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _digest(about: Mapping[str, Any]) -> bytes:
    """Return a mark of what a preview shows, which stands in its file."""
    names = ("title", "finding", "dataset", "scope")
    shown = "\0".join(str(about.get(name, "")) for name in names)
    return hashlib.sha256(f"{shown}\0{_LINE}\0{_FOOT}".encode()).hexdigest().encode()


def preview(about: Mapping[str, Any], mark: bytes = b"") -> bytes:
    """Return a picture with a page's finding in large letters, as PNG of 1,200 by 630 pixels."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only where the site has an address

    drawing = Figure(figsize=_SIZE, facecolor=_WHITE)
    title, finding = str(about.get("title", "")), str(about.get("finding", ""))
    texts = [
        (0.88, textwrap.shorten(title, _LINE * 2, placeholder=" …"), 26, _GREY),
        (0.76, textwrap.fill(finding or title, _LINE, max_lines=5, placeholder=" …"), 40, _BLUE),
    ]
    for height, text, size, colour in texts:
        drawing.text(0.06, height, text, fontsize=size, color=colour, va="top", parse_math=False)
    about_what = filter(None, (about.get("dataset"), about.get("scope")))
    foot = textwrap.fill(" · ".join(about_what), _FOOT, max_lines=2, placeholder=" …")
    drawing.text(0.06, 0.06, foot, fontsize=20, color=_GREY, va="bottom", parse_math=False)
    buffer = io.BytesIO()
    kept = {"Software": None, "Description": mark.decode()}
    drawing.savefig(buffer, format="png", dpi=_DPI, metadata=kept)
    return buffer.getvalue()
