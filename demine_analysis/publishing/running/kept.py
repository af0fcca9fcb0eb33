"""A failed notebook as it is kept for diagnosis: whole, unless it weighs too much."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode


def within_weight(notebook: NotebookNode, *, most: int) -> str:
    """Return a notebook's JSON, without the largest outputs where it would be over `most` bytes.

    A cell whose outputs are left out says so, and how large they were.
    """
    weights = [len(json.dumps(cell)) for cell in notebook.cells]
    too_much = sum(weights) - most
    for place in sorted(range(len(weights)), key=weights.__getitem__, reverse=True):
        cell = notebook.cells[place]
        if too_much > 0 and cell.get("outputs"):
            note = f"outputs of {weights[place] / 1e6:.1f} MB are left out of this kept notebook\n"
            stream = {"output_type": "stream", "name": "stderr", "text": note}
            cell["outputs"] = [type(cell)(stream)]
            too_much -= weights[place]
    return json.dumps(notebook, indent=1, ensure_ascii=False)
