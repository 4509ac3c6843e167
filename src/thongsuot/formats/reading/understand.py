"""From text to proposals: the one place where the grammars meet."""

from dataclasses import replace

from thongsuot.formats.reading.calibration import calibrated
from thongsuot.formats.reading.extract import extract
from thongsuot.formats.reading.frame import frame_of
from thongsuot.formats.reading.lines import Line, lines_of
from thongsuot.formats.reading.model import Extracted, Metadata, Notice, Page, Reading
from thongsuot.formats.reading.paragraphs import Paragraph, paragraphs_of
from thongsuot.formats.reading.plainness import plainness_in
from thongsuot.formats.reading.references import Context, references_of
from thongsuot.formats.reading.structure import Addresses, structure_of
from thongsuot.formats.reading.summary import summary_of
from thongsuot.formats.reading.targets import targets_of
from thongsuot.formats.reading.tasks import Body, tasks_of

READER_VERSION = "2.0"


def read(data: bytes, filename: str = "") -> Reading:
    """Everything at once: extract, then understand."""
    return understand(extract(data, filename))


def understand(extracted: Extracted) -> Reading:
    """Propose metadata, references, tasks and targets. Never fails on text: what is not found is left out."""
    reading = calibrated(proposals(extracted))
    return replace(reading, summary=summary_of(reading.metadata, reading.tasks))


def proposals(extracted: Extracted) -> Reading:
    """The same, with the grammar's own confidence: how well each form fitted, before anything is counted."""
    lines = lines_of(extracted.text)
    frame = frame_of(extracted.text, lines)
    body = paragraphs_of(lines[frame.body_start : frame.body_end])
    appendix_lines = lines[frame.appendix_start :]
    appendix = paragraphs_of(appendix_lines)
    head = paragraphs_of(lines[: frame.body_start])
    # A programme may follow the signature without the words "Phụ lục".
    attached = paragraphs_of(lines[frame.body_end :])
    metadata = frame.metadata
    references = references_of(
        [*head, *body, *appendix],
        Context(metadata.number.value if metadata.number else None, extracted.pages),
    )
    parts = _in_hand(metadata, body, appendix_lines, extracted.pages)
    structure = structure_of(body, appendix)
    addresses = Addresses(structure)
    return Reading(
        text=extracted.text,
        pages=extracted.pages,
        media_type=extracted.media_type,
        metadata=metadata,
        references=references,
        tasks=tuple(replace(task, section=addresses.at(task.span[0])) for task in tasks_of(parts)),
        targets=tuple(
            replace(target, section=addresses.at(target.span[0]))
            for target in targets_of(body, extracted.pages, parts.issued, attached)
        ),
        structure=structure,
        warnings=(*extracted.warnings, *_missing(metadata)),
        reader_version=READER_VERSION,
        plainness=plainness_in(body),
    )


def _in_hand(
    metadata: Metadata, body: list[Paragraph], appendix: list[Line], pages: tuple[Page, ...]
) -> Body:
    """What the grammar of tasks works on: the text, and what the frame says of the paper."""
    return Body(
        body,
        appendix,
        metadata.date.value if metadata.date else None,
        pages,
        tuple(addressee.value for addressee in metadata.addressees),
        issuer=metadata.issuing_body.value if metadata.issuing_body else None,
        kind=metadata.doc_type.value if metadata.doc_type else None,
    )


def _missing(metadata: Metadata) -> tuple[Notice, ...]:
    if metadata.number is None and metadata.issuing_body is None:
        return (Notice("no_letterhead", "No letterhead was recognised; metadata may be incomplete."),)
    return ()
