from thongsuot.reports.queries.dashboard import Dashboard, FollowedDocument, Standstill, dashboard, sum_of
from thongsuot.reports.queries.flow import CellFlow, Flow, Step, UnitFlow, flow_of

__all__ = [
    "CellFlow",
    "Dashboard",
    "Flow",
    "FollowedDocument",
    "Standstill",
    "Step",
    "UnitFlow",
    "dashboard",
    "flow_of",
    "sum_of",
]
