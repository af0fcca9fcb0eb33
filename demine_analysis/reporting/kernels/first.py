"""Do once what every report does first, so that kernels forked afterwards find it done.

Importing is not enough: the checks of tables, the names of months and numbers, fonts, and the list
of libraries for algebra are loaded only when they are first asked for. Import this module last.
"""

import pandas as pd
import pandera.pandas as pa
from matplotlib import style
from matplotlib.figure import Figure

from demine_analysis import formats
from demine_analysis.display.drawing import drawn
from demine_analysis.model.threads import single_threaded
from demine_analysis.plots import theme

pa.DataFrameSchema({"x": pa.Column(int, pa.Check.ge(0))}).validate(pd.DataFrame({"x": [1]}))
formats.date(pd.Timestamp("2024-01-01"))
formats.number(1.0)
single_threaded(lambda: None)()

# Without pyplot, which would fix the backend for every kernel.
with style.context(theme.RC):
    _figure = Figure(layout="constrained")
    _years = pd.date_range("2019", "2028", freq="YS")
    _figure.add_subplot(title="warm").plot(_years, range(len(_years)), label="warm")
    _figure.axes[0].legend()
    drawn(_figure, key="warm")
