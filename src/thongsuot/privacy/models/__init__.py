"""Requests about one's own data, periods of retention, breaches: a module each."""

from thongsuot.privacy.models.breaches import TELLING, Breach, BreachStep, DataKind, StepKind
from thongsuot.privacy.models.requests import (
    DataRequest,
    Kind,
    RequestState,
    RequestStep,
    StepVerb,
    answer_day,
    days_for,
)
from thongsuot.privacy.models.retention import LegalHold, Outcome, RetentionEntry, RetentionPeriod

__all__ = [
    "TELLING",
    "Breach",
    "BreachStep",
    "DataKind",
    "DataRequest",
    "Kind",
    "LegalHold",
    "Outcome",
    "RequestState",
    "RequestStep",
    "RetentionEntry",
    "RetentionPeriod",
    "StepKind",
    "StepVerb",
    "answer_day",
    "days_for",
]
