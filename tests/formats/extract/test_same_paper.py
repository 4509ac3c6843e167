"""The same paper, sent in any format, is the same paper to the reader."""

import dataclasses
from typing import Any

import pytest

from tests.formats.extract import papers
from tests.formats.extract.office_suite import KINDS, made_by_libreoffice
from thongsuot.formats.reading import extract, mark_of, understand

FLOWING = [kind for kind in KINDS if kind != "pdf"]  # formats that keep paragraphs, not places on a page
EVERYTHING = """HỎA TỐC
ỦY BAN NHÂN DÂN
XÃ AN BÌNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND
An Bình, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Triển khai nếp sống văn minh
Căn cứ Luật số 72/2025/QH15;
I. MỤC TIÊU
1. Tỷ lệ hộ đạt chuẩn văn hóa đạt tối thiểu 95%.
II. TỔ CHỨC THỰC HIỆN
1. Phòng Văn hóa - Xã hội
a) Chủ trì, phối hợp với Công an xã tổ chức tuyên truyền.
b) Báo cáo Ủy ban nhân dân xã:
- Bằng văn bản.
2. Giao Công an xã tăng cường kiểm tra.
Hạn 31/12
xã An Bình yêu cầu các thôn
UỶ BAN NHÂN DÂN
Dòng một
Dòng hai sau khoảng cách
TT | Nhiệm vụ | Chủ trì | Thời gian
I | Tuyên truyền | |
1 | Viết bài | Công an xã | Quý I/2026
2 | Phát thanh | Công an xã | Quý II/2026
3 | Họp dân | Đoàn xã | 2026
Nơi nhận:
- Các thôn;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Thị Ánh"""

ODDITIES = """Số: 15/KH-UBND
KẾ HOẠCH
Căn cứ[1] và[2]
I. Mục tiêu
I.1. một
I.2. hai
a) x
II. Tổ chức
II.1. ba
I. Lại từ đầu
xã An Bình
KẾ HOẠCH
UBND-XD
dòng
A | b1 b2 | C
1 | 2 | 3
Cuối.
[1] Chân trang
[2] Cuối bài"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    words = {
        "plan": papers.plan(),
        "everything": papers.everything(),
        "oddities": papers.oddities(),
        "drawn": papers.drawn(),
    }
    made = made_by_libreoffice(words, tmp_path_factory.mktemp("offices"))
    return made | {(name, "docx"): data for name, data in words.items()}


def understood(data: bytes, kind: str) -> dict[str, Any]:
    reading = understand(extract(data, f"a.{kind}"))
    frame = dataclasses.asdict(reading.metadata)
    return {
        "frame": {
            name: item and item["value"] for name, item in frame.items() if not isinstance(item, tuple)
        },
        "recipients": [item["value"] for item in frame["recipients"]],
        "references": [(item.type, item.number, item.date, item.relation) for item in reading.references],
        "tasks": [(t.action, t.assignees, t.coordinators, t.deadline_text, t.due) for t in reading.tasks],
        "targets": [(target.indicator, target.value, target.unit) for target in reading.targets],
    }


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_paper_gives_the_same_work(files: dict[tuple[str, str], bytes], kind: str) -> None:
    expected = understood(files["plan", "docx"], "docx")
    assert len(expected["tasks"]) >= 4
    assert len(expected["references"]) >= 2
    assert understood(files["plan", kind], kind) == expected


@pytest.mark.parametrize("kind", ["docx", *FLOWING])
def test_every_line_stands_as_it_is_printed(files: dict[tuple[str, str], bytes], kind: str) -> None:
    found = extract(files["everything", kind], f"a.{kind}")
    lines = [" ".join(line.split()) for line in found.text.splitlines() if line.strip()]
    expected = EVERYTHING
    if kind == "html":  # has no bracket behind the letters of a list; LibreOffice keeps deleted words in it
        for kept, said in (("\na)", "\na."), ("\nb)", "\nb."), ("Hạn 31", "Hạn 30/631")):
            expected = expected.replace(kept, said)
    assert "\n".join(lines) == expected
    assert [notice.code for notice in found.warnings] == ["converted_encoding"]


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf", "doc"])
def test_what_is_seldom_done_is_read_too(files: dict[tuple[str, str], bytes], kind: str) -> None:
    found = extract(files["oddities", kind], f"a.{kind}")
    assert "\n".join(line for line in found.text.splitlines() if line.strip()) == ODDITIES


@pytest.mark.parametrize("kind", ["docx", *KINDS])
def test_the_stamp_in_the_margin_is_seen_in_every_format(
    files: dict[tuple[str, str], bytes], kind: str
) -> None:
    assert mark_of(extract(files["everything", kind], f"a.{kind}")) == "mat"
    assert mark_of(extract(files["plan", kind], f"a.{kind}")) is None


@pytest.mark.parametrize("kind", ["docx", "odt", "rtf", "doc"])
def test_a_stamp_that_is_a_decorated_word_is_seen(files: dict[tuple[str, str], bytes], kind: str) -> None:
    found = extract(files["drawn", kind], f"a.{kind}")
    assert mark_of(found) == "toi_mat"
