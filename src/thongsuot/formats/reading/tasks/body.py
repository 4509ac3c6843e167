"""One walk through the body: headings hand their units down, paragraphs become tasks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from thongsuot.formats.reading.model import Task
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.structure import is_heading, level_of
from thongsuot.formats.reading.tasks.assignment import Assignment, assignments_in, ordered_in
from thongsuot.formats.reading.tasks.blocks import Blocks
from thongsuot.formats.reading.tasks.details import coordinators_of, sentence_start
from thongsuot.formats.reading.tasks.headings import heading_units, is_title
from thongsuot.formats.reading.tasks.lexicon import opens_action
from thongsuot.formats.reading.tasks.making import Doers, Maker
from thongsuot.formats.reading.tasks.tables import Tables
from thongsuot.formats.reading.words import bare

_NO_TASKS = re.compile(
    r"^(?:ve |nhung |mot so |cac |cong tac )?(?:muc dich|yeu cau$|quan diem|danh gia|ket qua|hien trang|tinh hinh"
    r"|thuc trang|nguyen nhan|pham vi dieu chinh|pham vi$|pham vi,? doi tuong|doi tuong|nguyen tac|muc tieu"
    r"|chi tieu|giai thich|ton tai|han che|kho khan|uu diem|khuyet diem|thuan loi|bai hoc|hieu luc|noi dung chi"
    r"|can cu|boi canh|su can thiet|dac diem|quy dinh chung|du bao|nhan dinh|co so phap ly|khen thuong)"
)
_NO_TASK = re.compile(
    r"^(?:Trên đây là|Căn cứ Luật|Xét |Nghị quyết này|Quyết định này|Chỉ thị này|Kế hoạch này|Hướng dẫn này|Quy chế này"
    r"|\(|Kèm theo|\[\d+\]|Là (?!(?:cơ quan thường trực|đầu mối)[^.]{0,60}[,;]|đầu mối )|Đã "
    r"|Gồm|Bao gồm|Ví dụ|Dự họp|Tham dự|Thành phần"
    r"|Ghi chú|Lưu:|Nơi nhận)"
)
_ANNOUNCED = re.compile(r"^[^.;:]{3,150}?\s(?:xin |trân trọng )?thông báo (?:để|đến|tới)\s")
# The first sentence tells; an order may follow it: "Kinh phí do ngân sách bảo đảm. Sở X lập dự toán."
_TELLS_FIRST = re.compile(r"^(?:Tuy nhiên|Nguyên nhân|Kinh phí|Nguồn kinh phí)(?!\w)")
_IN_COURSE = re.compile(r"(?:Trong quá trình|Trường hợp|Nếu|Khi)\s")
_TROUBLE = re.compile(r"(?:khó khăn|vướng mắc|phát sinh|chưa rõ)\b")
_TELL = re.compile(r"(?:phản ánh|báo cáo|liên hệ|trao đổi|kiến nghị|đề nghị|thông tin)\b")
_ANNOUNCEMENT = (
    300  # characters: where the trouble is named in "Trong quá trình thực hiện, nếu có vướng mắc ..."
)
_LEGAL_BASIS = re.compile(r"^(?:Căn cứ|Theo|Xét|Thực hiện|Trên cơ sở|Tiếp theo)\s[^;]{0,1500};$")
# "báo cáo số liệu, gồm:": the sentence is the task, the list below only says of what.
_ENUMERATES = re.compile(r"(?<!\w)(?:bao gồm|gồm|gồm có)\s*:$")
_FROM_NOW_ON = re.compile(
    r"(?:Trong )?thời gian tới|Từ nay đến|Trước tình hình (?:đó|trên)|Để (?:khắc phục|phát huy|tiếp tục|chấn chỉnh)"
    r"|Trong \d+ tháng cuối năm",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Context:
    """What a heading hands down to everything below it. With `strict`, only to items that open with a verb."""

    level: float
    units: tuple[str, ...]
    helpers: tuple[str, ...] = ()
    rule: str = "heading"
    strict: bool = False

    def doers(self) -> Doers:
        return Doers(self.units, self.rule, self.helpers)


@dataclass
class Walk:
    """The state of one walk; the tasks are its maker's."""

    maker: Maker
    contexts: list[Context] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    silent_from: int | None = None  # the level of a heading below which nothing is a task
    last_units: tuple[str, ...] = ()  # the units of the paragraph before
    open_list: bool = False  # the last numbered line was a heading: plain paragraphs below it belong to it

    def paragraphs(self, paragraphs: list[Paragraph]) -> list[Task]:
        tables, blocks = Tables(self.maker), Blocks(self.maker)
        i = 0
        while i < len(paragraphs):
            paragraph = paragraphs[i]
            if paragraph.is_row:
                context = self._units()
                i = tables.read(paragraphs, i, context.units if context else (), self._section())
                continue
            end = blocks.end(paragraphs, i)
            if end > i:
                self._enter(paragraph)
                blocks.read(paragraphs, i, end, self._section())
                i = end
                continue
            self._paragraph(paragraph, paragraphs[i + 1] if i + 1 < len(paragraphs) else None)
            i += 1
        return self.maker.tasks

    def _units(self) -> Context | None:
        return self.contexts[-1] if self.contexts and self.contexts[-1].units else None

    def _section(self) -> str | None:
        return ".".join(mark for _, mark in self.marks) or None

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
        if self.silent_from is None and _is_silent(paragraph, body):
            self.silent_from = level
        if self.silent_from is not None and _FROM_NOW_ON.match(body):
            self.silent_from = None  # the assessment is over, from here on it says what is to be done
        if self.silent_from is not None:
            return
        if self._opens(paragraph, body, level, following):
            return
        if (
            _NO_TASK.match(body)
            or _is_about_trouble(body)
            or _LEGAL_BASIS.match(body)
            or ("thông báo" in body and _ANNOUNCED.match(body))
        ):
            return
        if _TELLS_FIRST.match(body):
            self._after_first_sentence(paragraph)
        else:
            self._sentences(paragraph)

    def _after_first_sentence(self, paragraph: Paragraph) -> None:
        end = paragraph.text.find(". ", paragraph.body_start)
        found = assignments_in(paragraph.text, end + 2, inherited=False) if end > 0 else []
        for assignment in found:
            if assignment.known and assignment.rule in ("order", "subject"):
                self.maker.parts(
                    paragraph, _doers(assignment), self._section(), assignment.start, assignment.end
                )

    def _opens(self, paragraph: Paragraph, body: str, level: int, following: Paragraph | None) -> bool:
        """Headings and sentences that open a list: they hand down units, they are no tasks themselves."""
        if is_title(paragraph):
            self.open_list = True
            return True
        units = heading_units(body) if len(body) < 280 else None
        deeper = following is not None and (level_of(following) > level or following.is_row)
        alone = deeper and units and _is_bare(body) and (paragraph.kind or _is_item(following))
        if not (body.endswith(":") or (deeper and is_heading(paragraph)) or alone):
            return False
        own = float(level) if paragraph.kind is not None else (self.marks[-1][0] + 0.5 if self.marks else 0.5)
        if paragraph.kind is None:
            self.contexts = [c for c in self.contexts if c.level < own]
        if units:
            self._hand_down(Context(own, units))
            return True
        inherited = self._units()
        found = assignments_in(body, 0, inherited=inherited is not None)
        if found and _ENUMERATES.search(body):
            self._sentences(paragraph)
            self.contexts = [*(c for c in self.contexts if c.level < own), Context(own, ())]
            return True
        if found:
            self._earlier(paragraph, found)
            helpers = coordinators_of(body[found[-1].start :], _OPENING)
            self.contexts = [c for c in self.contexts if c.level < own]
            self._hand_down(Context(own, found[-1].units, helpers, "opening", strict=True))
            return True
        if inherited and opens_action(body):
            helpers = coordinators_of(body) or inherited.helpers
            self._hand_down(replace(inherited, level=own, helpers=helpers))
            return body.endswith(":")
        self.open_list = is_heading(paragraph)
        return (
            body.endswith(":")
            or paragraph.kind in ("roman", "capital", "part", "chapter", "article")
            or (is_heading(paragraph) and len(body) < 200)
        )

    def _hand_down(self, context: Context) -> None:
        self.contexts.append(context)
        self.open_list = True

    def _earlier(self, paragraph: Paragraph, found: list[Assignment]) -> None:
        """Whole sentences before the one that opens the list are tasks of their own."""
        offset = paragraph.body_start
        for assignment in found:
            end = assignment.end + offset
            if assignment is found[-1]:
                end = paragraph.text.rfind(". ", assignment.start + offset, end)
            if end > 0:
                self.maker.add(paragraph, _doers(assignment), self._section(), assignment.start + offset, end)

    def _sentences(self, paragraph: Paragraph) -> None:
        text, start = paragraph.text, paragraph.body_start
        context = self._context_of(paragraph)
        found = assignments_in(text, start, inherited=context is not None)
        if context:
            self._inherited(paragraph, context, found)
        self.last_units = found[-1].units if found else (context.units if context else ())
        for assignment in self._not_the_author(paragraph, found):
            helpers = context.helpers if context and assignment.units == context.units else ()
            doers = replace(_doers(assignment), helpers=helpers)
            if assignment.beside:
                beside = text[slice(*assignment.beside)]
                self.maker.add(paragraph, doers, self._section(), assignment.start, assignment.end, beside)
            else:
                self.maker.parts(paragraph, doers, self._section(), assignment.start, assignment.end)

    def _not_the_author(self, paragraph: Paragraph, found: list[Assignment]) -> Iterator[Assignment]:
        """What the paper says of its own author in plain words is no task, but may hold an order."""
        for assignment in found:
            told = paragraph.kind is None and assignment.rule == "subject"
            if not told or not self.maker.is_issuer(assignment.units):
                yield assignment
            elif order := ordered_in(paragraph.text, assignment.start, assignment.end):
                yield order

    def _context_of(self, paragraph: Paragraph) -> Context | None:
        """Whose duty the paragraph is if it names nobody."""
        context = self._units()
        if paragraph.kind is None and not self.open_list:
            # A second paragraph of an item that opens with a verb goes on about the same unit.
            if opens_action(paragraph.body) and self.last_units:
                return Context(0, self.last_units, rule="continued")
            return None
        if context and context.strict and not _could_be_duty(paragraph.body):
            return None
        if context and paragraph.kind is None and not _is_sentence(paragraph.body):
            return None  # a cell or a caption below a heading
        return context

    def _inherited(self, paragraph: Paragraph, context: Context, found: list[Assignment]) -> None:
        """The part of the paragraph before the first unit of its own belongs to the units above."""
        text, start = paragraph.text, paragraph.body_start
        if not found:
            self.maker.parts(paragraph, context.doers(), self._section(), start, len(text))
        elif not found[0].ordered and found[0].start > start + 400:
            cut = max(text.rfind(". ", start, found[0].start), text.rfind("; ", start, found[0].start))
            if cut > start:
                self.maker.parts(paragraph, context.doers(), self._section(), start, cut)
        elif opens_action(text, start):
            cut = sentence_start(text, start, found[0].start)
            if cut > start:
                self.maker.parts(paragraph, context.doers(), self._section(), start, cut)


