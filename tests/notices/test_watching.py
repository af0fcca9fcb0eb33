"""Pages from addresses and feeds, against a server on this machine that the test starts."""

from __future__ import annotations

import http.server
import json
import threading
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tiny_dataset as tiny

import demine_analysis as da
from demine_analysis.cli import run
from demine_analysis.notices import fetching, watching
from demine_analysis.notices.inbox import waiting

PAGE = """<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1><p>From
July 7 to 13, 2025, {count} anti-tank mines were found in the region, the agency said on Monday.</p>
</article></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{items}
</channel></rss>"""
ITEM = """<item><title>{title}</title><link>{link}</link>
<pubDate>Mon, 14 Jul 2025 09:00:00 GMT</pubDate></item>"""
SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}
</urlset>"""

Answer = tuple[int, dict[str, str], bytes]


class Server:
    """Answers by path, and remembers what was asked for."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[http.server.BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers)))
                answer = server.answers.get(self.path, (404, {}, b""))
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def page(self, path: str, title: str, count: int) -> None:
        body = PAGE.format(title=title, count=count).encode()
        self.answers[path] = (200, {"Content-Type": "text/html; charset=utf-8"}, body)

    def feed(self, *entries: tuple[str, str]) -> None:
        items = "".join(ITEM.format(title=title, link=self.url + path) for path, title in entries)
        body = FEED.format(items=items).encode()
        self.answers["/feed"] = (200, {"Content-Type": "application/rss+xml", "ETag": "v1"}, body)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def folder(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    tiny.make(home)
    monkeypatch.setenv("DEMINE_DATA_HOME", str(home))
    feeds(home / "mine", server.url + "/feed", ["mines"])
    return home / "mine"


def feeds(folder: Path, address: str, words: list[str]) -> None:
    text = f"[[feed]]\naddress = {json.dumps(address)}\nwords = {json.dumps(words)}\n"
    (folder / "feeds.toml").write_text(text, "utf-8")


def look(folder: Path) -> watching.Seen:
    return watching.watch(folder, private=True, pause=0, say=print)


def test_a_new_page_becomes_a_draft_in_the_inbox(server: Server, folder: Path) -> None:
    before = (folder / "statements.csv").read_bytes()
    server.page("/a", "Mines found in the region", 12)
    server.page("/b", "A concert in the capital", 99)
    server.feed(("/a", "Mines found"), ("/b", "A concert"))
    seen = look(folder)
    assert (len(seen.new), seen.failed, seen.waiting) == (1, [], 1)
    draft = tomllib.loads(waiting(folder)[0].read_text("utf-8"))
    assert draft["source"]["url"] == server.url + "/a"
    assert draft["source"]["published"] == "2025-07-14"
    assert [row["value"] for row in draft["statement"]] == [12]
    assert "/b" not in server.paths()
    assert (folder / "statements.csv").read_bytes() == before


def test_a_page_is_looked_at_once_and_an_unchanged_feed_not_at_all(
    server: Server, folder: Path
) -> None:
    server.page("/a", "Mines found in the region", 12)
    server.feed(("/a", "Mines found"))
    look(folder)
    server.answers["/feed"] = (304, {}, b"")
    seen = look(folder)
    assert (seen.new, seen.failed, seen.waiting) == ([], [], 1)
    assert server.paths().count("/a") == 1
    asked = [headers for path, headers in server.asked if path == "/feed"]
    assert asked[-1]["If-None-Match"] == "v1"


def test_robots_are_heeded(server: Server, folder: Path) -> None:
    server.answers["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /a\n")
    server.page("/a", "Mines found in the region", 12)
    server.feed(("/a", "Mines found"))
    assert look(folder).new == []
    assert "/a" not in server.paths()


def test_a_sitemap_is_read(server: Server, folder: Path) -> None:
    server.page("/news/mines-found", "Mines found in the region", 12)
    place = f"<url><loc>{server.url}/news/mines-found</loc></url>"
    server.answers["/feed"] = (200, {}, SITEMAP.format(place).encode())
    assert len(look(folder).new) == 1


def test_a_page_without_a_figure_does_not_wait(server: Server, folder: Path) -> None:
    body = b"<html><body><p>Sappers who clear mines were trained.</p></body></html>"
    server.answers["/a"] = (200, {"Content-Type": "text/html"}, body)
    server.feed(("/a", "Mines and training"))
    seen = look(folder)
    assert (seen.new, seen.without, seen.waiting) == ([], 1, 0)


def test_requests_to_a_host_are_paused(server: Server, folder: Path) -> None:
    server.feed()
    start = time.monotonic()
    watching.watch(folder, private=True, pause=0.3, say=print)
    assert len(server.asked) == 2
    assert time.monotonic() - start >= 0.3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((404, {}, b""), "the server says 404"),
        ((500, {}, b""), "the server says 500"),
        ((302, {"Location": "file:///etc/passwd"}, b""), "only http and https"),
        ((302, {"Location": "ftp://127.0.0.1/x"}, b""), "only http and https"),
        ((302, {"Location": "/feed"}, b""), "leads on more than 5 times"),
        ((200, {"Content-Type": "text/html"}, b" " * 6_000_000), "more than 5,000,000 bytes"),
        ((200, {"Content-Encoding": "gzip"}, b"no gzip"), "cannot be fetched"),
        ((200, {}, b"<html>no feed</html>"), "neither RSS, Atom nor a sitemap"),
        ((200, {}, b"<urlset><loc>" * 10), "sitemap cannot be read"),
    ],
)
def test_a_feed_that_fails_is_said_in_one_line(
    server: Server, folder: Path, answer: Answer, said: str
) -> None:
    server.answers["/feed"] = answer
    (failed,) = look(folder).failed
    assert said in failed
    assert "\n" not in failed


