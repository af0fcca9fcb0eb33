"""Results kept by the content of what they were computed from, in the user's cache folder."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Sequence

ENVIRONMENT = "DEMINE_CACHE_HOME"
"""Names another folder; empty switches keeping off."""

_MOST = 500
"""Results of a kind that are kept, the latest ones; a mode or a figure takes 30 to 90 kB."""


def folder() -> Path | None:
    """Return where results are kept, or None where nothing is to be kept."""
    named = os.environ.get(ENVIRONMENT)
    if named is not None:
        return Path(named) if named else None
    return user_cache_path("demine_analysis")


def key(*inputs: object, code: bytes) -> str:
    """Return a hash of bytes, dataclasses, arrays and numbers, and of the code that uses them."""
    digest = hashlib.sha256(code)
    for each in inputs:
        _add(digest, each)
    return digest.hexdigest()[:32]


def code(*places: Path, libraries: Sequence[str]) -> bytes:
    """Return a hash of files, of all files in folders, and of versions of libraries."""
    digest = hashlib.sha256(repr(libraries).encode())
    for place in places:
        files = sorted(place.iterdir()) if place.is_dir() else [place]
        for file in files:
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.digest()


def get(kind: str, name: str) -> dict[str, Any] | None:
    """Return what was kept under a key, or None."""
    place = folder()
    if place is None:
        return None
    try:
        kept = json.loads((place / f"{kind}-{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) else None


def put(kind: str, name: str, result: dict[str, Any]) -> None:
    """Keep a result; a cache that cannot be written is no reason to fail."""
    place = folder()
    if place is None:
        return
    try:
        place.mkdir(parents=True, exist_ok=True)
        _write(place / f"{kind}-{name}.json", json.dumps(result))
        _forget_oldest(place, kind)
    except OSError:
        return


def _write(path: Path, text: str) -> None:
    """Write a file that others see whole or not at all."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        unfinished = Path(file.name)
    try:
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError:
        unfinished.unlink()
        raise


def _forget_oldest(place: Path, kind: str) -> None:
    kept = list(place.glob(f"{kind}-*.json"))
    if len(kept) > _MOST:
        kept.sort(key=lambda file: file.stat().st_mtime)
        for file in kept[:-_MOST]:
            file.unlink(missing_ok=True)


def _add(digest: Any, value: object) -> None:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            _add(digest, getattr(value, field.name))
    elif isinstance(value, np.ndarray):
        digest.update(f"{value.dtype}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    else:
        digest.update(value if isinstance(value, bytes) else repr(value).encode())
