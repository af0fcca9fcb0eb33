"""A folder of published pages, with a record of each under `.demine/`."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from demine_analysis.errors import ReportError
from demine_analysis.files import TEMPORARY, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Failure:
    """A rendering that did not work: when, why, and in which run its notebook is kept."""

    when: str
    error: str
    run: str


@dataclass(frozen=True)
class Record:
    """What is known about a published page, and about the last attempt if that failed.

    Parameters
    ----------
    fingerprint : mapping
        Of the published page; empty where there is none.
    sha256 : str
        Of the published page's bytes.
    rendered : str
        When, in UTC.
    seconds : float
        How long it took.
    facts : mapping
        What the page says about itself.
    failure : Failure or None
        Of the last attempt.
    """

    fingerprint: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""
    rendered: str = ""
    seconds: float = 0.0
    facts: Mapping[str, Any] = field(default_factory=dict)
    failure: Failure | None = None


class Site:
    """The pages in a folder, their records, and what is kept of runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._state = folder / ".demine"
        self._records = self._state / "reports"
        self._staging = self._state / "staging"
        self.runs = self._state / "runs"
        self.lock = self._state / "lock"

    def prepare(self) -> None:
        """Make the folders, or raise ReportError where that cannot be done."""
        try:
            for folder in (self._records, self._staging, self.runs):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as cause:
            raise ReportError(
                f"folder {str(self.folder)!r} cannot be written: {cause.strerror}"
            ) from cause

    def belong_to(self, manifest: Path) -> None:
        """Note whose pages these are; ReportError where another manifest is there that has some."""
        noted, folder = self._state / "manifest", self.folder.resolve()
        other = folder / noted.read_text("utf-8", "replace") if noted.is_file() else manifest
        if other.is_file() and other.read_bytes() != manifest.read_bytes():
            raise ReportError(
                f"the pages in {str(self.folder)!r} are those of the manifest "
                f"{str(other.resolve())!r}, which would lose them; write this one's elsewhere (-o)"
            )
        one_disk = manifest.drive == folder.drive
        own = os.path.relpath(manifest.resolve(), folder) if one_disk else str(manifest)
        self.write(noted, own.encode())

    def clean(self) -> None:
        """Remove what killed runs left unfinished; only for who holds the lock."""
        for path in self._staging.glob(f"{TEMPORARY}*"):
            path.unlink(missing_ok=True)

    def page(self, name: str) -> Path:
        """Return where a report's page is."""
        return self.folder / f"{name}.html"

    def names(self) -> list[str]:
        """Return the reports that have a record."""
        return sorted(each.stem for each in self._records.glob("*.json"))

    def record(self, name: str) -> Record:
        """Return a report's record; an empty one where there is none that can be read."""
        try:
            content = json.loads((self._records / f"{name}.json").read_text(encoding="utf-8"))
            failure = content.pop("failure", None)
            return Record(**content, failure=Failure(**failure) if failure else None)
        except (OSError, ValueError, TypeError, AttributeError):
            return Record()

    def has_page(self, name: str) -> bool:
        """Return whether a report's page is there, and byte for byte what was published."""
        try:
            content = self.page(name).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(content).hexdigest() == self.record(name).sha256

    def publish(self, name: str, html: str, record: Record) -> Record:
        """Put a page in place, then its record; a stop between them means rendering again."""
        content = html.encode()
        record = dataclasses.replace(record, sha256=hashlib.sha256(content).hexdigest())
        self.write(self.page(name), content)
        self.note(name, record)
        return record

    def note(self, name: str, record: Record) -> None:
        """Write a report's record."""
        self.write(self._records / f"{name}.json", as_json(dataclasses.asdict(record)))

    def withdraw(self, names: Iterable[str]) -> None:
        """Remove the pages of reports that are no longer wanted; other files are left alone."""
        for name in names:
            if self.has_page(name):
                self.page(name).unlink()
                self.page(name).with_suffix(".png").unlink(missing_ok=True)
            (self._records / f"{name}.json").unlink(missing_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Write a file of the site, whole or not at all; not touched where it is the same."""
        if not _holds(path, content):
            write_atomically(path, content, staging=self._staging)

    def keep(self, run: str, files: Mapping[str, str], *, runs: int) -> None:
        """Keep files of a run, and forget runs before the last `runs`."""
        folder = self.runs / run
        folder.mkdir(exist_ok=True)
        for name, content in files.items():
            self.write(folder / name, content.encode())
        # Names are times, and a clock may have been wrong: this run is kept whatever its name.
        others = sorted(each for each in self.runs.iterdir() if each.is_dir() and each != folder)
        for old in others[: max(0, len(others) - runs + 1)]:
            shutil.rmtree(old, ignore_errors=True)


def as_json(content: Any) -> bytes:
    """Return JSON as the project writes it: for machines, and readable."""
    return (json.dumps(content, indent=2, ensure_ascii=False, sort_keys=False) + "\n").encode()


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
