"""Do once what every report does first, so that kernels forked afterwards find it done.

Importing is not enough: the checks of tables, and the names of months and numbers, are loaded only
when they are first asked for.
"""

import pandas as pd
import pandera.pandas as pa

from demine_analysis import formats

pa.DataFrameSchema({"x": pa.Column(int, pa.Check.ge(0))}).validate(pd.DataFrame({"x": [1]}))
formats.date(pd.Timestamp("2024-01-01"))
formats.number(1.0)
