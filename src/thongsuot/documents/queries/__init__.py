"""What others may read of documents: plain imports, no code."""

from thongsuot.documents.queries.chain import chain_of, missing_by_level, missing_links
from thongsuot.documents.queries.dispatch import arrived_count, deliveries_of, deliveries_to, flow_figures
from thongsuot.documents.queries.intake import waiting_intakes
from thongsuot.documents.queries.register import documents_of, numbers_of

__all__ = [
    "arrived_count",
    "chain_of",
    "deliveries_of",
    "deliveries_to",
    "documents_of",
    "flow_figures",
    "missing_by_level",
    "missing_links",
    "numbers_of",
    "waiting_intakes",
]
