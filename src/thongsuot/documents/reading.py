"""The bridge to the reader: its refusals as sentences a clerk can act on, its reading as items to decide."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.core.refusals import Refused
from thongsuot.core.text import fold
from thongsuot.documents import items
from thongsuot.documents.items import Value
from thongsuot.documents.kinds import Direction, Kind
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import ItemKind
from thongsuot.formats.reading import (
    READER_VERSION,
    Extracted,
    Item,
    Notice,
    Page,
    Reading,
    ReadingError,
    Reference,
    Target,
    Task,
    extract,
    mark_of,
    understand,
)
from thongsuot.formats.reading.effort import effort_of
from thongsuot.formats.reading.words import sentence_case
from thongsuot.organizations.models import Unit, UnitAlias
from thongsuot.organizations.queries import Actor, resolve_actors

logger = logging.getLogger(__name__)

SECRET = _(
    "This paper bears a mark of State secrecy. The law does not allow it into this system; nothing of it was "
    "kept. Register it in the paper book for secret documents."
)
REFUSALS: dict[str, str | Promise] = {
    "empty": _(
        "The file is empty or holds no text. Open it on your machine to check, then choose the right file."
    ),
    "too_large": _(
        "The file is larger than 25 MB or longer than 2,000 pages. Save a lighter copy (text instead of "
        "pictures) or split off the appendices, then choose it again."
    ),
    "wrong_type": _(
        "The content of the file is not what its name says. Open the original, save it as DOCX or PDF, then "
        "choose the new file."
    ),
    "not_supported": _(
        "This kind of file is not read. Save the document as DOCX, PDF with text, HTML or plain text, then "
        "choose it again."
    ),
    "encrypted": _(
        "The file is locked by a password. Open it with the password, save a copy without one, then choose it."
    ),
    "scan_without_text": _(
        "The file holds only pictures of pages, no text. Ask the sender for the original file, or recognise the "
        "text with the scanner's program first."
    ),
    "archive_bomb": _(
        "The file unpacks to far more than a document can hold, so it was not opened. Ask the sender for it again."
    ),
    "broken": _("The file is damaged and cannot be opened. Ask the sender for it again, or save it anew."),
    "unreadable": _(
        "The letters in this file stand for wrong characters, so its text cannot be read. Ask for the DOCX file "
        "or print it to PDF again."
    ),
    "legacy_encoding": _(
        "The text is in an old Vietnamese encoding that could not be converted. Convert it to Unicode, then "
        "choose it again."
    ),
}
# What this program says of its own, besides the codes of the reader.
REFUSALS |= {
    "takes_long": _(
        "Reading this file takes minutes: it is a scan or has very many pages. Hand it in on the page for taking in "
        "papers, which reads it in the background, or choose a lighter copy with text."
    ),
    "interrupted": _(
        "The program was stopped while it checked this file. Nothing of the file was kept: hand it in again."
    ),
    "waiting": _("This file has been taken in already and waits to be checked."),
    "duplicate": _("This file is already in the register of the unit."),
}
WARNINGS: dict[str, str | Promise] = {
    "converted_encoding": _(
        "The text was in an old encoding and has been converted to Unicode: look at the letters."
    ),
    "pages_without_text": _(
        "Some pages are pictures without text and were not read: look at the file itself."
    ),
    "no_letterhead": _("No letterhead was found: please fill in the information of the document."),
    "reader_failed": _(
        "The text could not be taken apart: please fill in the information and the tasks by hand."
    ),
}


def takes_long(content: bytes) -> bool:
    """Whether reading these bytes is work for the background: a scan, or very many pages."""
    return effort_of(content).is_long


def extract_harmless(
    content: bytes, name: str, *, too_large: bool = False, progress: Callable[[int, int], None] | None = None
) -> Extracted:
    """The text of an upload that may be kept, or ``Refused`` with the reader's code; nothing is written or logged.

    Who has no use for ``progress`` has somebody waiting for an answer: a file that takes long is refused there.
    """
    if too_large:
        raise Refused(str(REFUSALS["too_large"]), "too_large")
    if progress is None and takes_long(content):
        raise Refused(str(REFUSALS["takes_long"]), "takes_long")
    code = ""
    try:
        extracted = extract(content, name, progress=progress)
    except ReadingError as error:
        code = error.code
    except Exception as error:  # a library's surprise about a hostile file must not show the file in a log
        logger.warning("The reader stopped at an upload: %s", type(error).__name__)
        code = "broken"
    # Raised out here so that no traceback carries the reader's detail, which may quote the text.
    if code:
        raise Refused(sentence_of(code), code)
    if mark_of(extracted):
        raise Refused(str(SECRET), "secret")
    return extracted


def sentence_of(code: str) -> str:
    """Why a file was not taken in, in words; a code of tomorrow's reader is a damaged file until it has its own."""
    return str(SECRET if code == "secret" else REFUSALS.get(code, REFUSALS["broken"]))


def reading_of(intake: Intake) -> Reading:
    """Read a kept text again, as it was extracted."""
    pages = tuple(Page(**page) for page in intake.pages)
    notices = tuple(Notice(**notice) for notice in intake.warnings)
    media_type = intake.file.media_type if intake.file else ""
    return understand(Extracted(intake.text, pages, media_type, notices))


def proposals_of(reading: Reading | None, intake: Intake) -> list[ReadingItem]:
    """What a person has to decide, numbered: fields, cited documents, then tasks and targets as the text has them."""
    found = _fields(reading, Direction(intake.direction))
    if reading is not None:
        found += [_reference(reference) for reference in reading.references]
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


def _reference(reference: Reference) -> ReadingItem:
    value: Value = {
        "relation": reference.relation,
        "kind": items.cut(reference.type, "kind_in_words"),
        "symbol": items.cut(reference.number, "symbol"),
        "issued_on": reference.date if items.date_of(reference.date) else None,
        "issuing_body": items.cut(reference.issuer, "cited_body"),
        "title": items.cut(reference.title, "title"),
    }
    return _row(ItemKind.REFERENCE, value, reference)


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
