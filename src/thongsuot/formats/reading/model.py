"""What a reading consists of. Plain frozen data: no behaviour beyond small conveniences.

A *span* is a pair of offsets (start, end) in `Reading.text`, counted in Unicode code points; `text[start:end]` is
what a person should see highlighted. A *confidence* is between 0 and 1: above 0.8 the form was unmistakable,
below 0.5 it is a guess worth showing but not worth trusting.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from thongsuot.formats.plain import Plainness

Span = tuple[int, int]

Regime = Literal["party", "state", "mass"]
Urgency = Literal["khan", "thuong_khan", "hoa_toc"]
Secrecy = Literal["mat", "toi_mat", "tuyet_mat"]
Relation = Literal["based_on", "implements", "amends", "replaces", "repeals", "refers_to"]
Purpose = Literal["carry_out", "report", "inform", "coordinate", "file"]
DeadlineType = Literal["date", "month", "quarter", "year", "range", "periodic", "event"]
Comparator = Literal["=", ">=", ">", "<=", "<", "~"]
SectionKind = Literal[
    "part", "chapter", "capital", "article", "roman", "number", "letter", "dash", "appendix"
]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the source: `number` from 1, its text is `text[start:end]`."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader wants to say about its own work. `code` is stable, `message` is plain English."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file before anything is understood: NFC, lines ended by \\n.

    ``apart`` holds lines that the text joins or leaves out (margins, cells): only asked for a secrecy mark.
    """

    text: str
    pages: tuple[Page, ...]
    media_type: str
    warnings: tuple[Notice, ...] = ()
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One value the reader found: the value in its usual form, where it stands, how sure the reader is.

    `rule` names the construction that found it; confidence is calibrated by it.
    """

    value: str
    span: Span | None
    confidence: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who gets the document and what for: an entry of the list of recipients in its usual form.

    `value` is the unit without its purpose ("Thường trực Tỉnh ủy (b/c)": Thường trực Tỉnh ủy, report); "Như trên" is
    the addressees one by one. `file` is the copy that stays ("Lưu: VT").
    """

    value: str
    purpose: Purpose
    span: Span | None
    confidence: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The frame of the document. A field is None where the text does not contain it.

    `doc_type` is a code (nghi_quyet, chi_thi, ket_luan, ke_hoach, cong_van ...), `date` is ISO and may be partial
    (2026-06) where the day is left blank, `sign_authority` joins several lines by "; ", `regime` says whose rules
    the layout follows, `urgency` and `secrecy` are the codes of the stamps, `rule_set` is the code of the rules of
    layout in force for the body on that day (nd30, hd05 ...). `recipients` are the entries as written, `sent_to` the
    same split and in their usual form.
    """

    issuing_body: Item | None = None
    issuing_body_parent: Item | None = None
    doc_type: Item | None = None
    number: Item | None = None
    place: Item | None = None
    date: Item | None = None
    subject: Item | None = None
    signer: Item | None = None
    signer_title: Item | None = None
    sign_authority: Item | None = None
    regime: Item | None = None
    urgency: Item | None = None
    secrecy: Item | None = None
    addressees: tuple[Item, ...] = ()
    recipients: tuple[Item, ...] = ()
    rule_set: Item | None = None
    sent_to: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Another document cited, once each. `type` in words, `date` ISO; `title` only where no number stands."""

    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    relation: Relation
    span: Span
    page: int | None
    confidence: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due, in the words of the corpus schema.

    date 2025-12-31 | month 2025-11 | quarter 2026-Q2 | year 2025 | range 2025-12/2026-Q1 |
    periodic daily, weekly, monthly, quarterly, semiannual, yearly, continuous, unspecified (monthly@15,
    weekly@5 for Friday, yearly@06-01,11-15) | event: the event in words.

    `length` is the period to count where the paper gives one: P10D, P2W, P3M, P1Y, P5WD (working days), PT24H;
    with a minus (-P5D) it lies before the event. `note` says what a person should know, as codes parted by
    spaces; they are listed in `deadlines.clock`.
    """

    type: DeadlineType
    value: str
    note: str | None = None
    length: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An obligation to act laid on a unit that can be named.

    `action` is verbatim, line breaks removed. `due` is the last day of the deadline where the deadline names one
    (None for events and open-ended periods). `section` is the heading or marks it stands under ("II.3"), `page` the
    page it starts on. `rule` names the construction it was read from: order, subject, label, heading, opening,
    continued, directed, beside, fields, table.
    """

    action: str
    assignees: tuple[str, ...]
    coordinators: tuple[str, ...]
    deadline_text: str | None
    deadline: Deadline | None
    due: date | None
    product: str | None
    section: str | None
    span: Span
    page: int | None
    confidence: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified goal. `value` keeps the Vietnamese figures (33,59; 2.000; 40-50).

    `for_whom` names the units, places or people the goal is set for, where the sentence says so.
    """

    indicator: str
    comparator: Comparator
    value: str
    unit: str | None
    period: str | None
    text: str
    section: str | None
    span: Span
    page: int | None
    confidence: float
    rule: str = ""
    for_whom: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part: its mark as written, its heading if it has one, and all it contains.

    `address` is how people cite it and unique in the paper (III.2.b, Điều 5.2.a, PL1.II.3); `parent` the address
    of the part around it, `level` its depth from 1.
    """

    kind: SectionKind
    mark: str
    heading: str | None
    level: int
    span: Span
    address: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """One line of the draft of a summary, made of words of the paper only: what it is about, or who does what.

    `who`, `what` and `when` are cut from the text without adding anything; `shortened` says that `what` leaves out
    the end. `span` is where the line comes from.
    """

    kind: Literal["subject", "task"]
    who: str
    what: str
    when: str
    shortened: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the reader proposes about one document. A person confirms; nothing here registers itself."""

    text: str
    pages: tuple[Page, ...]
    media_type: str
    metadata: Metadata
    references: tuple[Reference, ...]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    structure: tuple[Section, ...]
    warnings: tuple[Notice, ...]
    reader_version: str
    summary: tuple[SummaryLine, ...] = ()
    plainness: Plainness | None = None
