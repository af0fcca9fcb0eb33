from .audit import agreement as agreement
from .audit import audit as audit
from .audit import calendar as calendar
from .backtest import backtest as backtest
from .datasets import (
    check_dataset as check_dataset,
)
from .datasets import (
    list_datasets as list_datasets,
)
from .datasets import (
    load_casualties as load_casualties,
)
from .datasets import (
    load_corrections as load_corrections,
)
from .datasets import (
    load_records as load_records,
)
from .datasets import (
    load_sources as load_sources,
)
from .datasets import (
    load_statements as load_statements,
)
from .errors import (
    DatasetError as DatasetError,
)
from .errors import (
    DemineError as DemineError,
)
from .errors import (
    ParameterError as ParameterError,
)
from .errors import (
    ReconcileError as ReconcileError,
)
from .errors import (
    ReportError as ReportError,
)
from .errors import (
    StatementError as StatementError,
)
from .plans import plans as plans
from .projection import Projection as Projection
from .projection import project as project
from .rates import clearance_rate as clearance_rate
from .reconcile import reconcile as reconcile
from .reconciliation import Reconciliation as Reconciliation
from .reporting.single import render as render
