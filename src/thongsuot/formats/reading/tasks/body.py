"""One walk through the body: headings hand their units down, paragraphs become tasks."""

import re
from dataclasses import dataclass, field, replace

from thongsuot.formats.reading.deadlines import deadline_of_field, last_day
from thongsuot.formats.reading.model import Deadline, Page, Task
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.references import page_of
from thongsuot.formats.reading.structure import is_heading, level_of
from thongsuot.formats.reading.tasks.assignment import (
    Assignment,
    assignments_in,
    directed_unit,
    heading_units,
)
from thongsuot.formats.reading.tasks.details import (
    coordinators_of,
    deadline_cuts,
    deadline_of,
    product_of,
    sentence_start,
)
from thongsuot.formats.reading.tasks.fields import field_of, field_task
from thongsuot.formats.reading.tasks.organisations import ACTION_START
from thongsuot.formats.reading.words import bare

_NO_TASKS = re.compile(
    r"^(?:muc dich|yeu cau$|muc dich,? yeu cau|quan diem|danh gia|ket qua|hien trang|tinh hinh|thuc trang"
    r"|nguyen nhan|pham vi dieu chinh|doi tuong|nguyen tac|muc tieu|chi tieu|giai thich|ton tai|han che"
    r"|bai hoc|hieu luc|noi dung chi|can cu)"
)
_NO_TASK = re.compile(
    r"^(?:Trên đây là|Căn cứ Luật|Xét |Nghị quyết này|Quyết định này|Chỉ thị này|Kế hoạch này|Hướng dẫn này"
    r"|\(|Kèm theo|\[\d+\]|Tuy nhiên|Nguyên nhân|Kinh phí)"
)
_NEXT_TIME = re.compile(r"(?<=[.;)]\s)(?:[ĐđD]ồng thời,?\s+)?(?=\S)")
_ITEMS = re.compile(r"\(i{1,3}v?\)\s*|\(iv\)\s*|\(vi{0,3}\)\s*")


@dataclass(frozen=True)
class Context:
    """What a heading hands down to everything below it."""

    level: float
    units: tuple[str, ...]
    helpers: tuple[str, ...] = ()
    mark: str = ""


