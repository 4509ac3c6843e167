"""Tasks: obligations to act laid on units that can be named."""

from dataclasses import dataclass

from thongsuot.formats.reading.model import Page, Task
from thongsuot.formats.reading.paragraphs import Line, Paragraph, paragraphs_of
from thongsuot.formats.reading.tasks.body import Walk
from thongsuot.formats.reading.tasks.making import Maker
from thongsuot.formats.reading.tasks.tables import Tables

_ARTICLES_OF_A_REGULATION = 8


@dataclass(frozen=True)
class Body:
    """What the task grammar looks at: the paragraphs of the body, the lines of the appendices, the day of issue."""

    paragraphs: list[Paragraph]
    appendix: list[Line]
    issued: str | None
    pages: tuple[Page, ...]
    addressees: tuple[str, ...]


def tasks_of(body: Body) -> tuple[Task, ...]:
    articles = sum(p.kind == "article" for p in body.paragraphs)
    maker = Maker(body.issued, body.pages, regulation=articles >= _ARTICLES_OF_A_REGULATION)
    Walk(maker).paragraphs(body.paragraphs)
    if not any(p.is_row for p in body.paragraphs):
        Tables(maker).flattened(list(body.paragraphs))
    attached = paragraphs_of(body.appendix)
    Walk(maker).paragraphs(attached)
    if not any(p.is_row for p in attached):
        Tables(maker).flattened(body.appendix)
    return tuple(sorted(maker.tasks, key=lambda task: task.span))


__all__ = ["Body", "tasks_of"]
