"""The self-report (báo cáo tự kiểm tra), drafted from the data. Every number carries its base."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from thongsuot.core.ui import words as screen
from thongsuot.documents.kinds import SYMBOL_OF, Kind
from thongsuot.formats.word import Block, Heading, OfficialDocument, Table, Text
from thongsuot.inspections.papers.words import (
    against,
    letterhead_of,
    list_of,
    reference_to,
    share,
    short_reference_to,
)

if TYPE_CHECKING:
    from thongsuot.inspections.models import Inspection
    from thongsuot.inspections.queries import DocumentFacts, Facts
    from thongsuot.tasks.queries import TaskFigures

TO_BE_WRITTEN = "(Đơn vị bổ sung: ……………………………………………………………………)"


def self_report(inspection: Inspection, facts: Facts) -> OfficialDocument:
    """The draft as a paper: number and day are left to the unit, which signs it."""
    head = letterhead_of(inspection.inspected)
    subjects = [short_reference_to(row.document) for row in facts.documents]
    return OfficialDocument(
        regime="party",
        parent_body=head.parent_body,
        body=head.body,
        number=f"-{SYMBOL_OF[Kind.BAO_CAO]}/{inspection.inspected.symbol}",
        place=head.place,
        year=facts.as_of.year,
        kind="báo cáo",
        subject=f"tự kiểm tra việc thực hiện {list_of(subjects)}",
        blocks=tuple(_blocks(inspection, facts)),
        authority=head.authority,
        position=head.position,
        signer=head.signer,
        recipients=(inspection.unit.name, "Đoàn kiểm tra"),
        archive=head.archive,
        is_illustration=any(row.document.is_illustration for row in facts.documents),
    )


def _blocks(inspection: Inspection, facts: Facts) -> Iterator[Block]:
    cited = list_of([reference_to(row.document) for row in facts.documents])
    yield Text(
        f"Thực hiện yêu cầu của Đoàn kiểm tra {inspection.unit.name}, {inspection.inspected.name} báo cáo kết quả tự "
        f"kiểm tra việc thực hiện {cited}, trong thời gian từ ngày {inspection.period_from:%d/%m/%Y} đến ngày "
        f"{inspection.period_to:%d/%m/%Y}. Số liệu tính đến {screen.moment(facts.as_of)}."
    )
    yield Heading("I. Tiếp nhận và triển khai")
    for row in facts.documents:
        yield Text(f"- {short_reference_to(row.document)}: {_reception(row)} {_own_plan(row, facts)}")
    yield Heading("II. Phổ biến, quán triệt")
    for row in facts.documents:
        yield from _dissemination(row)
    yield Heading("III. Kết quả thực hiện nhiệm vụ")
    yield _task_table(facts)
    yield Text(
        'Trong bảng, "quá hạn" là nhiệm vụ chưa hoàn thành đã qua thời hạn; nhiệm vụ hoàn thành sau thời hạn được '
        "tính riêng là hoàn thành quá hạn.",
        italic=True,
    )
    yield Heading("IV. Hạn chế, khó khăn")
    yield from _shortcomings(facts)
    yield Text(TO_BE_WRITTEN)
    yield Heading("V. Kiến nghị")
    yield Text(TO_BE_WRITTEN)


def _reception(row: DocumentFacts) -> str:
    if row.arrived_on is None:
        return "chưa có trong sổ văn bản đến của đơn vị."
    if row.received_on is None:
        limit = f" (hạn {row.receive_by:%d/%m/%Y})" if row.receive_by else ""
        return f"đến ngày {row.arrived_on:%d/%m/%Y}, chưa tiếp nhận{limit}."
    return (
        f"đến ngày {row.arrived_on:%d/%m/%Y}, tiếp nhận ngày {row.received_on:%d/%m/%Y} "
        f"({against(row.received_on, row.receive_by)})."
    )


def _own_plan(row: DocumentFacts, facts: Facts) -> str:
    if row.plan is not None and row.planned_on is not None:
        return (
            f"Đã ban hành {short_reference_to(row.plan)} ngày {row.planned_on:%d/%m/%Y} để thực hiện "
            f"({against(row.planned_on, row.plan_by)})."
        )
    if row.plan_by is None:
        return "Chưa ban hành văn bản triển khai (không đặt thời hạn)."
    late = (screen.local_day(facts.as_of) - row.plan_by).days
    behind = f", đã quá {late} ngày" if late > 0 else ""
    return f"Chưa ban hành văn bản triển khai (hạn {row.plan_by:%d/%m/%Y}{behind})."


def _dissemination(row: DocumentFacts) -> Iterator[Block]:
    told = row.dissemination
    name = short_reference_to(row.document)
    if not told.required and not told.sessions:
        yield Text(f"- {name}: chưa đặt yêu cầu phổ biến đến đảng viên và chưa tổ chức buổi quán triệt nào.")
        return
    yield Text(
        f"- {name}: đã tổ chức {len(told.sessions)} buổi; {share(told.met, told.cells)} chi bộ đã họp quán triệt. "
        f"{share(told.reached, told.required)} đảng viên đã nắm được nội dung, trong đó "
        f"{share(told.in_time, told.required)} đúng hạn; còn {told.required - told.reached} đảng viên chưa nắm được."
    )
    if told.sessions:
        yield Table(
            ("Ngày", "Buổi quán triệt", "Số chi bộ"),
            tuple((f"{s.day:%d/%m/%Y}", s.title, str(s.cells)) for s in told.sessions),
            widths=(2, 7, 2),
            numeric=(2,),
        )


def _task_table(facts: Facts) -> Table:
    rows = []
    for row in facts.documents:
        name = short_reference_to(row.document)
        rows.append(_task_row(f"{name}: giao cho đơn vị", row.given))
        rows.append(_task_row(f"{name}: đơn vị giao tiếp", row.passed_on))
    return Table(
        (
            "Nhiệm vụ",
            "Tổng số",
            "Hoàn thành đúng hạn",
            "Hoàn thành quá hạn",
            "Đang làm, trong hạn",
            "Quá hạn",
        ),
        tuple(rows),
        widths=(5, 1.4, 2, 2, 2, 1.6),
        numeric=(1, 2, 3, 4, 5),
    )


def _task_row(name: str, figures: TaskFigures) -> tuple[str, ...]:
    def of_all(part: int) -> str:
        return share(part, figures.total) if figures.total else "0"

    return (
        name,
        str(figures.total),
        of_all(figures.done_in_time),
        of_all(figures.done_late),
        of_all(figures.in_time + figures.soon),
        of_all(figures.late),
    )


def _shortcomings(facts: Facts) -> Iterator[Block]:
    """What the data show to be behind; the causes are for the unit to say."""
    today = screen.local_day(facts.as_of)
    for row in facts.documents:
        name = short_reference_to(row.document)
        if row.received_on and row.receive_by and row.received_on > row.receive_by:
            yield Text(f"- Tiếp nhận {name} {against(row.received_on, row.receive_by)}.")
        if row.plan_by and (row.planned_on or today) > row.plan_by:
            yield Text(
                f"- Ban hành văn bản triển khai {name} {against(row.planned_on or today, row.plan_by)}."
            )
        missing = row.dissemination.required - row.dissemination.reached
        if missing:
            yield Text(f"- Còn {share(missing, row.dissemination.required)} đảng viên chưa nắm được {name}.")
    if facts.overdue:
        total = sum(number for _name, number in facts.overdue)
        yield Text(f"- Còn {total} nhiệm vụ quá hạn, chưa hoàn thành:")
        for name, number in facts.overdue:
            yield Text(f"+ {name}: {number}/{total} nhiệm vụ;")
