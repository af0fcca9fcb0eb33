"""Functions that use the lazily loaded package, and their results, reach worker processes."""

from __future__ import annotations

import pickle

import numpy as np
from joblib import Parallel, delayed
from strategies import weekly_programme

import demine_analysis as da
from demine_analysis.model import TYPICAL

ROWS = weekly_programme([100.0, 120.0, 90.0, 110.0]).statements


def test_the_package_is_pickled_by_its_name() -> None:
    assert pickle.loads(pickle.dumps(da)) is da  # noqa: S301 - pickled in the same line


def test_a_reconciliation_by_a_worker_is_the_same() -> None:
    here = da.reconcile(ROWS, scales=TYPICAL)
    (there,) = Parallel(n_jobs=2)([delayed(da.reconcile)(ROWS, scales=TYPICAL)])
    assert np.array_equal(here.weekly().to_numpy(), there.weekly().to_numpy())
    assert here.residuals().equals(there.residuals())
