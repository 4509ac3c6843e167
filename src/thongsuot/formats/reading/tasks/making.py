"""From the place of an action to a task: its words, span, helpers, deadline, product and confidence."""

import re
from dataclasses import dataclass, field, replace

from thongsuot.formats.reading.deadlines import last_day
from thongsuot.formats.reading.model import Deadline, Page, Task
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.references import page_of
from thongsuot.formats.reading.tasks.assignment import directed_unit
from thongsuot.formats.reading.tasks.details import (
    coordinators_of,
    deadline_cuts,
    deadline_of,
    product_of,
)
from thongsuot.formats.reading.tasks.lexicon import opens_action, plain

# How often a construction means a task: with a verb the lists know, and without one.
CONFIDENCE = {
    "order": (0.9, 0.6),
    "subject": (0.85, 0.45),
    "label": (0.85, 0.6),
    "heading": (0.85, 0.5),
    "opening": (0.8, 0.4),
    "continued": (0.7, 0.4),
    "directed": (0.75, 0.6),
    "beside": (0.7, 0.6),
    "fields": (0.9, 0.9),
    "table": (0.85, 0.85),
}
REGULATION = 0.6  # a duty of an office in a regulation is seldom work to be handed out

_ITEMS = re.compile(r"\(i{1,3}v?\)\s*|\(iv\)\s*|\(vi{0,3}\)\s*")
_EXECUTION = re.compile(
    r"[^.]{0,400}?"
    r"(?:(?:thi hành|tổ chức thực hiện|thực hiện)\s+(?:\w+\s){0,2}?(?:Quyết định|Nghị quyết|Quy chế|Quy định) này"
    r"|căn cứ (?:Quyết định|Nghị quyết)(?: này)?,?\s+(?:chịu trách nhiệm\s+)?thi hành)"
)
_SHORTEST = 3  # words; less is no action


@dataclass(frozen=True, slots=True)
class Doers:
    """Who does it, and by which construction that is known."""

    units: tuple[str, ...]
    rule: str
    helpers: tuple[str, ...] = ()


@dataclass
class Maker:
    """Makes the tasks of one document and keeps them in order."""

    issued: str | None
    pages: tuple[Page, ...]
    regulation: bool = False
    issuer: str | None = None
    tasks: list[Task] = field(default_factory=list)

    def parts(self, paragraph: Paragraph, doers: Doers, section: str | None, start: int, end: int) -> None:
        """One task, or several where (i), (ii) number them or another deadline begins."""
        text = paragraph.text
        marks = list(_ITEMS.finditer(text, start, end))
        if len(marks) > 1 and marks[0].start() - start < 4:
            bounds = [m.end() for m in marks]
            for first, following in zip(bounds, [*[m.start() for m in marks[1:]], end], strict=True):
                self.add(paragraph, doers, section, first, following)
            return
        previous = start
        for cut, following in deadline_cuts(text, start, end, self.issued):
            self.add(paragraph, doers, section, previous, cut)
            previous = following
        self.add(paragraph, doers, section, previous, end)

    def add(
        self,
        paragraph: Paragraph,
        doers: Doers,
        section: str | None,
        start: int,
        end: int,
        beside: str = "",
    ) -> None:
        start, end = trimmed(paragraph.text, start, end)
        action = paragraph.text[start:end]
        if (
            len(action.split(maxsplit=_SHORTEST)) < _SHORTEST
            or not doers.units
            or _is_execution(paragraph, action)
        ):
            return
        directed = directed_unit(action) if paragraph.kind == "bullet" else None
        if directed:  # "Giao X chỉ đạo Y làm ..." in a dash of its own is Y's task
            doers, start = Doers(directed[0], "directed"), start + directed[1]
            action = paragraph.text[start:end]
        words, deadline = self._deadline(action, beside)
        span = paragraph.span(start, end)
        self.tasks.append(
            Task(
                action=paragraph.as_written(start, end),
                assignees=doers.units,
                coordinators=coordinators_of(action) or coordinators_of(beside) or doers.helpers,
                deadline_text=words,
                deadline=deadline,
                due=last_day(deadline) if deadline else None,
                product=product_of(action),
                section=section,
                span=span,
                page=page_of(span[0], self.pages),
                confidence=self.confidence(doers.rule, known=opens_action(action)),
                rule=doers.rule,
            )
        )

    def _deadline(self, action: str, beside: str) -> tuple[str | None, Deadline | None]:
        found = deadline_of(action, self.issued)
        return found if found[1] or not beside else deadline_of(beside, self.issued)

    def confidence(self, rule: str, *, known: bool) -> float:
        sure, guess = CONFIDENCE[rule]
        value = sure if known else guess
        return round(value * REGULATION, 2) if self.regulation else value

    def replace_since(self, first: int, deadline: Deadline | None, time: str | None) -> None:
        """Give the tasks from number `first` on the deadline of their block where they have none."""
        self.tasks[first:] = [
            replace(task, deadline=deadline, deadline_text=time, due=last_day(deadline))
            if deadline and not task.deadline
            else task
            for task in self.tasks[first:]
        ]

    def forget_within(self, paragraph: Paragraph) -> None:
        """What was read in a paragraph that turns out to be the content of a block of fields."""
        start, end = paragraph.offsets[0], paragraph.offsets[-1]
        while self.tasks and start <= self.tasks[-1].span[0] <= end:
            self.tasks.pop()

    def is_issuer(self, units: tuple[str, ...]) -> bool:
        """The paper speaks of its own author: "Ủy ban nhân dân huyện thông báo ..."."""
        if self.issuer is None or len(units) != 1:
            return False
        author, named = _spelled_out(self.issuer), _spelled_out(units[0])
        return author.startswith(named) or named.startswith(author)


def _spelled_out(name: str) -> str:
    words = " ".join(plain(word) for word in name.split())
    return words.replace("ubnd", "ủy ban nhân dân").replace("hđnd", "hội đồng nhân dân")


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " ,:;-–.":
        start += 1
    while end > start and text[end - 1] in " ,;:./":
        end -= 1
    return start, end


def _is_execution(paragraph: Paragraph, action: str) -> bool:
    """The closing article by which a decision asks to be carried out is no task of its own."""
    return paragraph.kind == "article" and len(action) < 600 and _EXECUTION.match(action) is not None
