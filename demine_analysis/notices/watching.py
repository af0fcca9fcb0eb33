"""Watch feeds for new notices: each new page becomes a draft file in the dataset's inbox."""

from __future__ import annotations

import json
import re
import time
import tomllib
import urllib.robotparser
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from demine_analysis.errors import DatasetError, StatementError
from demine_analysis.files import write_atomically
from demine_analysis.notices import draftfile, pages
from demine_analysis.notices.fetching import AGENT, Fetched, fetch
from demine_analysis.notices.inbox import INBOX, waiting
from demine_analysis.notices.needed import needed
from demine_analysis.notices.notice import of_page
from demine_analysis.notices.reading.words.folding import fold
from demine_analysis.notices.saving import alone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FEEDS = "feeds.toml"
_STATE = ".demine/watch.json"
_PAUSE = 2.0
"""Seconds between two requests to one host."""
_MOST = 40
"""New pages that one look takes from one feed; the rest waits for the next."""
_REMEMBERED = 5000


@dataclass(frozen=True)
class Feed:
    """An address that lists pages, and words of which a title must have one."""

    address: str
    words: tuple[str, ...] = ()


@dataclass
class Seen:
    """What a look found, in words, and how many notices wait now."""

    new: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    without: int = 0
    waiting: int = 0


@dataclass
class _Visit:
    """One look at all feeds: what is remembered, when each host was asked, what robots may see."""

    folder: Path
    dataset: str
    private: bool
    pause: float
    state: dict[str, Any]
    asked: dict[str, float] = field(default_factory=dict)
    robots: dict[str, urllib.robotparser.RobotFileParser] = field(default_factory=dict)


def read_feeds(folder: Path) -> list[Feed]:
    """Return the feeds of a dataset.

    Raises
    ------
    DatasetError
        Where it has none, or `feeds.toml` is not as it should be.
    """
    path = folder / FEEDS
    if not path.is_file():
        raise DatasetError(f"dataset {folder.name!r} has no {FEEDS}; docs/new-notice.md shows one")
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError, RecursionError) as cause:
        raise DatasetError(f"{str(path)!r} must be TOML in UTF-8: {cause}") from cause
    feeds = written.get("feed")
    if set(written) != {"feed"} or not isinstance(feeds, list):
        raise DatasetError(f"{str(path)!r} must have tables [[feed]] and nothing else")
    return [_feed(path, place, each) for place, each in enumerate(feeds, 1)]


def _feed(path: Path, place: int, written: Any) -> Feed:
    where = f"{str(path)!r}, feed {place}"
    if not isinstance(written, dict) or set(written) - {"address", "words"}:
        raise DatasetError(f"{where}: allowed are address and words")
    address, words = written.get("address"), written.get("words", [])
    if not isinstance(address, str) or not re.fullmatch(r"https?://\S+", address):
        raise DatasetError(f"{where}: address must begin with http:// or https://, got {address!r}")
    if not isinstance(words, list) or not all(isinstance(each, str) and each for each in words):
        raise DatasetError(f"{where}: words must be a list of words, got {words!r}")
    return Feed(address, tuple(words))


def watch(
    folder: Path,
    *,
    private: bool = False,
    pause: float = _PAUSE,
    wait: float = 60.0,
    say: Callable[[str], None],
) -> Seen:
    """Look at a dataset's feeds once, and put new notices into its inbox.

    Parameters
    ----------
    folder : Path
        The dataset's.
    private : bool
        Allow addresses of private networks.
    pause : float
        Seconds between two requests to one host.
    wait : float
        Seconds to wait for another program that changes the dataset.
    say : callable
        Told what happens.

    Returns
    -------
    Seen

    Raises
    ------
    DatasetError
        Where the dataset has no feeds, or its folder cannot be written.
    """
    feeds = read_feeds(folder)
    seen = Seen()
    with alone(folder, wait=wait, say=say):
        visit = _Visit(folder, folder.name, private, pause, _remembered(folder))
        try:
            with needed("watching feeds"):
                for feed in feeds:
                    _look(visit, feed, seen)
        finally:
            visit.state["pages"] = visit.state["pages"][-_REMEMBERED:]
            write_atomically(folder / _STATE, json.dumps(visit.state, indent=1).encode())
    seen.waiting = len(waiting(folder))
    return seen


