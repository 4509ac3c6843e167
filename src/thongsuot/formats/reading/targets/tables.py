"""Tables of goals: Chỉ tiêu | Đơn vị tính | Thực hiện 2025 "
"| Kế hoạch 2026. One goal a row and a column that plans."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from thongsuot.formats.reading.model import Page, Target
from thongsuot.formats.reading.paragraphs import Paragraph
from thongsuot.formats.reading.references import page_of
from thongsuot.formats.reading.targets.figures import NUMBER, UNIT, figures_in
from thongsuot.formats.reading.words import bare

_NAME = re.compile(r"^(?:ten |cac |noi dung )?(?:chi tieu|muc tieu|tieu chi|noi dung)")
_UNIT = re.compile(r"^(?:don vi(?: tinh)?|dvt|d/v tinh)$")
_PLAN = re.compile(
    r"ke hoach|\bkh\b|muc tieu|chi tieu giao|phan dau|giao nam|den nam 20\d\d|nam 20\d\d|giai doan 20|^20\d\d$"
)
_DONE = re.compile(
    r"thuc hien|\bth\b|\buoc\b|ket qua|so sanh|so voi|ty le|hien trang|tang|giam|ghi chu|\bso\b.*\bvoi\b|%"
)
_OTHER = re.compile(
    r"don vi chu tri|co quan chu tri|chu tri\s*\||thoi gian (?:hoan thanh|thuc hien)|san pham\s*(?:\||$)"
)
_PERIOD = re.compile(r"(?:giai đoạn\s+)?20\d\d(?:\s?[-–]\s?20\d\d)?", re.IGNORECASE)
_CELL = re.compile(
    rf"^(?:[≥≤<>]=?|trên|dưới|ít nhất|tối thiểu|khoảng|từ|đạt|\s){{0,4}}{NUMBER}.{{0,40}}$", re.IGNORECASE
)
_SUB = re.compile(r"^(?:[-–+*]|trong đó|tr\.?đó)\s*:?\s*", re.IGNORECASE)
_LONGEST = 80


@dataclass(frozen=True)
class _Header:
    name: int
    unit: int | None
    plans: tuple[tuple[int, str], ...]  # column and period
    width: int


def table_targets(
    paragraphs: Sequence[Paragraph], pages: tuple[Page, ...], issued: str | None
) -> list[Target]:
    header: _Header | None = None
    above = ""
    found: list[Target] = []
    for paragraph in paragraphs:
        if not paragraph.is_row:
            header = None if paragraph.kind is not None else header  # a new part ends the table
            continue
        cells = [cell.strip(" *_") for cell in paragraph.text.split("|")]
        if cells and not cells[0]:
            cells = cells[1:]
        opened = _header(cells, issued)
        if opened or not header or _OTHER.search(bare(paragraph.text)):
            header, above = opened, ""
            continue
        targets, above = _row(paragraph, cells, header, above, pages)
        found += targets
    return found


def _header(cells: list[str], issued: str | None) -> _Header | None:
    """Columns of years that have passed, of results and of comparisons are no goals."""
    folded = [bare(cell) for cell in cells]
    name = next((i for i, cell in enumerate(folded) if _NAME.match(cell)), None)
    if name is None or any(len(cell) > _LONGEST for cell in cells):
        return None
    unit = next((i for i, cell in enumerate(folded) if _UNIT.match(cell)), None)
    plans = []
    for i, cell in enumerate(folded):
        if i in (name, unit) or not _PLAN.search(cell) or _DONE.search(re.sub(r"chi tieu giao", "", cell)):
            continue
        period = _PERIOD.search(cells[i])
        last = period.group()[-4:] if period else ""
        if issued and last and last < issued[:4]:
            continue
        plans.append((i, period.group() if period else ""))
    return _Header(name, unit, tuple(plans), len(cells)) if plans else None


def _row(
    paragraph: Paragraph, cells: list[str], header: _Header, above: str, pages: tuple[Page, ...]
) -> tuple[list[Target], str]:
    """The goals of a row, and the name under which the next rows with a dash stand."""
    name = cells[header.name] if header.name < len(cells) else ""
    sub = _SUB.match(name)
    indicator = f"{above}: {name[sub.end() :]}" if sub and above else name
    below = above if sub else name.rstrip(" :")
    if len(re.findall(r"[^\W\d_]", name)) < 3:
        return [], below
    unit = cells[header.unit] if header.unit is not None and header.unit < len(cells) else ""
    found = []
    for column, period in header.plans:
        cell = cells[column] if column < len(cells) else ""
        figures = figures_in(cell, 0) if _CELL.match(cell) else []
        if not figures:
            continue
        figure = figures[0]
        span = paragraph.span(0, len(paragraph.text))
        found.append(
            Target(
                indicator=indicator,
                comparator=figure.comparator,
                value=figure.value,
                unit=unit.strip() or figure.unit or _unit_in(name),
                period=period or None,
                text=" ".join(part for part in (indicator, unit, cell) if part),
                section=None,
                span=span,
                page=page_of(span[0], pages),
                confidence=0.7,
                rule="table",
            )
        )
    return found, below


def _unit_in(name: str) -> str | None:
    """Tables without a column of units name them in brackets: "Thu ngân sách (tỷ đồng)"."""
    match = re.search(rf"\(\s?({UNIT})\s?\)", name, re.IGNORECASE)
    return match.group(1) if match else None