def test_an_answer_without_end_is_cut_off(server: Server) -> None:
    def drip(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        try:
            while True:
                request.wfile.write(b"a")
                request.wfile.flush()
                time.sleep(0.05)
        except OSError:
            return

    server.answers["/slow"] = drip
    start = time.monotonic()
    with pytest.raises(da.StatementError, match=r"takes more than 0\.5 s"):
        fetching.fetch(server.url + "/slow", private=True, seconds=0.5)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "http://2130706433/",
        "http://127.1/",
    ],
)
def test_addresses_of_private_networks_are_refused(url: str) -> None:
    with pytest.raises(da.StatementError, match=r"not a public address|cannot be fetched"):
        fetching.fetch(url)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/a", "http://", "//x"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(da.StatementError, match=r"cannot be fetched"):
        fetching.fetch(url)


def test_a_redirect_is_followed(server: Server) -> None:
    server.page("/a", "Mines found", 12)
    server.answers["/old"] = (301, {"Location": "/a"}, b"")
    fetched = fetching.fetch(server.url + "/old", private=True)
    assert fetched.url == server.url + "/a"
    assert b"12 anti-tank" in fetched.content


def test_watch_tells_what_it_found(
    server: Server, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.page("/a", "Mines found in the region", 12)
    server.feed(("/a", "Mines found"))
    assert run(["watch", "--dataset", "mine", "--private", "--pause", "0"]) == 0
    assert "1 new notices" in capsys.readouterr().out
    assert folder.is_dir()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must have tables [[feed]]"),
        ("feed = 3", "must have tables [[feed]]"),
        ("[[feed]]\naddress = 'file:///x'", "must begin with http"),
        ("[[feed]]\nwords = ['a']", "must begin with http"),
        ("[[feed]]\naddress = 'http://x'\nwords = 'a'", "must be a list of words"),
        ("[[feed]]\naddress = 'http://x'\nother = 1", "allowed are address and words"),
        ("[[", "must be TOML"),
    ],
)
def test_feeds_that_are_written_wrongly_are_said(folder: Path, text: str, said: str) -> None:
    (folder / "feeds.toml").write_text(text, "utf-8")
    with pytest.raises(da.DatasetError) as caught:
        watching.read_feeds(folder)
    assert said in str(caught.value)


def test_a_dataset_without_feeds_is_said(folder: Path) -> None:
    (folder / "feeds.toml").unlink()
    with pytest.raises(da.DatasetError, match=r"has no feeds\.toml"):
        watching.read_feeds(folder)
