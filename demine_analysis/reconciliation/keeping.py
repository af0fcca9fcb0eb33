"""What a model takes longest for, kept by content, to the last bit: scales, mode and draws."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
import scipy

from demine_analysis import cache, model


def scales(design: model.Design) -> model.Scales:
    """Return the scales that make a design's figures most likely."""
    key = _key(design)
    kept = cache.get("scales", key)
    if kept is not None and set(kept) == set(vars(model.TYPICAL)):
        return model.Scales.from_dict(kept)
    estimated = model.estimate_scales(design)
    cache.put("scales", key, vars(estimated))
    return estimated


def mode(design: model.Design, given: model.Scales) -> model.Fit:
    """Return the mode of a design for given scales."""
    key = _key(design, given)
    kept = cache.get("mode", key)
    found = None if kept is None else model.from_dict(design, given, kept)
    if found is None:
        found = model.fit(design, given)
        cache.put("mode", key, model.as_dict(found))
    return found


def draws(fitted: model.Fit, seed: int, count: int) -> model.Floats:
    """Return draws of all unknowns, (unknowns, count)."""
    found = (fitted.scales, fitted.x, fitted.prior_weight, fitted.weight)
    key = _key(fitted.design, *found, seed, count)
    kept = cache.get_array("draws", key)
    if kept is not None and kept.shape == (len(fitted.x), count):
        return kept
    made = model.draw(fitted, np.random.default_rng([seed, 0]), count)
    cache.put_array("draws", key, made)
    return made


def _key(design: model.Design, *more: object) -> str:
    return cache.key(design.grid, design.figures, design.centre, *more, code=_code())


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Return a hash of the model's code; another release of a library may round otherwise."""
    return cache.code(
        Path(str(model.__file__)).parent, libraries=[np.__version__, scipy.__version__]
    )
