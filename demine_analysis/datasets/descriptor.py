"""Read a dataset's `datapackage.json`, which a user's own dataset need not have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from demine_analysis.files import read_current

if TYPE_CHECKING:
    from pathlib import Path

FILE = "datapackage.json"


def read_descriptor(folder: Path) -> dict[str, Any]:
    """Return the descriptor, its resources tables with a path.

    Raises
    ------
    OSError
        Where there is no file, or none that can be read.
    ValueError
        Where it is no data package.
    """
    try:
        content = json.loads(read_current(folder / FILE).decode("utf-8"))
    except RecursionError as cause:
        raise ValueError("nested too deeply") from cause
    resources = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(resources, list) or not all(map(_has_path, resources)):
        raise ValueError("it has no list of resources with a path each")
    return dict(content)


def resource_paths(folder: Path) -> list[str]:
    """Return the paths that a descriptor names; none where there is no valid descriptor."""
    try:
        return [resource["path"] for resource in read_descriptor(folder)["resources"]]
    except (OSError, ValueError):
        return []  # what is wrong with a descriptor is for `check_dataset` to say


def title(folder: Path) -> str:
    """Return a dataset's title, or the folder's name where no valid descriptor gives one."""
    try:
        return str(read_descriptor(folder).get("title", folder.name))
    except (OSError, ValueError):
        return folder.name


def _has_path(resource: object) -> bool:
    return isinstance(resource, dict) and isinstance(resource.get("path"), str)
