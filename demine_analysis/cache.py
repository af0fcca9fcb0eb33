"""Results kept by the content of what they were computed from, in the user's cache folder."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy
from platformdirs import user_cache_path

import demine_analysis.model as model_package

ENVIRONMENT = "DEMINE_CACHE_HOME"
"""Names another folder; empty switches keeping off."""

_MOST = 500
"""Results of a kind that are kept, the latest ones; a mode takes 30 to 90 kB."""


def folder() -> Path | None:
    """Return where results are kept, or None where nothing is to be kept."""
    named = os.environ.get(ENVIRONMENT)
    if named is not None:
        return Path(named) if named else None
    return user_cache_path("demine_analysis")


def key(*inputs: object) -> str:
    """Return a hash of dataclasses, arrays and numbers, and of the model's code."""
    digest = hashlib.sha256(_code())
    for each in inputs:
        _add(digest, each)
    return digest.hexdigest()[:32]


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


@lru_cache(maxsize=1)
def _code() -> bytes:
    place = Path(str(model_package.__file__)).parent
    # Another release of a library may round the last bit differently.
    libraries = f"{np.__version__} {scipy.__version__}".encode()
    return b"".join([libraries, *(file.read_bytes() for file in sorted(place.glob("*.py")))])


def _add(digest: Any, value: object) -> None:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            _add(digest, getattr(value, field.name))
    elif isinstance(value, np.ndarray):
        digest.update(f"{value.dtype}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    else:
        digest.update(repr(value).encode())
