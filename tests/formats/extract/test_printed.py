"""A paper printed to PDF says the same as the Word file it was printed from, and nearly the same as its scan."""

import datetime as dt
import io
from functools import cache

import pytest

from tests.formats.extract.office import converted
from thongsuot.formats.reading import Reading, extract, understand
from thongsuot.formats.reading.extract import ocr
from thongsuot.formats.reading.extract.pdf.document import opened, picture_of
from thongsuot.formats.word import Heading, OfficialDocument, Table, Text, write

PARAGRAPH = (
    "Trong năm qua, việc thực hiện nếp sống văn minh trên địa bàn xã đã có nhiều chuyển biến tích cực; nhân dân "
    "các thôn hưởng ứng, tham gia đóng góp ngày công và hiến đất mở rộng đường làng, ngõ xóm theo quy hoạch chung."
)
FRAME = (
    *("number", "date", "place", "doc_type", "subject", "issuing_body", "issuing_body_parent", "regime"),
    *("signer", "signer_title", "sign_authority"),
)
UNITS = ("Phòng Kinh tế", "Công an xã", "Trạm Y tế xã", "Phòng Văn hóa - Xã hội")


def paper(regime: str = "state") -> OfficialDocument:
    rows = tuple(
        (
            f"{n}",
            f"Tổ chức tuyên truyền đợt {n} tại các thôn, ghi sổ theo dõi và lấy ý kiến nhân dân",
            UNITS[n % 4],
            "Quý II/2026",
        )
        for n in range(1, 41)
    )
    state = regime == "state"
    return OfficialDocument(
        regime="state" if state else "party",
        parent_body="" if state else "Đảng bộ tỉnh Hòa Lạc",
        body="Ủy ban nhân dân xã An Bình" if state else "Đảng ủy xã An Bình",
        kind="kế hoạch",
        subject="triển khai thực hiện nếp sống văn minh trên địa bàn xã An Bình giai đoạn 2026 - 2030",
        number="15/KH-UBND" if state else "15-KH/ĐU",
        place="An Bình",
        date=dt.date(2026, 3, 5),
        blocks=(
            Text("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025;"),
            Text("Thực hiện Nghị quyết số 09-NQ/ĐU ngày 12/01/2026 của Đảng ủy xã An Bình về nếp sống văn minh."),
            Heading("I. TÌNH HÌNH"),
            *(Text(PARAGRAPH) for _ in range(8)),
            Heading("II. TỔ CHỨC THỰC HIỆN"),
            Text("1. Giao Phòng Kinh tế chủ trì, phối hợp với Công an xã rà soát hộ kinh doanh trước ngày 30/6/2026."),
            Text("2. Công an xã kiểm tra việc giữ gìn trật tự, báo cáo trước ngày 15 hằng tháng."),
            Text("3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam xã vận động nhân dân thực hiện nếp sống văn minh."),
            Heading("III. PHÂN CÔNG"),
            Table(("TT", "Nhiệm vụ", "Chủ trì", "Thời gian"), rows, (0.08, 0.5, 0.25, 0.17)),
        ),
        authority="TM. Ủy ban nhân dân" if state else "T/M Đảng ủy",
        position="Chủ tịch" if state else "Bí thư",
        signer="Trần Thị Minh Ánh",
        recipients=("Thường trực Đảng ủy xã (b/c)", "Các thôn", "Như Điều 3"),
        archive="VT",
    )  # fmt: skip


@cache
def printed(regime: str) -> tuple[bytes, bytes]:
    word = write(paper(regime))
    return word, converted(word, "pdf")


def read(data: bytes, name: str) -> Reading:
    return understand(extract(data, name))


def frame(reading: Reading) -> dict[str, object]:
    found = {name: getattr(reading.metadata, name) for name in FRAME}
    plain: dict[str, object] = {name: item.value.casefold() if item else None for name, item in found.items()}
    return plain | {"recipients": [item.value for item in reading.metadata.recipients]}


def work(reading: Reading) -> list[tuple[str, tuple[str, ...], str | None]]:
    return [(" ".join(t.action.split()), t.assignees, t.deadline_text) for t in reading.tasks]


@pytest.mark.parametrize("regime", ["state", "party"])
def test_print_and_word_file_say_the_same(regime: str) -> None:
    word, pdf = printed(regime)
    from_word, from_pdf = read(word, "a.docx"), read(pdf, "a.pdf")
    assert len(from_pdf.pages) > 2
    assert len(work(from_word)) > 40  # the table goes over several pages
    assert frame(from_pdf) == frame(from_word)
    assert work(from_pdf) == work(from_word)
    cited = [[(r.type, r.number, r.date) for r in reading.references] for reading in (from_word, from_pdf)]
    assert cited[0] == cited[1]


def test_a_scan_of_it_keeps_its_frame_and_nearly_all_its_words() -> None:
    if not ocr.can_recognise():
        pytest.skip("Tesseract with Vietnamese is missing; test_ocr says so aloud")
    word, pdf = printed("state")
    with opened(pdf) as document:
        picture, dots = picture_of(document, 0)
    scan = io.BytesIO()
    picture.convert("L").save(scan, "PDF", resolution=dots)
    first = read(scan.getvalue(), "a.pdf")
    true = frame(read(word, "a.docx"))
    found = frame(first)
    for name in ("number", "date", "place", "doc_type", "regime", "issuing_body"):
        assert str(found[name]).replace(" ", "") == str(true[name]).replace(" ", "")
    meant = PARAGRAPH.split()
    assert sum(word in first.text.split() for word in meant) >= 0.95 * len(meant)
