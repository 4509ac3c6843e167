"""A reading as plain JSON data; ``schema.json`` beside this file says what each key means."""

from dataclasses import asdict, fields
from typing import Any

from thongsuot.formats.reading.model import Item, Metadata, Reading, Recipient


def to_json(reading: Reading) -> dict[str, Any]:
    """Values under `metadata` are plain strings, as the corpus has them; `evidence` says where each one stands."""
    metadata: dict[str, Any] = {}
    evidence: dict[str, Any] = {}
    for field in fields(Metadata):
        value = getattr(reading.metadata, field.name)
        if isinstance(value, tuple):
            metadata[field.name] = [_said(item) for item in value]
            evidence[field.name] = [_evidence(item) for item in value]
        else:
            metadata[field.name] = value.value if value else None
            evidence[field.name] = _evidence(value) if value else None
    return {
        "reader_version": reading.reader_version,
        "media_type": reading.media_type,
        "metadata": metadata,
        "evidence": evidence,
        "references": [_plain(asdict(reference)) for reference in reading.references],
        "tasks": [_plain({"id": f"t{i}", **asdict(task)}) for i, task in enumerate(reading.tasks, start=1)],
        "targets": [
            _plain({"id": f"g{i}", **asdict(target)}) for i, target in enumerate(reading.targets, start=1)
        ],
        "structure": [_plain(asdict(section)) for section in reading.structure],
        "summary": [_plain(asdict(line)) for line in reading.summary],
        "plainness": _plain(asdict(reading.plainness)) if reading.plainness else None,
        "pages": [asdict(page) for page in reading.pages],
        "warnings": [asdict(notice) for notice in reading.warnings],
        "text": reading.text,
    }


def _said(item: Item | Recipient) -> Any:
    if isinstance(item, Recipient):
        return {"value": item.value, "purpose": item.purpose}
    return item.value


def _evidence(item: Item | Recipient) -> dict[str, Any]:
    span = list(item.span) if item.span else None
    return {"span": span, "confidence": item.confidence, "rule": item.rule}


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in data.items()}


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return _plain(value)
    if isinstance(value, (tuple, list)):
        return [_value(v) for v in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
