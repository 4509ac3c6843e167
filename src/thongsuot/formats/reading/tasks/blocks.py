"""Blocks with fields: "Nội dung: ...", "Cơ quan chủ trì: ...", "Thời gian: ...": one task a block.

The fields stand in paragraphs of their own, or one after the other on a line, or at the end of the paragraph that
says what is to be done.
"""

import re
from dataclasses import dataclass

from thongsuot.formats.reading.deadlines import deadline_of_field, last_day
from thongsuot.formats.reading.model import Task
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.references import page_of
from thongsuot.formats.reading.tasks.assignment import assignments_in
from thongsuot.formats.reading.tasks.details import coordinators_of
from thongsuot.formats.reading.tasks.heads import starts_unit
from thongsuot.formats.reading.tasks.making import Doers, Maker, trimmed
from thongsuot.formats.reading.tasks.organisations import split_units

_LABEL = re.compile(
    r"(?P<label>nội dung(?: thực hiện| công việc| nhiệm vụ)?(?: \d{1,2})?"
    r"|(?:(?:cơ quan|đơn vị|tổ chức|bộ phận|người)\s+)?(?:chủ trì|thực hiện|chịu trách nhiệm|phụ trách|phối hợp|đầu mối"
    r"|tham mưu)(?: chính)?(?:,? (?:chủ trì|thực hiện|tham mưu|triển khai))?"
    r"|phân công(?: thực hiện| chủ trì)?|thời gian(?: thực hiện| hoàn thành)?|thời hạn(?: hoàn thành| thực hiện)?"
    r"|tiến độ(?: thực hiện| hoàn thành)?|hoàn thành|(?:kết quả|sản phẩm)(?: dự kiến| đầu ra)?)\s*:\s*",
    re.IGNORECASE,
)
_FIELD_BEGINS = re.compile(r"(?:(?<=[.;,(]\s)|(?<=\())(?=\w)")
# Inside a paragraph a field begins with a capital, or names the body: "; cơ quan phối hợp: ...".
_HEADS_A_FIELD = re.compile(r"[A-ZĐ]|(?:cơ quan|đơn vị|thời gian|thời hạn|tiến độ|sản phẩm|hoàn thành)\b")
_MOST_LABELS = 12  # in one paragraph


@dataclass(frozen=True, slots=True)
class Value:
    """A field of a block: where its words stand."""

    kind: str  # content, lead, help, time, product
    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        start, end = trimmed(self.paragraph.text, self.start, self.end)
        return self.paragraph.text[start:end].rstrip(" )")


def fields_of(paragraph: Paragraph) -> list[Value]:
    """The labelled values of a paragraph in order; what stands before the first label is its content."""
    text, start = paragraph.text, paragraph.body_start
    if ":" not in text:
        return []
    labels: list[tuple[str, int, int]] = []
    for place in (start, *(m.start() for m in _FIELD_BEGINS.finditer(text, start + 1))):
        match = _LABEL.match(text, place)
        if match and (place == start or _HEADS_A_FIELD.match(text, place)):
            labels.append((_kind(match.group("label")), match.start(), match.end()))
        if len(labels) >= _MOST_LABELS:
            break
    if not labels:
        return []
    first = labels[0][1]
    values = [Value("content", paragraph, start, first)] if text[start:first].strip(" -+") else []
    ends = [*[label[1] for label in labels[1:]], len(text)]
    return [
        *values,
        *(Value(kind, paragraph, at, end) for (kind, _, at), end in zip(labels, ends, strict=True)),
    ]


def _kind(label: str) -> str:
    label = label.lower()
    if label.startswith("nội dung"):
        return "content"
    if "phối hợp" in label:
        return "help"
    if label.startswith(("thời", "tiến độ", "hoàn thành")):
        return "time"
    return "product" if label.startswith(("kết quả", "sản phẩm")) else "lead"


