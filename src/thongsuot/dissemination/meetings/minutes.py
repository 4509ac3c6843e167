"""The minutes of a session (biên bản): the draft of their text, and the paper by the rules of the unit's own side.

The parts are those of Decree 30/2020/ND-CP, appendix III, form 1.10, which Party bodies use in the same order
(docs/sources.md): time and place, who attended, what went on, the conclusion, two signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from thongsuot.core.clock import day_of
from thongsuot.documents.kinds import SYMBOL_OF, Kind, Regime
from thongsuot.documents.letterheads import letterhead_of, reference_to
from thongsuot.documents.services.numbering import regime_of
from thongsuot.formats.word import Block, Heading, OfficialDocument, Text
from thongsuot.organizations.models import Unit
from thongsuot.organizations.models.units import MASS_KINDS

if TYPE_CHECKING:
    import datetime as dt

    from thongsuot.dissemination.models import Minutes, Session
    from thongsuot.dissemination.queries.programme import Programme
    from thongsuot.documents.models import Document

# Guideline 29-HD/TWDTN-VP of the Youth Union.
YOUTH_UNION = "ĐOÀN TNCS HỒ CHÍ MINH"
# The national title with the layout of Decree 30/2020/ND-CP: of the trade unions by Decision 933/QD-TLD (2024), of the
# other organisations and the Front by article 2 of the Decree.
NATIONAL = "national"
_HEADING = re.compile(r"(?:[IVX]+|[A-Z])\. \S")


@dataclass(frozen=True)
class Turnout:
    """How many were called, and what became of them."""

    cells: int
    called: int
    present: int
    excused: int
    absent: int

    @property
    def unmarked(self) -> int:
        return self.called - self.present - self.excused - self.absent


def draft_of(
    session: Session,
    turnout: Turnout,
    programme: Programme,
    documents: Sequence[Document],
    *,
    chair: str = "",
    secretary: str = "",
) -> str:
    """What is known of the session in the order of minutes, with room for what only those present know."""
    return "\n".join(_lines(session, turnout, programme, documents, chair, secretary))


def _lines(
    session: Session,
    turnout: Turnout,
    programme: Programme,
    documents: Sequence[Document],
    chair: str,
    secretary: str,
) -> Iterator[str]:
    begins = timezone.localtime(session.starts_at)
    when_and_where = f"Hồi {_hour(begins)}, ngày {begins:%d/%m/%Y}, tại {session.place}"
    yield f"{when_and_where}, {session.unit.name} tổ chức: {session.title}."
    yield "I. THÀNH PHẦN"
    yield f"1. Chủ trì: {chair or '…'}"
    yield f"2. Thư ký: {secretary or '…'}"
    yield f"3. Thành phần tham dự: {_turnout(turnout)}"
    speakers = [_speaker(str(row), row.presenter.title, row.speaks_on) for row in programme.speakers]
    if speakers or session.presenter:
        yield f"4. Báo cáo viên: {'; '.join(speakers) or session.presenter}"
    yield "II. NỘI DUNG"
    yield "1. Văn bản được phổ biến, quán triệt:"
    yield from (f"- {reference_to(document)}, {document.subject};" for document in documents)
    if programme.lines:
        yield "2. Chương trình:"
        yield from (f"- {_item(line.at, line.what, line.who)}" for line in programme.lines)
    if programme.materials:
        yield f"Tài liệu phát hành: {'; '.join(row.title for row in programme.materials)}."
    yield "Ý kiến thảo luận: …"
    yield "III. KẾT LUẬN"
    yield "…"
    end = f"hồi {_hour(timezone.localtime(session.ends_at))}" if session.ends_at else "hồi … giờ …"
    yield f"Buổi họp kết thúc {end} cùng ngày. Biên bản đã được thông qua tại buổi họp."


def _turnout(turnout: Turnout) -> str:
    said = (
        f"triệu tập {turnout.called} đảng viên của {turnout.cells} chi bộ; có mặt {turnout.present}/{turnout.called}; "
        f"vắng có lý do {turnout.excused}; vắng không có lý do {turnout.absent}"
    )
    return f"{said}; chưa điểm danh {turnout.unmarked}." if turnout.unmarked else f"{said}."


def _speaker(name: str, title: str, speaks_on: str) -> str:
    return f"{name}{f' ({title})' if title else ''}{f': {speaks_on}' if speaks_on else ''}"


def _item(at: dt.time | None, what: str, who: str) -> str:
    return f"{f'{at:%H:%M}: ' if at else ''}{what}{f' ({who})' if who else ''};"


def _hour(moment: dt.datetime) -> str:
    return f"{moment.hour:02d} giờ {moment.minute:02d}"


def paper_of(minutes: Minutes, documents: Sequence[Document], *, symbol: str = "") -> OfficialDocument:
    """The minutes as a paper; without ``symbol`` room is left for the number."""
    session = minutes.session
    unit, head = session.unit, letterhead_of(session.unit)
    title = _title_of(unit)
    is_state = regime_of(unit) == Regime.STATE or title == NATIONAL
    return OfficialDocument(
        regime="state" if is_state else "party",
        title="" if title == NATIONAL else title,
        parent_body=head.parent_body,
        body=head.body,
        number=symbol or f"-{SYMBOL_OF[Kind.BIEN_BAN]}/{unit.symbol}",
        place=head.place,
        date=day_of(session.starts_at),
        kind="biên bản",
        subject=session.title,
        blocks=tuple(_blocks(minutes.text)),
        position="Chủ tọa" if is_state else "Chủ trì",
        signer=minutes.chair,
        countersign=("Thư ký", minutes.secretary),
        recipients=("Như thành phần tham dự",),
        archive=head.archive,
        is_illustration=any(document.is_illustration for document in documents),
    )


def _title_of(unit: Unit) -> str:
    """What heads a paper of a mass organisation instead of the Party's name; nothing for everybody else."""
    above = Unit.objects.above(unit, itself=True).filter(kind__in=MASS_KINDS)
    names = list(above.values_list("name", flat=True))
    if not names:
        return ""
    is_youth = any(
        word in name for name in names for word in ("Đoàn Thanh niên", "Đoàn TNCS", "Đoàn thanh niên")
    )
    return YOUTH_UNION if is_youth else NATIONAL


def _blocks(text: str) -> Iterator[Block]:
    for line in text.splitlines():
        if line.strip():
            yield Heading(line.strip()) if _HEADING.match(line.strip()) else Text(line.strip())
