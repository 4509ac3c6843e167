"""What a reading proposes, as items a person decides about."""

from __future__ import annotations

from collections.abc import Sequence

from thongsuot.core.text import fold
from thongsuot.documents import items
from thongsuot.documents.items import Value
from thongsuot.documents.kinds import Direction, Kind
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import ItemKind
from thongsuot.documents.queries.identity import cited_documents, meant, symbol_key
from thongsuot.formats.reading import READER_VERSION, Item, Reading, Reference, SummaryLine, Target, Task
from thongsuot.formats.reading.words import sentence_case
from thongsuot.organizations.models import Unit, UnitAlias
from thongsuot.organizations.queries import Actor, resolve_actors


def proposals_of(reading: Reading | None, intake: Intake) -> list[ReadingItem]:
    """What a person has to decide, numbered: fields, cited documents, then tasks and targets as the text has them."""
    found = _fields(reading, Direction(intake.direction))
    if reading is not None:
        found += _references(reading, intake.unit)
        actors = _Actors(intake.unit)
        demands = [*(_task(task, actors) for task in reading.tasks), *map(_target, reading.targets)]
        found += sorted(demands, key=lambda item: (item.span_start or 0, item.span_end or 0))
    for ordinal, item in enumerate(found, start=1):
        item.intake, item.ordinal, item.reader_version = intake, ordinal, READER_VERSION
    return found


class _Actors:
    """Finds our own units for the names in a text; the same names are looked up once."""

    def __init__(self, within: Unit) -> None:
        self.within = within
        self.known: dict[tuple[str, ...], Actor] = {}

    def __call__(self, names: Sequence[str]) -> Actor:
        key = tuple(names)
        if key not in self.known:
            self.known[key] = resolve_actors(names, within=self.within)
        return self.known[key]


def _fields(reading: Reading | None, direction: Direction) -> list[ReadingItem]:
    # The number of an outgoing document comes from the book, never from the paper.
    names = [name for name in items.FIELDS if name != "symbol" or direction == Direction.INCOMING]
    return [_field(name, reading) for name in names]


def _field(name: str, reading: Reading | None) -> ReadingItem:
    row = ReadingItem(kind=ItemKind.FIELD, name=name)
    if reading is None:
        return row
    metadata = reading.metadata
    if name == "summary":
        return _summary(row, reading)
    if name == "recipients":
        if metadata.recipients:
            row.proposed = {"value": [recipient.value for recipient in metadata.recipients]}
            row.confidence = min(recipient.confidence for recipient in metadata.recipients)
            spans = [recipient.span for recipient in metadata.recipients if recipient.span]
            if spans:
                row.span_start, row.span_end = min(s for s, _end in spans), max(e for _start, e in spans)
        return row
    sources = {"kind": metadata.doc_type, "symbol": metadata.number, "issued_on": metadata.date}
    found: Item | None = sources[name] if name in sources else getattr(metadata, name)
    if found is None:
        return row
    if found.span:
        row.span_start, row.span_end = found.span
    value = _usual(name, found.value)
    if value:
        row.proposed, row.confidence, row.rule = {"value": value}, found.confidence, found.rule[:60]
    return row


def _summary(row: ReadingItem, reading: Reading) -> ReadingItem:
    """The draft of the lines to remember, in the paper's own words; a person has to make them readable."""
    lines = [_summary_line(line) for line in reading.summary]
    if lines:
        row.proposed, row.confidence = {"value": lines}, items.GUESS
    return row


def _summary_line(line: SummaryLine) -> str:
    what = _sentence_case(line.what) + ("…" if line.shortened else "")
    said = f"{line.who}: {what}" if line.who else what
    return _begun(f"{said}, {line.when}" if line.when else said)


def _usual(name: str, value: str) -> str:
    if name == "kind":
        return value if value in Kind.values else Kind.KHAC
    if name == "issued_on":
        return value if items.date_of(value) else ""
    if name == "subject":
        value = _sentence_case(value)
    if name in ("issuing_body", "issuing_body_parent"):
        value = _as_known(value)
    return value[: items.limit_of(name)]


def _as_known(body: str) -> str:
    """A body of our own in the spelling we keep: letterheads are set in capitals."""
    alias = UnitAlias.objects.filter(folded=fold(body)).order_by("pk").first()
    return alias.name if alias else body


def _sentence_case(text: str) -> str:
    """A subject set in capitals throughout is kept as a sentence; the clerk looks at the capitals of names."""
    text = " ".join(text.split())
    return sentence_case(text) if text.isupper() else text


def _references(reading: Reading, unit: Unit) -> list[ReadingItem]:
    """The cited documents, each with the registered one it means where that is certain; one query for all."""
    known = cited_documents(unit, [reference.number or "" for reference in reading.references])
    citing_on = items.date_of(reading.metadata.date.value) if reading.metadata.date else None
    rows = []
    for reference in reading.references:
        issued_on = items.date_of(reference.date)
        value: Value = {
            "relation": reference.relation,
            "kind": items.cut(reference.type, "kind_in_words"),
            "symbol": items.cut(reference.number, "symbol"),
            "issued_on": reference.date if issued_on else None,
            "issuing_body": items.cut(reference.issuer, "cited_body"),
            "title": items.cut(reference.title, "title"),
        }
        # A day left blank or a month alone says too little, and something else than no date at all.
        candidates = known.get(symbol_key(value["symbol"]), []) if issued_on or not reference.date else []
        document = meant(candidates, issued_on=issued_on, body=value["issuing_body"], citing_on=citing_on)
        if document is not None:
            value["document"] = document.pk
        rows.append(_row(ItemKind.REFERENCE, value, reference))
    return rows


def _task(task: Task, actors: _Actors) -> ReadingItem:
    lead, others = actors(task.assignees), actors(task.coordinators)
    value = {
        "text": _begun(items.cut(task.action, "text")),
        "lead_text": items.cut("; ".join(task.assignees), "lead_text"),
        "coordinator_text": items.cut("; ".join(task.coordinators), "coordinator_text"),
        "for_recipients": lead.is_recipients,
        "lead_units": [unit.pk for unit in lead.units],
        "coordinator_units": [unit.pk for unit in others.units if unit not in lead.units],
        "deadline_text": items.cut(task.deadline_text, "deadline_text"),
        "due": task.due.isoformat() if task.due else None,
        "note": task.deadline.note if task.deadline else None,
        "product": items.cut(task.product, "product"),
    }
    return _row(ItemKind.TASK, value, task)


def _begun(text: str) -> str:
    """A part of a sentence that stands on its own begins with a capital."""
    return text[:1].upper() + text[1:]


def _target(target: Target) -> ReadingItem:
    value = {
        "text": _begun(items.cut(target.indicator, "text")),
        "comparator": target.comparator,
        "value": items.cut(target.value, "value"),
        "measure_unit": items.cut(target.unit, "measure_unit"),
        "period": items.cut(target.period, "period"),
    }
    return _row(ItemKind.TARGET, value, target)


def _row(kind: ItemKind, value: Value, source: Reference | Task | Target) -> ReadingItem:
    return ReadingItem(
        kind=kind,
        # In the very form in which a decision is kept, so that "edited" means that something differs.
        proposed=items.checked(kind, "", value),
        confidence=source.confidence,
        rule=source.rule[:60],
        section=(getattr(source, "section", None) or "")[:60],
        span_start=source.span[0],
        span_end=source.span[1],
    )
