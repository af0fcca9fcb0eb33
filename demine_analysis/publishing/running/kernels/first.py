"""Do once what every report does first, so that kernels forked afterwards find it done.

Importing is not enough: the checks of tables, the names of months and numbers, fonts, patterns, the
hash of the code that draws, and the list of libraries for algebra are made only when they are first
asked for. Import this module last.
"""

import os

import pandas as pd
import pandera.pandas as pa

from demine_analysis import cache
from demine_analysis.model.threads import single_threaded
from demine_analysis.report import plots
from demine_analysis.report.display.pictures import plotted
from demine_analysis.wording import formats

pa.DataFrameSchema({"x": pa.Column(int, pa.Check.ge(0))}).validate(pd.DataFrame({"x": [1]}))
formats.date(pd.Timestamp("2024-01-01"))
formats.number(1.0)
single_threaded(lambda: None)()

# A figure as reports have them, but not for the cache, where the next warm process would find it
# drawn already.
_folder = os.environ.get(cache.ENVIRONMENT)
os.environ[cache.ENVIRONMENT] = ""
_months = pd.date_range("2020", "2027", freq="MS")
_columns = ("median", *(f"{end}_{share}" for share in (50, 80, 95) for end in ("lower", "upper")))
_totals = pd.DataFrame({name: range(len(_months)) for name in _columns}, index=_months)
plotted(plots.monthly, _totals.astype(float), key="warm", height=1.0, options={})
if _folder is None:
    del os.environ[cache.ENVIRONMENT]
else:
    os.environ[cache.ENVIRONMENT] = _folder
