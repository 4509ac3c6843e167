"""Tasks: obligations to act laid on units that can be named."""

from dataclasses import dataclass

from thongsuot.formats.reading.deadlines import deadline_of_field, last_day
from thongsuot.formats.reading.model import Page, Task
from thongsuot.formats.reading.paragraphs import Line, Paragraph
from thongsuot.formats.reading.references import page_of
from thongsuot.formats.reading.tasks.body import Walk
from thongsuot.formats.reading.tasks.organisations import split_units
from thongsuot.formats.reading.tasks.tables import Row, table_rows


@dataclass(frozen=True)
class Body:
    """What the task grammar looks at: the paragraphs of the body, the lines of the appendices, the day of issue."""

    paragraphs: list[Paragraph]
    appendix: list[Line]
    issued: str | None
    pages: tuple[Page, ...]
    addressees: tuple[str, ...]


def tasks_of(body: Body) -> tuple[Task, ...]:
    prose = [p for p in body.paragraphs if not p.is_row]
    rows = [p for p in body.paragraphs if p.is_row]
    tasks = Walk(body.issued, body.pages).paragraphs(prose)
    tasks += [_from_row(row, body) for row in [*table_rows(list(rows)), *table_rows(body.appendix)]]
    return tuple(sorted(tasks, key=lambda task: task.span))


def _from_row(row: Row, body: Body) -> Task:
    deadline = deadline_of_field(row.time, body.issued) if row.time else None
    return Task(
        action=row.action,
        assignees=split_units(row.lead),
        coordinators=split_units(row.help),
        deadline_text=row.time or None,
        deadline=deadline,
        due=last_day(deadline) if deadline else None,
        product=row.product or None,
        section=None,
        span=row.span,
        page=page_of(row.span[0], body.pages),
        confidence=0.8,
    )


__all__ = ["Body", "tasks_of"]
