"""What is handed to the register: plain data, checked by a person, before any row exists."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class DocumentFields:
    """The frame of a document as a clerk confirmed it; an outgoing one gets its ``symbol`` from the book."""

    kind: str
    issuing_body: str
    issued_on: dt.date
    subject: str
    symbol: str = ""
    issuing_body_parent: str = ""
    place: str = ""
    signer: str = ""
    signer_title: str = ""
    sign_authority: str = ""
    recipients: list[str] = field(default_factory=list)
    urgency: str = ""
    regime: str = ""
    is_illustration: bool = False
    summary: str = ""


@dataclass(frozen=True, kw_only=True)
class RelationData:
    """Another document that this one cites; ``relation`` is a ``Relation`` value, ``kind`` in words."""

    relation: str
    kind: str = ""
    symbol: str = ""
    issued_on: dt.date | None = None
    issuing_body: str = ""
    title: str = ""
    span: Span | None = None
    # Known when a person chose the document from the register; otherwise it is looked for.
    target_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ProvisionData:
    """A task or a target. Units are given by key; ``for_recipients`` means every unit the document is sent to."""

    kind: str
    text: str
    section: str = ""
    lead_text: str = ""
    coordinator_text: str = ""
    for_recipients: bool = False
    lead_units: tuple[int, ...] = ()
    coordinator_units: tuple[int, ...] = ()
    deadline_text: str = ""
    due: dt.date | None = None
    product: str = ""
    comparator: str = ""
    value: str = ""
    measure_unit: str = ""
    period: str = ""
    span: Span | None = None