def _remembered(folder: Path) -> dict[str, Any]:
    """Return what earlier looks have seen; a file that cannot be read begins anew."""
    try:
        state = json.loads((folder / _STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        state = {}
    if not isinstance(state, dict) or not isinstance(state.get("pages"), list):
        state = {"feeds": {}, "pages": []}
    return state


def _look(visit: _Visit, feed: Feed, seen: Seen) -> None:
    known = visit.state["feeds"].get(feed.address, {})
    try:
        answer = _get(visit, feed.address, **known)
        if answer is None or not answer.changed:
            return
        entries = _entries(answer.content)
    except StatementError as cause:
        seen.failed.append(str(cause))
        return
    wanted = [
        each for each in entries if _wanted(each, feed) and each[0] not in visit.state["pages"]
    ]
    for url, title, day in wanted[:_MOST]:
        _take(visit, url, title, day, seen)
    if len(wanted) <= _MOST:
        visit.state["feeds"][feed.address] = {"etag": answer.etag, "modified": answer.modified}


def _entries(content: bytes) -> list[tuple[str, str, str]]:
    """Return address, title and day of what a feed or a sitemap lists."""
    if b"<urlset" in content[:2000]:
        from xml.etree.ElementTree import ParseError

        from defusedxml import DefusedXmlException
        from defusedxml.ElementTree import fromstring

        try:
            root = fromstring(content)
        except (ParseError, DefusedXmlException, ValueError) as cause:
            raise StatementError(f"the sitemap cannot be read: {cause}") from cause
        return [
            (place.text.strip(), place.text.rstrip("/").rpartition("/")[2], "")
            for place in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
            if place.text
        ]
    import feedparser

    parsed = feedparser.parse(content)
    if not parsed.entries and not parsed.get("version"):
        raise StatementError("the feed cannot be read: it is neither RSS, Atom nor a sitemap")
    return [(each.get("link", ""), each.get("title", ""), _day(each)) for each in parsed.entries]


def _day(entry: Any) -> str:
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    return time.strftime("%Y-%m-%d", stamp) if stamp else ""


def _wanted(entry: tuple[str, str, str], feed: Feed) -> bool:
    url, title, _ = entry
    said = fold(title).replace("-", " ")
    return bool(url) and (not feed.words or any(fold(word) in said for word in feed.words))


def _take(visit: _Visit, url: str, title: str, day: str, seen: Seen) -> None:
    """Read a page, and put it into the inbox if it prints a figure."""
    try:
        answer = _get(visit, url)
        if answer is None:
            visit.state["pages"].append(url)
            return
        page = pages.from_bytes(answer.content, answer.url, answer.kind)
    except StatementError as cause:
        # It may be there the next time, so it is not remembered.
        seen.failed.append(str(cause))
        return
    visit.state["pages"].append(url)
    if day:
        page = replace(page, published=pages.day_of(day))
    notice = of_page(page, visit.folder)
    if notice.drafts.empty and notice.casualties.empty:
        seen.without += 1
        return
    inbox = visit.folder / INBOX
    inbox.mkdir(parents=True, exist_ok=True)
    draftfile.write_draft(notice, _free(inbox, notice.source["source_id"]))
    seen.new.append(f"{title or url}: {len(notice.drafts)} figures")


def _free(inbox: Path, name: str) -> Path:
    tries = (inbox / f"{name}{'' if k == 1 else f'-{k}'}.toml" for k in range(1, 1000))
    return next(path for path in tries if not path.exists())


def _get(visit: _Visit, url: str, etag: str = "", modified: str = "") -> Fetched | None:
    """Fetch a page after a pause, or return None where the host's robots.txt forbids it."""
    if not _may(visit, url):
        return None
    _rest(visit, url)
    return fetch(url, private=visit.private, etag=etag, modified=modified)


def _may(visit: _Visit, url: str) -> bool:
    parts = urlsplit(url)
    host = f"{parts.scheme}://{parts.netloc}"
    if host not in visit.robots:
        robots = urllib.robotparser.RobotFileParser()
        try:
            _rest(visit, url)
            text = fetch(f"{host}/robots.txt", private=visit.private, largest=500_000).content
            robots.parse(text.decode("utf-8", "replace").splitlines())
        except StatementError:
            robots.parse([])
        visit.robots[host] = robots
    return visit.robots[host].can_fetch(AGENT, url)


def _rest(visit: _Visit, url: str) -> None:
    """Wait until a host may be asked again."""
    host = urlsplit(url).netloc
    since = time.monotonic() - visit.asked.get(host, -1e9)
    if since < visit.pause:
        time.sleep(visit.pause - since)
    visit.asked[host] = time.monotonic()
