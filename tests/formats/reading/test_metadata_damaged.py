"""Frames that pages and converters left in pieces: what names body, kind, date and subject there."""

import pytest

from thongsuot.formats.reading import Extracted, Metadata, understand

LETTER = (
    "ỦY BAN NHÂN DÂN\nTỈNH SÔNG NGÂN\nSỞ Y TẾ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
    "{number}\nSông Ngân, ngày 07 tháng 12 năm 2020\n\nKính gửi: Các trung tâm y tế huyện\n\n"
    "Đề nghị các trung tâm y tế gửi báo cáo trước ngày 20/12/2020.\n\n{end}"
)


def metadata_of(text: str) -> Metadata:
    return understand(Extracted(text=text, pages=(), media_type="text/plain")).metadata


def said(text: str, *fields: str) -> list[str | None]:
    metadata = metadata_of(text)
    items = [getattr(metadata, field) for field in fields]
    return [item.value if item else None for item in items]


@pytest.mark.parametrize(
    "number",
    [
        "Số: 28/SYT-NV\nVề: góp ý dự thảo Quy chế trực.",
        "Số: 28/SYT-NV\nVề : góp ý dự thảo\nQuy chế trực",
        "Số: 28/SYT-NV\nVề góp ý dự thảo Quy chế trực",
        "Số: 28/SYT-NVV/v góp ý dự thảo Quy chế trực",
        "Số: 28/SYT-NV V/vgóp ý dự thảo Quy chế trực",
    ],
)
def test_a_subject_under_the_number_however_it_is_marked(number: str) -> None:
    assert said(LETTER.format(number=number, end=""), "number", "subject") == [
        "28/SYT-NV",
        "góp ý dự thảo Quy chế trực",
    ]


def test_a_subject_written_out_behind_the_text() -> None:
    end = "- Như trên;\n- Lưu: VT.\nV/v góp ý dự thảo\nQuy chế trực\nGIÁM ĐỐC\n(đã ký)\nTrần Văn An"
    text = LETTER.format(number="Số: 28/SYT-NV", end=end)
    assert said(text, "subject", "signer") == ["góp ý dự thảo Quy chế trực", "Trần Văn An"]


def test_a_post_above_the_recipients_and_its_name_below_them() -> None:
    end = "HIỆU TRƯỞNG\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nTrần Văn An"
    text = LETTER.format(number="Số: 28/SYT-NV", end=end)
    assert said(text, "signer", "signer_title") == ["Trần Văn An", "Hiệu trưởng"]
    assert [item.value for item in metadata_of(text).recipients] == ["Như trên", "Lưu: VT"]


def test_a_head_that_a_page_repeats() -> None:
    head = (
        "SỞ Y TẾ SÔNG NGÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM TRƯỜNG THPT AN BÌNH Độc lập - Tự do - Hạnh phúc"
    )
    text = (
        f"{head} Số: 14/TTr-AB\nTrang 1{head}\nSố: 14/TTr-AB An Bình, ngày 10 tháng 10 năm 2020\nTỜ TRÌNH\n"
        "Về việc công nhận thư viện\nKính gửi: Phòng Giáo dục và Đào tạo\nTrường kính trình Phòng xem xét.\n"
    )
    assert said(text, "issuing_body", "issuing_body_parent") == [
        "Trường THPT An Bình",
        "Sở Y tế Sông Ngân",
    ]


def test_a_decision_that_lost_all_its_line_ends() -> None:
    text = (
        "BAN CHẤP HÀNH TRUNG ƯƠNG***Số: 36 - QĐ/TWĐTN-VPĐOÀN TNCS HỒ CHÍ MINH Hà Nội, ngày 29 tháng 10 năm 2020 "
        "QUYẾT ĐỊNHVề việc ban hành Quy định về thi đua--------- BAN BÍ THƯ TRUNG ƯƠNG ĐOÀN TNCS HỒ CHÍ MINH"
        "- Căn cứ Điều lệ Đoàn TNCS Hồ Chí Minh; QUYẾT ĐỊNH Điều 1. Ban hành kèm theo quyết định này Quy định về thi "
        "đua. Điều 2. Giao Văn phòng hướng dẫn, kiểm tra việc thực hiện. Các đơn vị thi hành./. Nơi nhận: - Như điều "
        "2; - Lưu VT. TM. BAN BÍ THƯ TRUNG ƯƠNG ĐOÀNBÍ THƯ THƯỜNG TRỰC (đã ký) Trần Văn An"
    )
    assert said(text, "number", "doc_type", "date", "subject", "signer", "signer_title") == [
        "36-QĐ/TWĐTN-VP",
        "quyet_dinh",
        "2020-10-29",
        "Về việc ban hành Quy định về thi đua",
        "Trần Văn An",
        "Bí thư Thường trực",
    ]