class Blocks:
    """Recognises and reads the blocks of one document."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker

    def end(self, paragraphs: list[Paragraph], start: int) -> int:
        """The index after the block that begins at `start`, or `start` where none begins."""
        kinds: set[str] = set()
        i = start
        while i < len(paragraphs) and not paragraphs[i].is_row:
            values = fields_of(paragraphs[i])
            found = {value.kind for value in values}
            if not values or found & kinds or (i > start and "content" in found):
                break
            kinds |= found
            i += 1
        named = "lead" in kinds and (len(kinds) > 1 or start > 0) and self._names_a_unit(paragraphs[start:i])
        return i if named and self._has_content(paragraphs, start, kinds) else start

    def _names_a_unit(self, paragraphs: list[Paragraph]) -> bool:
        leads = [v.text for p in paragraphs for v in fields_of(p) if v.kind == "lead"]
        return any(starts_unit(lead, 0) for lead in leads)

    def _has_content(self, paragraphs: list[Paragraph], start: int, kinds: set[str]) -> bool:
        """Something to be done: a content field, words before the labels, or the paragraph before."""
        if "content" in kinds:
            return True
        return start > 0 and not paragraphs[start - 1].is_row and len(paragraphs[start - 1].body) > 8

    def read(self, paragraphs: list[Paragraph], start: int, end: int, section: str | None) -> None:
        values = {value.kind: value for i in range(start, end) for value in fields_of(paragraphs[i])}
        lead = values["lead"]
        content = values.get("content")
        if content is None:
            before = paragraphs[start - 1]
            content = Value("content", before, before.body_start, len(before.text))
        time = values["time"].text if "time" in values else ""
        if self._leads_with_actions(lead, time, section):
            return
        self.maker.forget_within(content.paragraph)
        self.maker.tasks.append(self._task(content, values, time, section))

    def _leads_with_actions(self, lead: Value, time: str, section: str | None) -> bool:
        """ "Cơ quan thực hiện: Sở X chủ trì ...; Sở Y tổ chức ...": every unit has its own action."""
        text = lead.paragraph.text
        found = [a for a in assignments_in(text, lead.start, inherited=False) if a.start < lead.end]
        if not found or len(text[found[0].start : lead.end].split()) < _OWN_ACTION:
            return False
        if text.startswith(("trong phạm vi", "theo "), found[0].start) or _ONLY_LEADS.match(
            text[found[0].start :]
        ):
            return False
        first = len(self.maker.tasks)
        for assignment in found:
            doers = Doers(assignment.units, "fields")
            self.maker.parts(lead.paragraph, doers, section, assignment.start, min(assignment.end, lead.end))
        self.maker.replace_since(
            first, deadline_of_field(time, self.maker.issued) if time else None, time or None
        )
        return True

    def _task(self, content: Value, values: dict[str, Value], time: str, section: str | None) -> Task:
        start, end = trimmed(content.paragraph.text, content.start, content.end)
        span = content.paragraph.span(start, max(end, start + 1))
        deadline = deadline_of_field(time, self.maker.issued) if time else None
        lead = values["lead"].text
        units, helpers = lead_and_help(lead)
        return Task(
            action=content.paragraph.as_written(start, end),
            assignees=units,
            coordinators=split_units(values["help"].text) if "help" in values else helpers,
            deadline_text=time or None,
            deadline=deadline,
            due=last_day(deadline) if deadline else None,
            product=values["product"].text or None if "product" in values else None,
            section=section,
            span=span,
            page=page_of(span[0], self.maker.pages),
            confidence=self.maker.confidence("fields", known=True),
            rule="fields",
        )


_OWN_ACTION = 5  # words after the unit that make an action of its own
_ONLY_LEADS = re.compile(
    r"(?:chủ trì|thực hiện|chịu trách nhiệm)[,;]?\s+(?:thực hiện,?\s+)?(?:phối hợp|cùng)"
)
_LEADS = re.compile(r"^(?:(?:Cơ quan|Đơn vị)\s+)?(?:[Cc]hủ trì|[Tt]hực hiện)\s*:\s*")
_HELPS = re.compile(r"[;,.]?\s*(?:(?:[Cc]ơ quan|[Đđ]ơn vị)\s+)?[Pp]hối hợp(?:\s+thực hiện)?\s*:\s*")


def lead_and_help(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A cell or field that names both: "Chủ trì: A; Phối hợp: B", "A chủ trì, phối hợp với B", "A (phối hợp B)"."""
    labelled = _HELPS.search(words)
    if labelled:
        return split_units(_LEADS.sub("", words[: labelled.start()])), split_units(words[labelled.end() :])
    words = _LEADS.sub("", words)
    verb = re.search(r"[\s,(]+(?:chủ trì|thực hiện|phối hợp|cùng)(?!\w)", words)
    if verb is None:
        return split_units(words), ()
    return split_units(words[: verb.start()]), coordinators_of(words[verb.start() :])
