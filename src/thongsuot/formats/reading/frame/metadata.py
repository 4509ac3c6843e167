"""Everything the frame of a paper says, put together."""

from dataclasses import dataclass, replace

from thongsuot.formats.reading.frame.addressees import addressees_of
from thongsuot.formats.reading.frame.bodies import issuing_bodies
from thongsuot.formats.reading.frame.closing import Closing, closing_of
from thongsuot.formats.reading.frame.dates import number_of, place_and_date
from thongsuot.formats.reading.frame.fallback import complete
from thongsuot.formats.reading.frame.recipients import sent_to
from thongsuot.formats.reading.frame.regime import regime_of
from thongsuot.formats.reading.frame.rows import Row, item_of, repaired, rows_of, without_citations
from thongsuot.formats.reading.frame.rulesets import rule_set_of
from thongsuot.formats.reading.frame.subject import about_behind, subject_of
from thongsuot.formats.reading.frame.title import BODY_STARTS, Title, kind_of, title_of
from thongsuot.formats.reading.model import Item, Metadata
from thongsuot.formats.reading.paragraphs import Line
from thongsuot.formats.reading.secrecy import secrecy_of

HEAD_LINES = 80
HEAD_CHARACTERS = 24_000
_LINE_CHARACTERS = 2_500
_URGENCY = {"hỏa tốc": "hoa_toc", "hoả tốc": "hoa_toc", "thượng khẩn": "thuong_khan", "khẩn": "khan"}
_AFTER_TITLE = 6  # rows after the title in which a number may stand
_AFTER_NUMBER = 8  # rows of a letterhead after its number where neither title nor address ends it


@dataclass(frozen=True)
class Frame:
    """What the other grammars need to know about the document: its metadata and where its body lies."""

    metadata: Metadata
    body_start: int  # index of the first body line
    body_end: int  # index of the first line of signature or recipients
    appendix_start: int  # index of the first appendix line, or len(lines)


@dataclass(frozen=True)
class _Head:
    """The rows of the head, and the points that divide them (indexes into the rows)."""

    rows: list[Row]
    title: Title | None
    address: int | None
    number: Item | None
    symbol: str | None
    end: int  # the row after the letterhead

    @property
    def letterhead(self) -> list[Row]:
        return self.rows[: self.title.start if self.title else self.end]


def frame_of(text: str, lines: list[Line]) -> Frame:
    lines = repaired(lines)
    closing = closing_of(lines, text)
    head = _head(lines, closing, text)
    subject, after_subject = subject_of(head.rows, head.title, head.end)
    if subject is None and head.address is not None:
        subject = about_behind(lines, closing.start)
    addressees, after_address = addressees_of(head.rows, len(head.rows))
    body_start = _origin(head.rows, max(after_subject, after_address), len(lines))
    metadata = replace(
        _printed(head, closing), subject=subject, addressees=addressees, secrecy=_secrecy(text)
    )
    metadata = _concluded(complete(metadata, lines, body_start, closing), head)
    return Frame(metadata, min(body_start, closing.start), closing.start, closing.appendix)


def _printed(head: _Head, closing: Closing) -> Metadata:
    """What letterhead and signature say."""
    parent, body = issuing_bodies(head.letterhead)
    place, date = place_and_date(head.rows[: head.end])
    regime = regime_of(head.letterhead, body, parent, head.number)
    party = (regime is not None and regime.value == "party") or (head.symbol or "").startswith("-")
    letter = head.address is not None
    return Metadata(
        issuing_body=body,
        issuing_body_parent=parent,
        doc_type=kind_of(head.rows, head.title, head.number, head.symbol, party=party, letter=letter),
        number=head.number,
        place=place,
        date=date,
        signer=closing.signer,
        signer_title=closing.title,
        sign_authority=closing.authority,
        regime=regime,
        urgency=_urgency(head.rows[: head.end + 2]),
        recipients=closing.recipients,
    )


def _concluded(metadata: Metadata, head: _Head) -> Metadata:
    """What follows from all the rest: whose paper it is, by which rules, and who gets it."""
    regime = metadata.regime or regime_of([], metadata.issuing_body, None, metadata.number)
    with_year = (head.symbol or "").startswith("/") and (head.symbol or "")[1:5].isdigit()
    return replace(
        metadata,
        regime=regime,
        rule_set=rule_set_of(regime, metadata.date, metadata.doc_type, with_year=with_year),
        sent_to=sent_to(metadata.recipients, metadata.addressees),
    )


def _head(lines: list[Line], closing: Closing, text: str) -> _Head:
    first_lines = _first_lines(lines[: closing.start] or lines)
    rows = rows_of(first_lines, text)
    title = title_of(rows, len(rows))
    address = next((i for i, row in enumerate(rows) if row.kind == "address"), None)
    if title is not None and address is not None and address < title.start:
        title = None
    if title is not None:
        rows = without_citations(rows, first_lines, text, title.end - 1)
        address = next((i for i, row in enumerate(rows) if row.kind == "address"), None)
    limit = title.start if title else address if address is not None else len(rows)
    number, symbol, at = number_of(rows[:limit])
    if at is None and title is not None:
        number, symbol, at = number_of(
            [r for r in rows[limit : limit + _AFTER_TITLE] if r.alone or r.kind == "number"]
        )
        at = None if at is None else limit + at
    return _Head(rows, title, address, number, symbol, _head_end(rows, title, address, at))


def _first_lines(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    size = 0
    for line in lines[:HEAD_LINES]:
        part = line
        if len(line.text) > _LINE_CHARACTERS:
            part = Line(line.text[:_LINE_CHARACTERS], line.offsets[:_LINE_CHARACTERS], line.after_gap)
        kept.append(part)
        size += len(part.text)
        if size > HEAD_CHARACTERS:
            break
    return kept


def _head_end(rows: list[Row], title: Title | None, address: int | None, number: int | None) -> int:
    """The row after the letterhead: the title, the address, or where the first sentence begins after the number."""
    if title is not None:
        return title.start if number is None or number < title.start else min(len(rows), number + 4)
    if address is not None:
        return address
    if number is None:
        return 0
    for i in range(number + 1, min(len(rows), number + _AFTER_NUMBER)):
        if rows[i].kind == "text" and (BODY_STARTS.match(rows[i].text) or len(rows[i].text) > 140):
            return i
    return min(len(rows), number + _AFTER_NUMBER)


def _origin(rows: list[Row], i: int, end: int) -> int:
    """The line a row comes from; the line after the head where there is no such row."""
    if not rows or i == 0:
        return 0
    return rows[i].origin if i < len(rows) else min(rows[-1].origin + 1, end)


def _urgency(rows: list[Row]) -> Item | None:
    for row in rows:
        words = " ".join(row.text.strip(" |*_:!.").lower().split())
        if words in _URGENCY:
            return item_of([row], _URGENCY[words], 0.9, "stamp")
    return None


def _secrecy(text: str) -> Item | None:
    level = secrecy_of(text)
    return Item(level, None, 0.95, "stamp") if level else None
