"""The frame of a paper: who issued it, its number, kind, date, subject, signature and recipients."""

from datetime import date

import pytest

from tests.formats.samples import PARTY_RESOLUTION, STATE_PLAN
from thongsuot.formats.reading import Extracted, Reading, read, to_json, understand
from thongsuot.formats.reading.words import sentence_case


def understood(text: str) -> Reading:
    return understand(Extracted(text=text, pages=(), media_type="text/plain"))


def test_the_frame_of_a_state_plan() -> None:
    metadata = to_json(read(STATE_PLAN.encode(), "a.txt"))["metadata"]
    assert metadata == {
        "issuing_body": "Ủy ban nhân dân xã An Bình",
        "issuing_body_parent": None,
        "doc_type": "ke_hoach",
        "number": "15/KH-UBND",
        "place": "An Bình",
        "date": "2026-03-05",
        "subject": "TRIỂN KHAI NGHỊ QUYẾT SỐ 09-NQ/ĐU VỀ XÂY DỰNG NẾP SỐNG VĂN MINH",
        "signer": "Trần Thị Minh Ánh",
        "signer_title": "Phó Chủ tịch",
        "sign_authority": "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH",
        "regime": "state",
        "urgency": None,
        "secrecy": None,
        "addressees": [],
        "recipients": ["Thường trực Đảng ủy xã (b/c)", "Các thôn", "Lưu: VT"],
        "rule_set": "nd30",
        "sent_to": [
            {"value": "Thường trực Đảng ủy xã", "purpose": "report"},
            {"value": "Các thôn", "purpose": "inform"},
            {"value": "Lưu: VT", "purpose": "file"},
        ],
    }


def test_the_frame_of_a_party_resolution() -> None:
    metadata = read(PARTY_RESOLUTION.encode(), "a.txt").metadata
    assert metadata.regime is not None
    assert metadata.regime.value == "party"
    assert metadata.issuing_body is not None
    assert metadata.issuing_body.value == "Đảng ủy xã An Bình"
    assert metadata.issuing_body_parent is not None
    assert metadata.issuing_body_parent.value == "Đảng bộ tỉnh Hòa Lạc"
    assert metadata.number is not None
    assert metadata.number.value == "09-NQ/ĐU"
    assert metadata.doc_type is not None
    assert metadata.doc_type.value == "nghi_quyet"
    assert metadata.sign_authority is not None
    assert metadata.sign_authority.value == "T/M ĐẢNG ỦY"
    assert metadata.signer is not None
    assert metadata.signer.value == "Lê Văn Đức"


LETTER = """SỞ NỘI VỤ
PHÒNG TỔ CHỨC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:        /SNV-TC
V/v rà soát số lượng
cán bộ cấp xã
HỎA TỐC
Tân Phú, ngày     tháng 6 năm 2026
Kính gửi:
- Ủy ban nhân dân các xã, phường;
- Văn phòng Tỉnh ủy.
Đề nghị Ủy ban nhân dân các xã, phường báo cáo số lượng cán bộ trước ngày 15/6.
"""


def test_a_letter_with_blank_number_and_day() -> None:
    reading = understood(LETTER)
    metadata = to_json(reading)["metadata"]
    assert metadata["number"] is None
    assert metadata["date"] == "2026-06"
    assert metadata["doc_type"] == "cong_van"
    assert metadata["subject"] == "rà soát số lượng cán bộ cấp xã"
    assert metadata["urgency"] == "hoa_toc"
    assert metadata["issuing_body_parent"] == "Sở Nội vụ"
    assert metadata["addressees"] == ["Ủy ban nhân dân các xã, phường", "Văn phòng Tỉnh ủy"]
    (task,) = reading.tasks
    assert task.due == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("capitals", "usual"),
    [
        ("VỀ PHỤC VỤ NGƯỜI DÂN TỈNH ĐẮK LẮK", "Về phục vụ người dân tỉnh Đắk Lắk"),
        ("VỀ KINH TẾ - XÃ HỘI XÃ SEN VÀNG NĂM 2026", "Về kinh tế - xã hội xã Sen Vàng năm 2026"),
        ("VỀ GIỮ SẠCH ĐƯỜNG PHỐ THÀNH PHỐ VÀM CỎ", "Về giữ sạch đường phố thành phố Vàm Cỏ"),
        ("VỀ BẦU CỬ ĐẠI BIỂU QUỐC HỘI KHÓA XVI", "Về bầu cử đại biểu Quốc hội khóa XVI"),
        ("VỀ SÁP NHẬP TRƯỜNG TH AN BÌNH", "Về sáp nhập Trường TH An Bình"),
        ("VỀ TRƯỜNG THCS LÊ LỢI ĐẠT CHUẨN", "Về Trường THCS Lê Lợi đạt chuẩn"),
        ("VỀ TRƯỜNG TIỂU HỌC TRẦN THỊ BÍCH NGỌC NĂM 2026", "Về Trường Tiểu học Trần Thị Bích Ngọc năm 2026"),
        ("LẬP TRƯỜNG TH VÀ THCS SƠN LÂM THUỘC XÃ", "Lập Trường TH và THCS Sơn Lâm thuộc xã"),
        ("VỀ CÁC TRƯỜNG TH, THCS NĂM HỌC 2026", "Về các trường TH, THCS năm học 2026"),
        ("VỀ CÁC TRƯỜNG TIỂU HỌC KIỂU MỚI", "Về các trường tiểu học kiểu mới"),
        ("VỀ KẾ HOẠCH CỦA SỞ GD&ĐT LẠC THỦY", "Về kế hoạch của Sở GD&ĐT Lạc Thủy"),
        ("VỀ CƠ SỞ GD&ĐT TỰ CHỦ", "Về cơ sở gd&đt tự chủ"),
        ("VỀ MÔI TRƯỜNG HỌC TẬP", "Về môi trường học tập"),
        ("VỀ HỢP TÁC XÃ KIỂU MỚI", "Về hợp tác xã kiểu mới"),
        ("Về việc đã viết thường", "Về việc đã viết thường"),
    ],
)
def test_a_subject_in_capitals_becomes_a_sentence(capitals: str, usual: str) -> None:
    assert sentence_case(capitals) == usual
