"""Requests about one's own data, periods of retention, breaches: a module each."""

from thongsuot.privacy.models.retention import LegalHold, Outcome, RetentionEntry, RetentionPeriod

__all__ = ["LegalHold", "Outcome", "RetentionEntry", "RetentionPeriod"]
