"""Write a dataset's `datapackage.json`: the hand-written `package.toml` with facts off the disk.

Run `python -m demine_analysis.datasets.package` after any change to the data; a test compares
both with the disk.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from demine_analysis import vocabulary
from demine_analysis.datasets import listing, locate
from demine_analysis.datasets.checking import schemas
from demine_analysis.datasets.checking.table import File, parse_table, read_header
from demine_analysis.datasets.descriptor import FILE as DESCRIPTOR

DESCRIPTION = "package.toml"

_REQUIRED: dict[str, Any] = {"required": True}
_COUNT: dict[str, Any] = {"minimum": 0}
_NOT_NEGATIVE = _REQUIRED | _COUNT
_PARTIAL_DATE = {"pattern": r"(\d{4}(-\d{2}(-\d{2})?)?|--\d{2}-\d{2})"}
_CODES = {name: _REQUIRED | {"enum": list(codes)} for name, codes in schemas.CODE_LISTS.items()}

# What the package's own schemas demand of a column, in the words of Table Schema.
CONSTRAINTS: dict[str, dict[str, dict[str, Any]]] = {
    "statements": _CODES
    | {
        "statement_id": _REQUIRED | {"unique": True},
        "source_id": _REQUIRED,
        "value": _NOT_NEGATIVE,
        "operator": _REQUIRED,
        "district": _REQUIRED,
        "estimate": {"enum": list(vocabulary.ESTIMATES)},
        "period_start": _PARTIAL_DATE,
        "period_end": _PARTIAL_DATE,
    },
    "sources": {
        "published": _PARTIAL_DATE,
        "source_id": _REQUIRED | {"unique": True},
        "url": _REQUIRED | {"pattern": r"https?://\S+"},
        "publisher": _REQUIRED,
        "language": _REQUIRED | {"pattern": "[a-z]{2,3}"},
    },
    "casualties": {
        "url": _REQUIRED | {"pattern": r"https?://\S+"},
        "publisher": _REQUIRED,
        "period_start": _PARTIAL_DATE,
        "period_end": _PARTIAL_DATE,
        "killed": _COUNT,
        "injured": _COUNT,
        "total": _COUNT,
        "civilians_only": {"enum": list(schemas.CIVILIANS_ONLY[:-1])},
    },
    "country_years": {
        "record_id": _REQUIRED | {"unique": True},
        "country": _REQUIRED,
        "iso": {"pattern": "[A-Z]{3}"},
        "first_year": _REQUIRED | {"minimum": 1900, "maximum": 2099},
        "last_year": _REQUIRED | {"minimum": 1900, "maximum": 2099},
        **dict.fromkeys(schemas.COUNTRY_YEARS[6:14], _COUNT),
        "qualifier": _CODES["qualifier"],
        "url": _REQUIRED | {"pattern": r"https?://\S+"},
        "publisher": _REQUIRED,
        "published": _PARTIAL_DATE,
        "language": _REQUIRED | {"pattern": "[a-z]{2,3}"},
    },
    "humanitarian_demining_2005_2014": {
        "departamento": _REQUIRED,
        "municipio": _REQUIRED,
        "totalartefactosdestruidos": _NOT_NEGATIVE,
        "areadespejada": _NOT_NEGATIVE,
        "ano": _REQUIRED | {"minimum": 1900, "maximum": 2099},
        "mes": _REQUIRED | {"minimum": 1, "maximum": 12},
        "tipodesminado": _REQUIRED | {"enum": list(schemas.DEMINING_TYPES)},
        "map": _NOT_NEGATIVE,
        "muse": _NOT_NEGATIVE,
        "aei": _NOT_NEGATIVE,
    },
}


def describe(folder: Path) -> dict[str, Any]:
    """Return the data package descriptor of a dataset that has a `package.toml`."""
    written = tomllib.loads((folder / DESCRIPTION).read_text("utf-8"))
    listed = listing.list_datasets(data_home=folder.parent).set_index("name").loc[folder.name]
    covered = {"start": listed["period_start"], "end": listed["period_end"]}
    return {
        "profile": "tabular-data-package",
        **written,
        "temporal": {name: day.date().isoformat() for name, day in covered.items()},
        "resources": [_resource(folder, each) for each in written["resources"]],
    }


def as_json(folder: Path) -> str:
    """Return the text of a dataset's `datapackage.json`."""
    return written_out(describe(folder))


def written_out(descriptor: dict[str, Any]) -> str:
    """Return a descriptor as the text of a `datapackage.json`."""
    return json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n"


def write(folder: Path) -> Path:
    """Write a dataset's `datapackage.json` and return its path."""
    path = folder / DESCRIPTOR
    path.write_text(as_json(folder), "utf-8")
    return path


def table_resource(raw: bytes, written: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a CSV file: what is written by hand, with facts of its bytes.

    Parameters
    ----------
    raw : bytes
        The file's content.
    written : dict
        `name`, `path`, `title`, `description` and `fields`; keys where it has some.
    """
    content = File(written["path"], raw)
    keys = {"primaryKey", "foreignKeys"} & written.keys()
    limits = CONSTRAINTS.get(written["name"], {})
    return {
        **{key: written[key] for key in ("name", "path", "title", "description")},
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "rows": len(parse_table(content, read_header(content)).cells),
        **facts_of(raw),
        "schema": {
            "fields": [_field(each, limits) for each in written["fields"]],
            "missingValues": [""],
            **{key: written[key] for key in sorted(keys)},
        },
    }


def facts_of(raw: bytes) -> dict[str, Any]:
    """Return size and hash of a file, as a descriptor states them."""
    return {"bytes": len(raw), "hash": "sha256:" + hashlib.sha256(raw).hexdigest()}


def _resource(folder: Path, written: dict[str, Any]) -> dict[str, Any]:
    return table_resource((folder / written["path"]).read_bytes(), written)


def _field(written: dict[str, Any], limits: dict[str, dict[str, Any]]) -> dict[str, Any]:
    limit = limits.get(written["name"])
    return {**written, "constraints": limit} if limit else written


def main(folders: list[str]) -> None:
    """Write the descriptors of these folders, or of all in the data home that have a text."""
    described = locate.home_folder().glob(f"*/{DESCRIPTION}")
    for folder in sorted(map(Path, folders)) or sorted(path.parent for path in described):
        sys.stdout.write(f"{write(folder)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
