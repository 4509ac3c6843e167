"""Requests about one's own data, periods of retention, breaches: a module each."""

from thongsuot.privacy.models.breaches import Breach, BreachStep, DataKind, StepKind
from thongsuot.privacy.models.retention import LegalHold, Outcome, RetentionEntry, RetentionPeriod

__all__ = [
    "Breach",
    "BreachStep",
    "DataKind",
    "LegalHold",
    "Outcome",
    "RetentionEntry",
    "RetentionPeriod",
    "StepKind",
]
