from .audit import agreement as agreement, audit as audit, calendar as calendar
from .backtest import backtest as backtest
from .datasets import (
    check_dataset as check_dataset,
    list_datasets as list_datasets,
    load_casualties as load_casualties,
    load_corrections as load_corrections,
    load_records as load_records,
    load_sources as load_sources,
    load_statements as load_statements,
)
from .errors import (
    DatasetError as DatasetError,
    DemineError as DemineError,
    ParameterError as ParameterError,
    ReconcileError as ReconcileError,
    ReportError as ReportError,
    StatementError as StatementError,
)
from .plans import plans as plans
from .projection import Projection as Projection, project as project
from .rates import clearance_rate as clearance_rate
from .reconcile import reconcile as reconcile
from .reconciliation import Reconciliation as Reconciliation
from .reporting.single import render as render