@dataclass
class Walk:
    """The state of one walk; `tasks` is its result."""

    issued: str | None
    pages: tuple[Page, ...]
    tasks: list[Task] = field(default_factory=list)
    contexts: list[Context] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    silent_from: int | None = None  # the level of a heading below which nothing is a task
    last_units: tuple[str, ...] = ()  # the units of the paragraph before
    open_list: bool = False  # the last numbered line was a heading: plain paragraphs below it belong to it

    def paragraphs(self, paragraphs: list[Paragraph]) -> list[Task]:
        i = 0
        while i < len(paragraphs):
            block = self._block(paragraphs, i)
            if block > i:
                i = block
                continue
            self._paragraph(paragraphs[i], paragraphs[i + 1] if i + 1 < len(paragraphs) else None)
            i += 1
        return self.tasks

    def _units(self) -> Context | None:
        return self.contexts[-1] if self.contexts and self.contexts[-1].units else None

    def _enter(self, paragraph: Paragraph) -> None:
        level = level_of(paragraph)
        if paragraph.kind is None:
            return
        while self.contexts and self.contexts[-1].level >= level:
            self.contexts.pop()
        while self.marks and self.marks[-1][0] >= level:
            self.marks.pop()
        if paragraph.kind != "bullet":
            self.marks.append((level, paragraph.mark.strip(" .()-–:")))
        if self.silent_from is not None and level <= self.silent_from:
            self.silent_from = None

    def _paragraph(self, paragraph: Paragraph, following: Paragraph | None) -> None:
        self._enter(paragraph)
        body = paragraph.body.strip()
        level = level_of(paragraph)
        if not body:
            return
        if paragraph.kind is not None:
            self.open_list = False
        if (
            self.silent_from is None
            and is_heading(paragraph)
            and _NO_TASKS.match(bare(body))
            and not body.endswith("sau:")
        ):
            self.silent_from = level
        if self.silent_from is not None and not re.match(r"Trong thời gian tới|Thời gian tới", body):
            return
        if self._opens(paragraph, body, level, following):
            return
        if _NO_TASK.match(body):
            return
        self._sentences(paragraph)

    def _opens(self, paragraph: Paragraph, body: str, level: int, following: Paragraph | None) -> bool:
        """Headings and sentences that open a list: they hand down units, they are no tasks themselves."""
        opens_list = body.endswith(":") or (
            is_heading(paragraph) and following is not None and level_of(following) > level
        )
        if not opens_list:
            return False
        own_level = (
            float(level) if paragraph.kind is not None else (self.marks[-1][0] + 0.5 if self.marks else 0.5)
        )
        units = heading_units(body)
        if units:
            self.contexts.append(Context(own_level, units))
            self.open_list = True
            return True
        inherited = self._units()
        found = assignments_in(body, 0, inherited=inherited is not None)
        if found:
            last = found[-1]
            self._earlier(paragraph, found)
            self.contexts = [c for c in self.contexts if c.level < own_level]
            self.contexts.append(Context(own_level, last.units, coordinators_of(body[last.start :])))
            self.open_list = True
            return True
        if inherited and ACTION_START.match(body):
            self.contexts.append(
                Context(own_level, inherited.units, coordinators_of(body) or inherited.helpers)
            )
            self.open_list = True
            return body.endswith(":")
        self.open_list = is_heading(paragraph)
        return (
            body.endswith(":")
            or paragraph.kind in ("roman", "part", "chapter", "article")
            or (is_heading(paragraph) and len(body) < 200)
        )

    def _earlier(self, paragraph: Paragraph, found: list[Assignment]) -> None:
        """Whole sentences before the one that opens the list are tasks of their own."""
        offset = paragraph.body_start
        for assignment in found:
            end = assignment.end + offset
            if assignment is found[-1]:
                end = paragraph.text.rfind(". ", assignment.start + offset, end)
            if end > 0:
                self._add(paragraph, assignment.units, (), assignment.start + offset, end)

    def _sentences(self, paragraph: Paragraph) -> None:
        inherited = self._units()
        text, start = paragraph.text, paragraph.body_start
        found = assignments_in(text, start, inherited=inherited is not None)
        if paragraph.kind is None and not self.open_list:
            # A second paragraph of an item that opens with a verb goes on about the same unit.
            inherited = (
                Context(0, self.last_units)
                if ACTION_START.match(paragraph.body) and self.last_units
                else None
            )
        if inherited and (not found or (not found[0].ordered and found[0].start > start + 400)):
            end = found[0].start if found else len(text)
            if not found:
                self._add_parts(paragraph, inherited.units, inherited.helpers, start, len(text))
                return
            if end > start:
                first_cut = max(text.rfind(". ", start, end), text.rfind("; ", start, end))
                if first_cut > start:
                    self._add_parts(paragraph, inherited.units, inherited.helpers, start, first_cut)
        elif inherited and found and ACTION_START.match(text[start:]):
            cut = sentence_start(text, start, found[0].start)
            if cut > start:
                self._add_parts(paragraph, inherited.units, inherited.helpers, start, cut)
        self.last_units = found[-1].units if found else ()
        for assignment in found:
            helpers = inherited.helpers if inherited and assignment.units == inherited.units else ()
            self._add_parts(paragraph, assignment.units, helpers, assignment.start, assignment.end)

    def _add_parts(
        self, paragraph: Paragraph, units: tuple[str, ...], helpers: tuple[str, ...], start: int, end: int
    ) -> None:
        """One task, or several where (i), (ii) number them or another deadline begins."""
        text = paragraph.text
        marks = list(_ITEMS.finditer(text, start, end))
        if len(marks) > 1 and marks[0].start() - start < 4:
            bounds = [m.end() for m in marks]
            for first, following in zip(bounds, [*[m.start() for m in marks[1:]], end], strict=True):
                self._add(paragraph, units, helpers, first, following)
            return
        previous = start
        for cut in deadline_cuts(text, start, end, self.issued):
            self._add(paragraph, units, helpers, previous, cut[0])
            previous = cut[1]
        self._add(paragraph, units, helpers, previous, end)

    def _add(
        self, paragraph: Paragraph, units: tuple[str, ...], helpers: tuple[str, ...], start: int, end: int
    ) -> None:
        text = paragraph.text
        while start < end and text[start] in " ,:;-–.":
            start += 1
        while end > start and text[end - 1] in " ,;:./":
            end -= 1
        action = text[start:end]
        if len(action.split()) < 3:
            return
        directed = directed_unit(action)
        if (
            directed and paragraph.kind == "bullet"
        ):  # "Giao X chỉ đạo Y làm ..." in a dash of its own is Y's task
            units, cut = directed
            start += cut
            action = action[cut:]
        words, deadline = deadline_of(action, self.issued)
        span = paragraph.span(start, end)
        self.tasks.append(
            Task(
                action=action,
                assignees=units,
                coordinators=coordinators_of(action) or helpers,
                deadline_text=words,
                deadline=deadline,
                due=last_day(deadline) if deadline else None,
                product=product_of(action),
                section=".".join(mark for _, mark in self.marks) or None,
                span=span,
                page=page_of(span[0], self.pages),
                confidence=0.85 if ACTION_START.match(action) else 0.6,
            )
        )

    def _block(self, paragraphs: list[Paragraph], start: int) -> int:
        """A run of labelled fields is one task. Returns the index after it, or `start`."""
        fields: dict[str, tuple[Paragraph, int]] = {}
        i = start
        while i < len(paragraphs) and (found := field_of(paragraphs[i].body)):
            kind, offset = found
            if kind in fields:
                break
            fields[kind] = (paragraphs[i], paragraphs[i].body_start + offset)
            i += 1
        if "lead" not in fields or len(fields) < 2:
            return start
        source, offset = fields.get("content") or self._heading_before(paragraphs, start) or fields["lead"]
        self._enter(paragraphs[start])
        self._field_task(source, offset, {k: p.text[o:] for k, (p, o) in fields.items()}, fields["lead"])
        return i

    def _heading_before(self, paragraphs: list[Paragraph], start: int) -> tuple[Paragraph, int] | None:
        return (paragraphs[start - 1], paragraphs[start - 1].body_start) if start else None

    def _leads_with_actions(
        self, lead: tuple[Paragraph, int], deadline: Deadline | None, time: str | None
    ) -> bool:
        """ "Cơ quan thực hiện: Sở X chủ trì ...; Sở Y tổ chức ...": every unit has its own action."""
        paragraph, offset = lead
        found = assignments_in(paragraph.text, offset, inherited=False)
        if not found or paragraph.text.startswith(("trong phạm vi", "theo "), found[0].start):
            return False
        for assignment in found:
            before = len(self.tasks)
            self._add_parts(paragraph, assignment.units, (), assignment.start, assignment.end)
            self.tasks[before:] = [
                replace(task, deadline=deadline, deadline_text=time, due=last_day(deadline))
                if deadline and not task.deadline
                else task
                for task in self.tasks[before:]
            ]
        return True

    def _field_task(
        self, source: Paragraph, offset: int, values: dict[str, str], lead: tuple[Paragraph, int]
    ) -> None:
        end = len(source.text.rstrip(" .;:"))
        time = values.get("time", "")
        deadline = deadline_of_field(time, self.issued) if time else None
        if self._leads_with_actions(lead, deadline, time.strip(" .") or None):
            return
        span = source.span(offset, max(end, offset + 1))
        section = ".".join(mark for _, mark in self.marks) or None
        self.tasks.append(field_task(source.text[offset:end], values, deadline, section, span, self.pages))
