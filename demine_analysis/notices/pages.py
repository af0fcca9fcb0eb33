"""Take a page apart: its text, title, publisher, date and language, by libraries made for that."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from demine_analysis.errors import StatementError
from demine_analysis.notices.reading.language import LANGUAGES
from demine_analysis.notices.reading.words.folding import tidy

if TYPE_CHECKING:
    from collections.abc import Callable

    from py3langid.langid import LanguageIdentifier

LARGEST = 5_000_000
"""Bytes of a page; notices are a hundredth of that."""
_LONGEST = 100_000
_ENDINGS = ".html, .htm, .txt, .md, .pdf or .eml"
_ADDRESS = re.compile(r"https?://\S+")
_DATE = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?!\d)")
_EARLIEST = dt.date(1990, 1, 1)
_ENOUGH = 40


@dataclass(frozen=True)
class Page:
    """What a page says, without its markup.

    Parameters
    ----------
    text : str
        Title and text, tidied; places in a notice are places in this.
    body_start : int
        Where the title ends in it.
    url, publisher : str
        Empty where they are not known.
    published : date or None
        The day on the page.
    language : str
        A code of two letters.
    month_only : bool
        Whether only the month is known, of which `published` is the last day.
    """

    text: str
    body_start: int
    url: str = ""
    publisher: str = ""
    published: dt.date | None = None
    language: str = "en"
    month_only: bool = False


def read_page(source: str | Path) -> Page:
    """Return a page from a file, an address or a text.

    Parameters
    ----------
    source : str or Path
        A path that ends in .html, .htm, .txt, .md, .pdf or .eml; an address that begins with
        http:// or https://; or a text. A text may begin with a line that is its address, and one
        that is its date.

    Raises
    ------
    StatementError
        Where there is no such file, it cannot be read, or it is larger than a notice can be.
    """
    if isinstance(source, Path):
        return _file(source)
    if not isinstance(source, str):
        raise StatementError(
            "a notice must be a path, an address or a text, got " + type(source).__name__
        )
    if not source.strip():
        raise StatementError("the notice is empty; give a path, an address or a text")
    if _ADDRESS.fullmatch(source.strip()):
        from demine_analysis.notices.fetching import fetch

        fetched = fetch(source.strip())
        return from_bytes(fetched.content, fetched.url, fetched.kind)
    if re.fullmatch(r"[a-zA-Z][a-zA-Z+.-]*://\S*", source.strip()):
        raise StatementError(
            f"{source.strip()!r} cannot be fetched: only http and https addresses are allowed"
        )
    one_line = "\n" not in source.strip() and len(source) < _LONGEST // 100
    if one_line and _names_a_file(source.strip()):
        return _file(Path(source.strip()))
    return from_text(source)


def _names_a_file(line: str) -> bool:
    """Return whether a line is a path: a word with an ending or a slash is no text to be read."""
    path = Path(line)
    one_word = not re.search(r"\s", line)
    return path.suffix.lower() in _READERS or (one_word and ("/" in line or path.exists()))


def _file(path: Path) -> Page:
    path = path.expanduser()
    if path.is_dir():
        raise StatementError(f"{str(path)!r} is a folder; give a file in it")
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise StatementError(f"{str(path)!r} cannot be read as a notice; allowed is {_ENDINGS}")
    try:
        if not path.is_file():
            raise StatementError(f"there is no file {str(path)!r}")
        if path.stat().st_size > LARGEST:
            raise StatementError(_too_large(str(path), path.stat().st_size))
        if path.stat().st_size == 0:
            raise StatementError(f"the file {str(path)!r} is empty")
        return read(path.read_bytes(), "")
    except OSError as cause:
        raise StatementError(f"{str(path)!r} cannot be read: {cause.strerror}") from cause


def from_bytes(content: bytes, url: str, kind: str) -> Page:
    """Return a page as a server sent it; `kind` is its media type."""
    if len(content) > LARGEST:
        raise StatementError(_too_large(url, len(content)))
    if "pdf" in kind:
        return _pdf(content, url)
    if kind.startswith("text/") and "html" not in kind:
        return replace(from_text(_decoded(content)), url=url)
    if not kind or "html" in kind or "xml" in kind:
        return _html(content, url)
    raise StatementError(f"{url!r} is {kind!r}; a notice is a page, a text or a PDF")


def _too_large(name: str, size: int) -> str:
    return f"{name!r} has {size:,} bytes; a notice may have {LARGEST:,}"


def from_text(text: str) -> Page:
    """Return a page from a text, whose first lines may be its address and its date."""
    lines = text.lstrip("﻿").splitlines()
    url, written = "", ""
    if lines and _ADDRESS.fullmatch(lines[0].strip()):
        url = lines.pop(0).strip()
    if lines and (_DATE.fullmatch(lines[0].strip()) or (url and not lines[0].strip())):
        written = lines.pop(0).strip()
    return dated(_page("\n".join(lines), url=url, published=None), written)


def _html(content: bytes, url: str) -> Page:
    """Return a page of HTML; a page that the extraction finds empty is read as it is."""
    import trafilatura

    text = _decoded(content)
    if not re.search(r"<[a-zA-Z!]", text):
        return replace(from_text(text), url=url)
    first = text.lstrip("﻿").split("\n", 2)
    if _ADDRESS.fullmatch(first[0].strip()):
        url, text = first[0].strip(), "\n".join(first[1:])
    dated = _DATE.match(text.lstrip())
    found: Any = trafilatura.bare_extraction(
        text, url=url or None, favor_recall=True, include_comments=False, with_metadata=True
    )
    body = (found.text if found else None) or trafilatura.html2txt(text) or ""
    day = dated[0] if dated else _date_of(text, url)
    title = (found.title if found else None) or ""
    page = _page(
        body if body.startswith(title) else f"{title}\n{body}",
        url=url or (found.url if found else None) or "",
        published=day_of(day or ""),
    )
    publisher = (found.sitename if found else None) or ""
    return replace(page, publisher=tidy(publisher).strip()[:80] or page.publisher)


def _date_of(text: str, url: str) -> str:
    """Return the day that a page shows; a first of January is rather a year that was found."""
    from htmldate import find_date

    named = find_date(text, url=url or None, original_date=True, extensive_search=False)
    shown = named or find_date(text, url=url or None, original_date=True) or ""
    return "" if not named and shown.endswith("-01-01") else shown


def _pdf(content: bytes, url: str) -> Page:
    import io

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        text = "\n".join(page.extract_text() for page in reader.pages[:40])
        made = reader.metadata.creation_date if reader.metadata else None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
        RecursionError,
    ) as cause:
        raise StatementError(f"{url or 'the file'!r} cannot be read as a PDF: {cause}") from cause
    # A PDF breaks lines where the paper ends; a sentence goes on over them.
    flowing = re.sub(r"(?<![.!?:])\n(?=\S)", " ", text)
    page = from_text(flowing)
    return replace(
        page, url=page.url or url, published=page.published or (made.date() if made else None)
    )


def _mail(content: bytes, url: str) -> Page:
    import email
    import email.policy
    import email.utils

    message = email.message_from_bytes(content, policy=email.policy.default)
    part = message.get_body(preferencelist=("html", "plain"))
    if part is None:
        raise StatementError("the mail has no text that could be read")
    try:
        body = part.get_content()
    except (LookupError, ValueError) as cause:
        raise StatementError(f"the mail's text cannot be decoded: {cause}") from cause
    page = _html(body.encode(), url) if part.get_content_type() == "text/html" else from_text(body)
    subject = tidy(str(message.get("subject", "")))
    sent = message.get("date")
    day = sent.datetime.date() if sent is not None and sent.datetime else None
    text = f"{subject}\n{page.text}" if subject and not page.text.startswith(subject) else page.text
    return _page(text, url=page.url, published=page.published or day)


def _plain(content: bytes, url: str) -> Page:
    page = from_text(_decoded(content))
    return replace(page, url=page.url or url)


def _marked(content: bytes, url: str) -> Page:
    """Return a page from Markdown: its marks of headings, stress and links are left out."""
    text = _decoded(content)
    text = re.sub(r"!?\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)", r"\1", text)
    text = re.sub(r"(?m)^[ \t]*(?:#{1,6}|>|[-*+])[ \t]+", "", text)
    return (
        replace(from_text(re.sub(r"\*\*|__|`", "", text)), url=url)
        if url
        else from_text(re.sub(r"\*\*|__|`", "", text))
    )


_READERS: dict[str, Callable[[bytes, str], Page]] = {
    ".html": _html, ".htm": _html, ".txt": _plain, ".md": _marked, ".pdf": _pdf, ".eml": _mail,
}  # fmt: skip


def _decoded(content: bytes) -> str:
    """Return bytes as text, in the encoding that they seem to have."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        from trafilatura.utils import decode_file

        return str(decode_file(content))


