"""The words of an invented paper, as plain text for the register and as a Word file to download."""

from __future__ import annotations

import datetime as dt

from thongsuot.accounts.models import User
from thongsuot.demo.papers import Paper, Work
from thongsuot.documents.kinds import Kind
from thongsuot.files.models import StoredFile
from thongsuot.files.services import store
from thongsuot.formats import word

TITLES = {
    Kind.NGHI_QUYET: "NGHỊ QUYẾT",
    Kind.CHI_THI: "CHỈ THỊ",
    Kind.KET_LUAN: "KẾT LUẬN",
    Kind.KE_HOACH: "KẾ HOẠCH",
    Kind.CHUONG_TRINH: "CHƯƠNG TRÌNH",
}


def text_of(paper: Paper, symbol: str, issued: dt.date, today: dt.date) -> str:
    """The whole paper as text, in the order in which it is read."""
    head = [
        "ĐẢNG BỘ TỈNH SÔNG SẬY",
        "THÀNH ỦY VÀM CỎ",
        "*",
        f"Số {symbol}",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        f"Vàm Cỏ, ngày {issued.day:02d} tháng {issued.month:02d} năm {issued.year}",
        "VĂN BẢN MINH HỌA",
        "",
        TITLES[Kind(paper.kind)],
        paper.subject,
        "-----",
        "",
    ]
    tail = [
        "",
        "Nơi nhận:",
        "- Đảng ủy các phường, xã;",
        "- Lưu Văn phòng Thành ủy.",
        "",
        "T/M BAN THƯỜNG VỤ",
        "BÍ THƯ",
        "(đã ký)",
    ]
    return "\n".join([*head, *_body(paper, today), *tail])


def file_of(paper: Paper, symbol: str, issued: dt.date, today: dt.date, *, by: User) -> StoredFile:
    """The same as a Word file in the official layout."""
    opening, *numbered = _body(paper, today)
    content = word.write(
        word.OfficialDocument(
            regime="party",
            parent_body="ĐẢNG BỘ TỈNH SÔNG SẬY",
            body="THÀNH ỦY VÀM CỎ",
            number=symbol,
            place="Vàm Cỏ",
            date=issued,
            kind=TITLES[Kind(paper.kind)],
            subject=paper.subject,
            blocks=tuple(word.Text(line) for line in (opening, *numbered)),
            authority="T/M BAN THƯỜNG VỤ",
            position="BÍ THƯ",
            recipients=("Đảng ủy các phường, xã",),
            archive="Văn phòng Thành ủy",
            is_illustration=True,
        )
    )
    name = f"{symbol.replace('/', '-')}.docx"
    return store(by=by, content=content, name=name, media_type=word.MEDIA_TYPE)


def _body(paper: Paper, today: dt.date) -> list[str]:
    lines = [paper.opening]
    lines += [f"{number}. {_sentence(work, today)}" for number, work in enumerate(paper.works, start=1)]
    lines += [
        f"{number}. Phấn đấu {goal.period} {goal.text}."
        for number, goal in enumerate(paper.goals, start=len(paper.works) + 1)
    ]
    return lines


def _sentence(work: Work, today: dt.date) -> str:
    due = today + dt.timedelta(days=work.due)
    return f"{work.lead_text} {work.text}, hoàn thành trước ngày {due:%d/%m/%Y}."
