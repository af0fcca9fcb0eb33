"""Pages in many files and encodings, and those that mean no good."""

from __future__ import annotations

import email.message
from pathlib import Path

import pytest

import demine_analysis as da
from demine_analysis.notices import pages

BODY = (
    "From July 7 to 13, 2025, 12 anti-tank mines and 34 anti-personnel mines were found, the "
    "agency said. A total of 1,198.7 hectares were cleared of mines."
)
HTML = """<!doctype html><html lang="en"><head><title>Mines found</title>
<meta property="article:published_time" content="2025-07-14">
<meta property="og:site_name" content="Example News"></head>
<body><nav>Home | World</nav><article><h1>Mines found</h1><p>{body}</p></article></body></html>"""


def values(notice: da.Notice) -> list[float]:
    return sorted(notice.drafts["value"].tolist())


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def pdf(text: str) -> bytes:
    """Return a PDF of one page with a line of text, as small as one can be."""
    stream = f"BT /F1 12 Tf 40 700 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start


def mail() -> bytes:
    message = email.message.EmailMessage()
    message["Subject"] = "Weekly notice"
    message["Date"] = "Mon, 14 Jul 2025 09:00:00 +0400"
    message.set_content(BODY)
    message.add_alternative(HTML.format(body=BODY), subtype="html")
    return bytes(message)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", HTML.format(body=BODY).encode()),
        ("a.htm", HTML.format(body=BODY).encode()),
        ("a.txt", BODY.encode()),
        ("a.md", f"# Mines found\n\n**{BODY}** [more](https://example.org)".encode()),
        ("a.pdf", pdf(BODY)),
        ("a.eml", mail()),
        ("bom.txt", b"\xef\xbb\xbf" + BODY.encode()),
        ("crlf.txt", BODY.replace(". ", ".\r\n").encode()),
        ("utf16.html", HTML.format(body=BODY).encode("utf-16")),
    ],
)
def test_every_kind_of_file_is_read(tmp_path: Path, name: str, content: bytes) -> None:
    notice = da.read_notice(written(tmp_path, name, content))
    assert values(notice) == [12.0, 34.0, 1198.7]
    assert set(notice.drafts["period_start"]) == {"2025-07-07"}


def test_a_page_tells_publisher_and_day(tmp_path: Path) -> None:
    page = pages.read_page(written(tmp_path, "a.html", HTML.format(body=BODY).encode()))
    assert page.publisher == "Example News"
    assert f"{page.published}" == "2025-07-14"
    assert "Home | World" not in page.text


def test_a_page_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    text = "С 7 по 13 июля 2025 года обнаружено 12 противотанковых мин."
    page = HTML.format(body=text).replace('lang="en"', 'lang="ru"').encode("cp1251")
    assert values(da.read_notice(written(tmp_path, "a.html", page))) == [12.0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The agency said that 12 anti-tank mines were found last week in two districts."),
        ("az", "Ötən həftə ərzində iki rayonda 12 tank əleyhinə mina aşkarlanıb və məhv edilib."),
        ("ru", "На прошлой неделе в двух районах обнаружено 12 противотанковых мин и снарядов."),
        ("tr", "Geçen hafta iki bölgede 12 tanksavar mayını bulundu ve etkisiz hale getirildi."),
        ("uk", "Минулого тижня у двох областях виявили та знешкодили 12 протитанкових мін."),
    ],
)
def test_the_language_is_told(language: str, text: str) -> None:
    assert pages.language_of(text) == language


