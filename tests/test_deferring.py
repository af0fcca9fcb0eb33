"""Libraries imported without scipy's statistics work as they do with them."""

from __future__ import annotations

import subprocess
import sys

import pytest

IMPORT = "import ruptures, seaborn, sys, numpy as np\n"
LIGHT = f"""
from demine_analysis.deferring import without_statistics
with without_statistics():
    {IMPORT}
assert not {{"scipy.stats", "scipy.signal"}} & set(sys.modules)
"""
STEPS = "steps = np.repeat([0.0, 5.0], 40) + np.random.default_rng(1).normal(size=80)\n"


def printed(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    "code",
    [
        "print(ruptures.Pelt(model='rank').fit(steps).predict(pen=3))",
        "print(ruptures.Window(width=20).fit(steps).predict(n_bkps=1))",
        "import matplotlib; matplotlib.use('agg')\n"
        "print(seaborn.kdeplot(steps).lines[0].get_xydata().sum())",
        "import scipy\nprint(scipy.stats.norm.cdf(0), scipy.signal.square(1))",
    ],
)
def test_what_is_left_out_comes_when_it_is_called(code: str) -> None:
    assert printed(LIGHT + STEPS + code) == printed(IMPORT + STEPS + code) != ""


def test_what_is_there_already_stays() -> None:
    code = (
        "import scipy.stats, scipy.signal, sys\n"
        "from demine_analysis.deferring import without_statistics\n"
        "with without_statistics():\n"
        "    import ruptures\n"
        "    print(sys.modules['scipy.stats'] is scipy.stats)\n"
        "from ruptures.costs import costrank\n"
        "print(costrank.rankdata is scipy.stats.mstats.rankdata)"
    )
    assert printed(code).split() == ["True", "True"]


def test_changes_of_pace_ask_for_no_statistics() -> None:
    code = (
        "import sys\n"
        "import numpy as np\n"
        "from demine_analysis import rates\n"
        "steps = np.repeat([[0.0], [5.0]], 40, axis=0)\n"
        "print(*rates._segmentations(steps, 1.0)[0], 'scipy.stats' in sys.modules)"
    )
    assert printed(code) == "40 False"
