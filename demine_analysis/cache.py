"""Results kept by the content of what they were computed from, in the user's cache folder."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import json
import os
import tempfile
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib.format import read_array
from platformdirs import user_cache_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

ENVIRONMENT = "DEMINE_CACHE_HOME"
"""Names another folder; empty switches keeping off."""

_RESULTS = 40_000_000
"""Bytes of a kind's results that are kept, the latest; a mode or a figure takes 30 to 90 kB."""

_ARRAYS = 256_000_000
"""The same for arrays: draws of a series take 5 MB, of a country with four operators 30 MB."""

_LARGEST = 64_000_000
"""Bytes of the largest array that is kept."""


def folder() -> Path | None:
    """Return where results are kept, or None where nothing is to be kept."""
    named = os.environ.get(ENVIRONMENT)
    if named is not None:
        return Path(named).expanduser() if named else None
    found = user_cache_path("demine_analysis")
    return found if found.is_absolute() else None  # a user without a home has none


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
    try:
        kept = json.loads(_read(f"{kind}-{name}.json") or b"null")
    except ValueError:
        return None
    return kept if isinstance(kept, dict) else None


def put(kind: str, name: str, result: dict[str, Any]) -> None:
    """Keep a result; a cache that cannot be written is no reason to fail."""
    _write(f"{kind}-{name}.json", json.dumps(result).encode(), most=_RESULTS)


def get_array(kind: str, name: str) -> NDArray[np.float64] | None:
    """Return the array that was kept under a key, or None."""
    try:
        kept = read_array(io.BytesIO(_read(f"{kind}-{name}.npy")), allow_pickle=False)
    except ValueError:
        return None
    return np.asarray(kept, dtype=np.float64)


def put_array(kind: str, name: str, result: NDArray[np.float64]) -> None:
    """Keep an array, unless it is very large."""
    if result.nbytes <= _LARGEST:
        content = io.BytesIO()
        np.save(content, result, allow_pickle=False)
        _write(f"{kind}-{name}.npy", content.getvalue(), most=_ARRAYS)


def _read(name: str) -> bytes:
    place = folder()
    if place is None:
        return b""
    try:
        return (place / name).read_bytes()
    except OSError:
        return b""


def _write(name: str, content: bytes, *, most: int) -> None:
    """Write a file that others see whole or not at all; keep `most` bytes of its kind."""
    place = folder()
    if place is None:
        return
    try:
        place.mkdir(parents=True, exist_ok=True)
        _replace(place / name, content)
        _forget_oldest(place, f"{name.split('-', maxsplit=1)[0]}-*", most)
    except OSError:
        return


def _replace(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        unfinished = Path(file.name)
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError:
        unfinished.unlink()
        raise


def _forget_oldest(place: Path, pattern: str, most: int) -> None:
    found = [(file.stat(), file) for file in place.glob(pattern)]
    found.sort(key=lambda each: each[0].st_mtime, reverse=True)
    for total, (_, file) in zip(accumulate(stat.st_size for stat, _ in found), found, strict=True):
        if total > most:
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