_OPENING = 40  # who helps with all items of a list is said right at the beginning of its opening sentence


def _doers(assignment: Assignment) -> Doers:
    return Doers(assignment.units, assignment.rule)


def _is_silent(paragraph: Paragraph, body: str) -> bool:
    """A heading below which nothing is a task: purpose, results, definitions."""
    return is_heading(paragraph) and _NO_TASKS.match(bare(body)) is not None and not body.endswith("sau:")


def _is_about_trouble(body: str) -> bool:
    """The closing sentence "if difficulties arise, report": everybody's duty always, nobody's task."""
    if not _IN_COURSE.match(body) or ". " in body:
        return False
    trouble = _TROUBLE.search(body, 0, _ANNOUNCEMENT)
    return trouble is not None and _TELL.search(body, trouble.end()) is not None


def _is_item(paragraph: Paragraph | None) -> bool:
    """An item that says what to do: what stands above it alone on its line may be its heading."""
    return paragraph is not None and paragraph.kind is not None and opens_action(paragraph.body)


def _is_sentence(body: str) -> bool:
    return opens_action(body) or (len(body) > 60 and body.endswith((".", ";", "./.")))


def _is_bare(body: str) -> bool:
    return len(body) < 160 and not body.endswith((".", ";", ","))


_TOPIC = re.compile(r"(?:Về|Đối với|Trong|Công tác|Nhiệm vụ|Việc)\s[^:.;]{3,160}[:,]\s*")
_FACT = re.compile(
    r"(?P<label>[^:.;]{1,30}):\s+(?=\S)|(?:Là|Đã|Có|Được|Do|Sinh|Gồm|Tại)\s"
    r"|(?:Các )?(?:Luật|Bộ luật|Nghị định|Nghị quyết|Chỉ thị|Thông tư|Quyết định|Công văn|Công điện|Văn bản|Ý kiến"
    r"|Thông báo|Kết luận|Tổng số|Tổng giá trị|Tỷ lệ|Tỉ lệ|Số lượng|Số )(?!\w)"
)


def _could_be_duty(body: str) -> bool:
    """An item of a list opened by a sentence, and not a fact the sentence announces (Ngày sinh: ..., Là con ...)."""
    if _TOPIC.match(body):
        return True
    fact = _FACT.match(body)
    return fact is None or (fact.group("label") is not None and opens_action(body, fact.end()))
