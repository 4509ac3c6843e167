"""What others may do with documents: plain imports, no code."""

from thongsuot.documents.services.data import DocumentFields, ProvisionData, RelationData

__all__ = [
    "DocumentFields",
    "ProvisionData",
    "RelationData",
]
