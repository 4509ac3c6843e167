"""Tasks: obligations to act laid on units that can be named."""

from dataclasses import dataclass

from thongsuot.formats.reading.model import Page, Task
from thongsuot.formats.reading.paragraphs import Line, Paragraph, paragraphs_of
from thongsuot.formats.reading.tasks.body import Walk
from thongsuot.formats.reading.tasks.making import Maker
from thongsuot.formats.reading.tasks.tables import Tables

_WITHOUT_TASKS = {"giay_moi", "giay_gioi_thieu", "phieu_gui", "giay_nghi_phep"}
_REGULATIONS = {"quy_che", "quy_dinh", "huong_dan", "dieu_le", "thong_tu", "nghi_dinh", "luat"}
_ARTICLES_OF_A_REGULATION = 8


@dataclass(frozen=True)
class Body:
    """What the task grammar looks at: the paragraphs of the body, the lines of the appendices, and the frame.

    `issuer` is the author of the paper, `kind` its kind as a code (giay_moi, quy_che ...).
    """

    paragraphs: list[Paragraph]
    appendix: list[Line]
    issued: str | None
    pages: tuple[Page, ...]
    addressees: tuple[str, ...]
    issuer: str | None = None
    kind: str | None = None


def tasks_of(body: Body) -> tuple[Task, ...]:
    if body.kind in _WITHOUT_TASKS:
        return ()
    attached = paragraphs_of(body.appendix)
    articles = sum(p.kind == "article" for p in [*body.paragraphs, *attached])
    regulation = articles >= _ARTICLES_OF_A_REGULATION or body.kind in _REGULATIONS
    maker = Maker(body.issued, body.pages, regulation=regulation, issuer=body.issuer)
    Walk(maker).paragraphs(body.paragraphs)
    if not any(p.is_row for p in body.paragraphs):
        Tables(maker).flattened(list(body.paragraphs))
    _attached(maker, body.appendix, attached)
    return tuple(sorted(maker.tasks, key=lambda task: task.span))


def _attached(maker: Maker, lines: list[Line], paragraphs: list[Paragraph]) -> None:
    """What follows the signature: a document with headings is read like a body, forms and lists only for tables."""
    before = len(maker.tasks)
    if not any(p.is_row for p in paragraphs):
        Tables(maker).flattened(lines)
    if any(p.kind in ("roman", "capital", "article", "chapter", "part") for p in paragraphs):
        if len(maker.tasks) == before:
            Walk(maker).paragraphs(paragraphs)
    else:
        Walk(maker).paragraphs([p for p in paragraphs if p.is_row])


__all__ = ["Body", "tasks_of"]