def _page(text: str, *, url: str, published: dt.date | None) -> Page:
    text = tidy(text).strip()
    if len(text) > _LONGEST:
        raise StatementError(f"the text has {len(text):,} letters; a notice may have {_LONGEST:,}")
    text = _unwrapped(re.sub(r"\n\s*\n+", "\n\n", text))
    end = text.find("\n")
    # A text of one paragraph has no title.
    body_start = 0 if end < 0 or text[:end].rstrip().endswith(".") else end + 1
    return Page(text, body_start, url, publisher_of(url), published, language_of(text))


def _unwrapped(text: str) -> str:
    """Return a text without the line breaks that only fit it to a width."""
    first, _, rest = text.partition("\n")
    lines = rest.split("\n")
    full = [_FULL[0] <= len(line) <= _FULL[1] for line in lines]
    joined = lines[:1]
    for place, line in enumerate(lines[1:], 1):
        last = lines[place - 1]
        goes_on = full[place - 1] and not last.rstrip().endswith((".", "!", "?", ":", ";"))
        small = line[:1].islower() or line[:1].isdigit() or line[:1] == "("
        wrapped = sum(full[max(0, place - 3) : place + 3]) >= _WRAPPED
        if goes_on and line.strip() and (small or wrapped):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return first + ("\n" + "\n".join(joined) if rest else "")


_FULL = (45, 110)
"""Letters of a line that may have been broken to fit a width."""
_WRAPPED = 3


def publisher_of(url: str) -> str:
    """Return the host of an address, without www."""
    match = re.match(r"https?://(?:www\.|m\.)?([^/:?#]+)", url)
    return match[1] if match else ""


def language_of(text: str) -> str:
    """Return the code of the language that a text is most likely in."""
    if len(text.strip()) < _ENOUGH:
        return "en"
    return str(_identifier().classify(text[:5000])[0])


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def dated(page: Page, written: str) -> Page:
    """Return a page with a day such as 2025-07-14, or a month such as 2025-07; else as it is."""
    month = _MONTH.fullmatch(written)
    if month is None:
        day = day_of(written)
        return page if day is None else replace(page, published=day, month_only=False)
    year, number = int(month[1]), int(month[2])
    last = dt.date(year, number, calendar.monthrange(year, number)[1])
    return replace(page, published=last, month_only=True) if last >= _EARLIEST else page


_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def day_of(written: str) -> dt.date | None:
    """Return a day that is written as 2025-07-14, or None."""
    try:
        day = dt.date.fromisoformat(written)
    except ValueError:
        return None
    return day if day >= _EARLIEST else None
