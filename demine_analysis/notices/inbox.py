"""The notices of a dataset that wait for a person: draft files in a folder beside its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

INBOX = ".demine/inbox"


def waiting(folder: Path) -> list[Path]:
    """Return the draft files in the inbox of a dataset's folder, oldest first."""
    found = (folder / INBOX).glob("*.toml")
    return sorted(found, key=lambda path: (path.stat().st_mtime, path.name))
