"""Where higher subjects take part in the acts of this one."""

from thongsuot.core.hooks import Hook
from thongsuot.documents.models import Dispatch

document_dispatched: Hook[Dispatch] = Hook()
"""A document has been sent and its deliveries written; called in the same transaction."""
