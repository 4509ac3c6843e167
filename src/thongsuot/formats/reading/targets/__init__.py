"""Quantified goals: a figure with a unit, a word that makes it a goal (đạt, tối thiểu, trên), and what it measures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from thongsuot.formats.reading.model import Comparator, Page, Target
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.references import page_of
from thongsuot.formats.reading.structure import is_heading, level_of
from thongsuot.formats.reading.targets.clauses import PERIOD, Clauses
from thongsuot.formats.reading.targets.figures import Figure, figures_in
from thongsuot.formats.reading.targets.goals import goal_of
from thongsuot.formats.reading.targets.tables import table_targets
from thongsuot.formats.reading.targets.wording import for_whom_of, indicator_of
from thongsuot.formats.reading.words import bare, small

_AIMS = re.compile(r"\b(?:muc tieu|chi tieu|tam nhin|den (?:het |cuoi )?nam 20\d\d|phan dau)\b")
_MEANS = re.compile(
    r"(?:thuc hien|hoan thanh|dat) (?:cac |duoc )?(?:muc tieu|chi tieu)|^(?:giai phap|nhiem vu va giai phap)"
)
_REPORTS = re.compile(
    r"^(?:danh gia|ket qua|nhung ket qua|tinh hinh|hien trang|thuc trang|ton tai|nhung ton tai|han che"
    r"|nhung han che|boi canh"
    r"|uu diem|khuyet diem|nguyen nhan|su can thiet|can cu|co so phap ly|dac diem|kinh phi|nguon kinh phi"
    r"|du toan|noi dung chi"
    r"|muc chi|muc ho tro|phan bo)"
)
_OPENS = re.compile(
    r"^(?:cac |mot so |he thong )?(?:muc tieu|chi tieu|phan dau)|^(?:phan dau )?den (?:het |cuoi )?nam 20\d\d"
)
_OWN_LENGTH = 160
_KEY = 120
_SHORTEST = 4


@dataclass
class _Walk:
    """Where the walk stands: in a section of aims, below a heading that reports, under a period that a heading set."""

    aims: float | None = None
    past: float | None = None
    pending: bool = False  # a line without a number opened a list of aims
    period: str | None = None
    seen: set[tuple[str, str]] = field(default_factory=set)

    def enter(self, paragraph: Paragraph) -> bool:
        """Take notice of headings; False where the paragraph itself holds no goals."""
        level = level_of(paragraph)
        if paragraph.kind is not None:
            self._leave(level, paragraph)
        heading = is_heading(paragraph)
        if not heading and not _may_open(paragraph):
            return self.past is None
        folded = bare(paragraph.body)
        about_aims = _AIMS.search(folded) is not None and not _MEANS.search(folded)
        if about_aims and (heading or _OPENS.match(folded)):
            numbered = paragraph.kind not in (None, "bullet")
            if self.aims is None:
                self.aims, self.pending = float(level), not numbered
            found = PERIOD.search(small(paragraph.body))
            self.period = found.group().strip() if found else self.period
            return (
                paragraph.body.rstrip()[-1:] not in (":", "")
                and re.search(r"\d\s?%", paragraph.body) is not None
            )
        if heading and _REPORTS.match(folded):
            self.past = level
        return self.past is None

    def _leave(self, level: int, paragraph: Paragraph) -> None:
        if self.past is not None and level <= self.past:
            self.past = None
        if self.aims is None:
            return
        if self.pending:
            self.aims, self.pending = (
                level - 0.5,
                False,
            )  # the items of the list stand one step below its opening
        elif level <= self.aims and not _AIMS.search(bare(paragraph.body)):
            self.aims = self.period = None


def _may_open(paragraph: Paragraph) -> bool:
    """A short line with a colon: it opens a list of aims if its words say so."""
    return len(paragraph.body) < _OWN_LENGTH and paragraph.body.endswith(":")


def targets_of(
    paragraphs: Sequence[Paragraph],
    pages: tuple[Page, ...],
    issued: str | None,
    appendix: Sequence[Paragraph] = (),
) -> tuple[Target, ...]:
    """The goals of the paper in the order of the text, and those of its tables of goals.

    What is attached (a programme, a plan, forms, norms) gives goals only where it says that it sets aims.
    """
    targets = [*_in_prose(paragraphs, pages), *_in_prose(appendix, pages, attached=True)]
    targets += table_targets([*paragraphs, *appendix], pages, issued)
    unique: dict[tuple[str, str, str | None], Target] = {}
    for target in targets:
        unique.setdefault((bare(target.indicator[:_KEY]), target.value, target.period), target)
    return tuple(sorted(unique.values(), key=lambda target: target.span))


def _in_prose(
    paragraphs: Sequence[Paragraph], pages: tuple[Page, ...], *, attached: bool = False
) -> list[Target]:
    walk = _Walk()
    targets: list[Target] = []
    for paragraph in paragraphs:
        if paragraph.is_row:
            targets += _in_paragraph(paragraph, False, None, pages)
            continue
        if not walk.enter(paragraph):
            continue
        aims = walk.aims is not None or _OPENS.match(bare(paragraph.body[:40])) is not None
        if aims or not attached:
            targets += _in_paragraph(paragraph, aims, walk.period, pages)
    return targets


def _in_paragraph(
    paragraph: Paragraph, aims: bool, heading_period: str | None, pages: tuple[Page, ...]
) -> list[Target]:
    text = paragraph.text
    figures = figures_in(text, paragraph.body_start, bare=aims)
    goals = [goal_of(text, figure, aims) for figure in figures]
    if not any(goals):
        return []  # most paragraphs: their clauses and what they measure are not asked for
    clauses = Clauses(text)
    found: list[Target] = []
    before: tuple[Figure, str] | None = None  # the figure before, and what it measures
    for figure, goal in zip(figures, goals, strict=True):
        start, end = clauses.around(figure)
        if figure.verb.endswith("top") and found and re.search(r"\d", text[start : figure.start]):
            continue  # "2 trường nằm trong TOP 100" is one goal
        indicator = indicator_of(text[start : figure.start], text[figure.end : end], figure)
        elliptic = len(indicator) < _SHORTEST and before is not None
        comparator = figure.comparator
        if elliptic and before:
            indicator, comparator = _as_before(figure, before)
        before = (figure, indicator) if figure.unit else before
        if goal is None or len(indicator) < _SHORTEST:
            continue
        clause = text[start:end].strip(" ,;.")
        found.append(
            Target(
                indicator=indicator,
                comparator=comparator,
                value=figure.value,
                unit=figure.unit,
                period=clauses.period(start, end, figure.at) or heading_period,
                text=clause,
                section=None,
                span=paragraph.span(start, end),
                page=page_of(paragraph.offsets[start], pages),
                confidence=round(goal.confidence - (0.1 if elliptic else 0.0), 2),
                rule="elliptic" if elliptic else goal.rule,
                for_whom=for_whom_of(clause) or (found[-1].for_whom if elliptic and found else None),
            )
        )
    return found


def _as_before(figure: Figure, before: tuple[Figure, str]) -> tuple[str, Comparator]:
    """ "... dưới 6,5% vào năm 2025 và 6% vào năm 2030": the second measures the same, compared in the same way."""
    return before[1], figure.comparator if figure.verb or figure.bounded else before[0].comparator
