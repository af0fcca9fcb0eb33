"""What reports call the operators of a programme; a code stands for itself where nothing is said.

`use` chooses the names for the process, as `language.use` chooses the language.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from demine_analysis.vocabulary import OPERATORS, Code, label
from demine_analysis.wording.language import translate

_NONE: Mapping[str, str] = MappingProxyType({})
_chosen = _NONE


def use(names: Mapping[str, str]) -> None:
    """Call operators by these names from here on.

    Parameters
    ----------
    names : mapping
        By code, as `Programme.names` has them.
    """
    global _chosen  # noqa: PLW0603 - one programme a process, as one language
    _chosen = names


def operators() -> dict[str, Code]:
    """Return what stands for all operators, and the operators that have a name."""
    return OPERATORS | {code: Code(name, name) for code, name in _chosen.items()}


def operator(code: str) -> str:
    """Return an operator's name in the language in use."""
    return translate(label(code, operators()))