BOMB = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + k)} "{f"&{chr(97 + k)};" * 10}">' for k in range(9)
)
HOSTILE: dict[str, bytes] = {
    "empty.html": b"",
    "blank.txt": b" \n\n ",
    "nul.txt": b"\x00" * 5000,
    "noise.html": bytes(range(256)) * 40,
    "noise.txt": bytes(range(128, 256)) * 40,
    "noise.pdf": bytes(range(256)) * 40,
    "noise.eml": bytes(range(256)) * 40,
    "cut.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog",
    "loop.pdf": b"%PDF-1.4\n1 0 obj<</Type/Pages/Kids[1 0 R]>>endobj trailer<</Root 1 0 R>>",
    "zip.pdf": b"PK\x03\x04" + b"\x00" * 100,
    "deep.html": b"<div>" * 50_000,
    "deep-list.html": b"<ul><li>" * 20_000 + b"12 mines were found",
    "unclosed.html": b"<html><body><p>12 mines" + b"<b" * 10_000,
    "attributes.html": b"<p " + b"a='1' " * 50_000 + b">",
    "bomb.html": (BOMB + "]><l>&j;</l>").encode(),
    "external.html": b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><l>&x;</l>',
    "include.html": b'<iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd">',
    "script.html": b"<script>document.write('12 anti-tank mines were found')</script>",
    "style.html": b"<style>p:before{content:'12 anti-tank mines were found'}</style>",
    "refresh.html": b'<meta http-equiv="refresh" content="0;url=file:///etc/passwd">',
    "frames.html": b"<frameset>" * 3000,
    "comment.html": b"<!--" + b"-" * 200_000,
    "cdata.html": b"<![CDATA[" * 20_000,
    "declared.html": b'<meta charset="no-such-charset"><p>12 anti-tank mines were found</p>',
    "utf7.html": b'<meta charset="utf-7"><p>+ADw-script+AD4-</p>',
    "lone.txt": b"12 anti-tank mines \xed\xa0\x80 were found",
    "overlong.txt": b"12 anti-tank mines \xc0\xaf were found",
    "bidi.txt": "12 \u202eanti-tank mines\u202c were found".encode(),
    "zero.txt": "1\u200b2 anti-tank mi\u00adnes were found".encode(),
    "combining.txt": ("a" + "\u0301" * 50_000).encode(),
    "long-word.txt": b"a" * 90_000,
    "long-number.txt": b"9" * 100_000 + b" mines were found",
    "many-numbers.txt": b"12 mines were found. " * 1000,
    "commas.txt": b"1,2,3,4,5,6,7,8,9," * 5000 + b" mines were found",
    "words.txt": b"two hundred thousand " * 2000 + b"mines were found",
    "dates.txt": b"from 7 to 13 July 2025 " * 1000,
    "brackets.txt": b"(" * 50_000 + b"12 mines were found",
    "quotes.txt": b'"' * 50_000,
    "stars.md": b"*" * 50_000,
    "links.md": b"[" * 30_000 + b"](" * 30_000,
    "formula.txt": b"=cmd|'/c calc'!A1 12 anti-tank mines were found",
    "sql.txt": b"'; DROP TABLE statements; -- 12 anti-tank mines were found",
    "template.txt": b"{{ 7 * 7 }} ${HOME} `id` 12 anti-tank mines were found",
    "percent.txt": b"%s%s%n%d 12 anti-tank mines were found",
    "control.txt": b"12 anti-tank\x1b[2J mines\x07 were found\x08\x08",
    "ansi.html": b"<p>\x1b]0;title\x07 12 anti-tank mines were found</p>",
    "infinite.txt": b"inf nan 1e999 mines were found",
    "negative.txt": b"-12 anti-tank mines were found on 31 February 2025",
    "year.txt": b"From July 7 to 13, 9999, 12 anti-tank mines were found",
    "headers.eml": b"Subject: " + b"a" * 100_000 + b"\n\n12 mines were found",
    "nested.eml": b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 5000,
    "no-body.eml": b"From: a@example.org\n",
    "base64.eml": b"Content-Transfer-Encoding: base64\n\n!!!!",
    "charset.eml": b"Content-Type: text/plain; charset=no-such\n\n12 anti-tank mines were found",
    "attachment.eml": b'Content-Type: application/zip; name="../../x"\n\nPK',
    "date.eml": b"Date: 99 Foo 99999\n\n12 anti-tank mines were found",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_one_line_or_drafts(tmp_path: Path, name: str) -> None:
    """Nothing but the error of the package, nothing run, nothing written."""
    path = written(tmp_path, name, HOSTILE[name])
    notice, said = read_or_refused(path)
    assert "\n" not in said
    assert len(said) < 1000
    if notice is not None:
        assert "root:" not in notice.text
        assert notice.drafts["value"].lt(1e15).all()
        assert not any(ord(each) < 32 and each != "\n" for each in notice.text)
    assert [each.name for each in tmp_path.iterdir()] == [name]


def read_or_refused(path: Path) -> tuple[da.Notice | None, str]:
    try:
        return da.read_notice(path, published="2025-07-14"), ""
    except da.StatementError as error:
        return None, str(error)


def test_there_are_sixty_hostile_pages() -> None:
    assert len(HOSTILE) + len(WRONG_SOURCES) >= 60


WRONG_SOURCES = {
    "a.docx": "cannot be read as a notice; allowed is .html",
    "none.html": "there is no file",
    "folder.html": "is a folder; give a file in it",
    "large.html": "a notice may have 5,000,000",
}


@pytest.mark.parametrize("name", WRONG_SOURCES)
def test_what_is_no_notice_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "large.html").write_bytes(b" " * 5_000_001)
    with pytest.raises(da.StatementError) as caught:
        da.read_notice(tmp_path / name)
    assert WRONG_SOURCES[name] in str(caught.value)


def test_a_text_longer_than_any_notice_is_refused() -> None:
    with pytest.raises(da.StatementError, match=r"a notice may have 100,000"):
        da.read_notice("12 mines were found.\n" * 20_000)


@pytest.mark.parametrize(
    ("source", "says"),
    [(b"abc", "got bytes"), (None, "got NoneType"), (5, "got int"), (" ", "is empty"),
     ("http//example.org", "cannot be read as a notice")],
)  # fmt: skip
def test_what_is_no_source_is_refused(source: object, says: str) -> None:
    with pytest.raises(da.StatementError, match=says):
        da.read_notice(source)  # type: ignore[arg-type]  # on purpose


def test_a_folder_and_an_empty_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(da.StatementError, match="is a folder; give a file in it"):
        da.read_notice(str(tmp_path))
    with pytest.raises(da.StatementError, match="is empty"):
        da.read_notice(written(tmp_path, "notice.txt", b""))
