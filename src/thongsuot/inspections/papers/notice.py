"""The notice of conclusion (thông báo kết luận kiểm tra): strengths, shortcomings with causes, requirements.

The three parts and the wish that each requirement answers a listed shortcoming, with its deadline and who follows it
up, come from published notices and the remarks of their reviewers (docs/sources.md).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from thongsuot.formats.word import Block, Heading, OfficialDocument, Text
from thongsuot.inspections.papers.words import (
    Letterhead,
    letterhead_of,
    list_of,
    reference_to,
    short_reference_to,
)

if TYPE_CHECKING:
    from thongsuot.inspections.models import Inspection
    from thongsuot.inspections.queries import Findings, RequirementLine


def notice_of_conclusion(
    inspection: Inspection,
    findings: Findings,
    requirements: Sequence[RequirementLine],
    *,
    symbol: str,
    day: dt.date,
) -> OfficialDocument:
    """The notice as a paper. ``symbol`` is the number it gets in the book."""
    head = letterhead_of(inspection.unit)
    documents = [subject.document for subject in inspection.subjects.all()]
    return OfficialDocument(
        regime="party",
        parent_body=head.parent_body,
        body=head.body,
        number=symbol,
        place=head.place,
        date=day,
        kind="thông báo",
        subject=subject_of(inspection),
        blocks=tuple(_blocks(inspection, findings, requirements, head)),
        authority=head.authority,
        position=head.position,
        signer=head.signer,
        recipients=(inspection.inspected.name, "Đoàn kiểm tra"),
        archive=head.archive,
        is_illustration=any(document.is_illustration for document in documents),
    )


def subject_of(inspection: Inspection) -> str:
    documents = [short_reference_to(subject.document) for subject in inspection.subjects.all()]
    return f"kết luận kiểm tra {inspection.inspected.name} về việc thực hiện {list_of(documents)}"


def _blocks(
    inspection: Inspection, findings: Findings, requirements: Sequence[RequirementLine], head: Letterhead
) -> Iterator[Block]:
    cited = list_of([reference_to(subject.document) for subject in inspection.subjects.all()])
    yield Text(
        f"Đoàn kiểm tra của {inspection.unit.name} đã kiểm tra {inspection.inspected.name} về việc thực hiện {cited}, "
        f"trong thời gian từ ngày {inspection.period_from:%d/%m/%Y} đến ngày {inspection.period_to:%d/%m/%Y}. "
        f"Sau khi xem xét {_grounds(inspection)}, {_who_concludes(inspection, head)} kết luận như sau:"
    )
    yield Heading("1. Ưu điểm")
    if not findings.strengths:
        yield Text("Đoàn kiểm tra không ghi nhận nội dung nào.")
    for strength in findings.strengths:
        yield Text(f"- {_sentence(strength.text)}")
    yield Heading("2. Hạn chế, khuyết điểm và nguyên nhân")
    if not findings.shortcomings:
        yield Text("Đoàn kiểm tra không ghi nhận nội dung nào.")
    for line in findings.shortcomings:
        yield Text(f"{line.number}. {_sentence(line.finding.text)}")
        for cause in line.causes:
            yield Text(f"Nguyên nhân: {_sentence(cause.text)}")
    yield Heading("3. Yêu cầu")
    if not requirements:
        yield Text("Không có yêu cầu phải báo cáo khắc phục.")
    for requirement in requirements:
        yield Text(_requirement(requirement))
    if requirements:
        yield Text(
            f"{inspection.inspected.name} thực hiện và báo cáo kết quả từng yêu cầu. {inspection.unit.name} giao Đoàn "
            "kiểm tra theo dõi, đôn đốc và xác nhận khi từng yêu cầu đã được thực hiện."
        )


def _grounds(inspection: Inspection) -> str:
    """What the conclusion rests on; a self-report only where the unit handed one in."""
    if inspection.self_reports.filter(handed_in_at__isnull=False).exists():
        return "báo cáo tự kiểm tra của đơn vị và kết quả kiểm tra"
    return "kết quả kiểm tra (đơn vị không gửi báo cáo tự kiểm tra)"


def _requirement(line: RequirementLine) -> str:
    product = f" Sản phẩm: {_sentence(line.row.product)}" if line.row.product else ""
    return (
        f"{line.number}. {_sentence(line.row.text)} Khắc phục hạn chế nêu tại mục {line.about}.{product} "
        f"Thời hạn: chậm nhất ngày {line.row.due:%d/%m/%Y}."
    )


def _who_concludes(inspection: Inspection, head: Letterhead) -> str:
    """The body in whose name it is signed: "Ban Thường vụ Thành ủy Vàm Cỏ"."""
    signs = head.authority.removeprefix("T/M ").strip()
    return f"{signs} {inspection.unit.name}" if signs == "Ban Thường vụ" else inspection.unit.name


def _sentence(text: str) -> str:
    """One closing full stop, whatever was typed."""
    return f"{' '.join(text.split()).rstrip('.;, ')}."
