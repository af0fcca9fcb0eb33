from .errors import (
    DatasetError as DatasetError,
    DemineError as DemineError,
    ParameterError as ParameterError,
    ReconcileError as ReconcileError,
    ReportError as ReportError,
    StatementError as StatementError,
)