@pytest.mark.parametrize(
    ("sentence", "body", "number", "date"),
    [
        (
            "Ngày 18.5.2021 có mưa to; ngày 19.5, Chủ tịch UBND tỉnh có Công điện số 15, về việc phòng, chống mưa lũ",
            "Chủ tịch UBND tỉnh",
            "15",
            "2021-05-19",
        ),
        (
            "Ban Tuyên giáo Tỉnh ủy Sông Ngân vừa ban hành Công văn số 15-CV/BTGTU, về việc phòng, chống mưa lũ",
            "Ban Tuyên giáo Tỉnh ủy Sông Ngân",
            "15-CV/BTGTU",
            None,
        ),
        (
            "Ngày 19/5/2021, Ủy ban Kiểm tra Huyện ủy An Bình đã ban hành Công văn số 15-CV/UBKTHU về việc phòng, "
            "chống mưa lũ",
            "Ủy ban Kiểm tra Huyện ủy An Bình",
            "15-CV/UBKTHU",
            "2021-05-19",
        ),
        (
            "Hội Nông dân tỉnh Sông Ngân vừa có Công văn số 15-CV/HNDT về việc phòng, chống mưa lũ",
            "Hội Nông dân tỉnh Sông Ngân",
            "15-CV/HNDT",
            None,
        ),
    ],
)
def test_a_report_names_the_paper_in_a_sentence(
    sentence: str, body: str, number: str, date: str | None
) -> None:
    text = f"{sentence}\n\nTheo đó, các huyện chủ động ứng phó.\n\nCác cơ quan báo chí đưa tin.\n"
    assert said(text, "issuing_body", "number", "date", "subject") == [
        body,
        number,
        date,
        "về việc phòng, chống mưa lũ",
    ]


def test_a_plan_that_names_itself_below_its_legal_bases() -> None:
    text = (
        "Căn cứ Kế hoạch số 45/KH-UBND ngày 14 tháng 4 năm 2026 của Ủy ban nhân dân tỉnh Sông Ngân;\n\n"
        "Trường THPT An Bình xây dựng Kế hoạch thực hiện các giải pháp phòng ngừa tội phạm, cụ thể như sau:\n\n"
        "I. MỤC ĐÍCH\n\nXây dựng môi trường an toàn.\n"
    )
    assert said(text, "issuing_body", "doc_type", "subject") == [
        "Trường THPT An Bình",
        "ke_hoach",
        "thực hiện các giải pháp phòng ngừa tội phạm",
    ]


def test_a_notice_under_a_headline() -> None:
    text = (
        "Thông báo khẩn ngày 18/10/2020\n\nKính gửi:\n\nHiệu trưởng các trường\n"
        "Thực hiện chỉ đạo của Giám đốc Sở Giáo dục và Đào tạo. Phòng GD&ĐT yêu cầu:\n1. Cho học sinh nghỉ học.\n"
    )
    assert said(text, "issuing_body", "date") == ["Phòng GD&ĐT", "2020-10-18"]
    page = (
        "In trang\n\nThông báo về việc tổng vệ sinh tại thành phố An Bình.\n\nKính gửi: Hiệu trưởng các trường. "
        "Thực hiện Kế hoạch của thành phố, Phòng Giáo dục - Đào tạo yêu cầu các trường tổng vệ sinh.\n"
    )
    assert said(page, "issuing_body", "subject") == [
        "Phòng Giáo dục - Đào tạo",
        "về việc tổng vệ sinh tại thành phố An Bình",
    ]


def test_a_place_between_marks_of_italics() -> None:
    text = LETTER.format(number="Số: 28/SYT-NV", end="").replace("Sông Ngân, ngày", "_Đốc Sông Ngân, ngày")
    assert said(text, "place") == ["Đốc Sông Ngân"]
