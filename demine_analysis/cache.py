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
from platformdirs import user_cache_path

import demine_analysis.model as model_package

ENVIRONMENT = "DEMINE_CACHE_HOME"
"""Names another folder; empty switches keeping off."""


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
        with tempfile.NamedTemporaryFile("w", dir=place, delete=False, encoding="utf-8") as file:
            json.dump(result, file)
        Path(file.name).replace(place / f"{kind}-{name}.json")
    except OSError:
        return


@lru_cache(maxsize=1)
def _code() -> bytes:
    place = Path(str(model_package.__file__)).parent
    return b"".join(file.read_bytes() for file in sorted(place.glob("*.py")))


def _add(digest: Any, value: object) -> None:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            _add(digest, getattr(value, field.name))
    elif isinstance(value, np.ndarray):
        digest.update(f"{value.dtype}{value.shape}".encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    else:
        digest.update(repr(value).encode())
