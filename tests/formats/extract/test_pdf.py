"""PDF with a text layer: places on paper become text in reading order."""

import io

import pytest
from pypdf import PdfReader, PdfWriter

from tests.formats.extract.paper import TALL, Sheet, grid, lines, pdf
from thongsuot.formats.reading import Extracted, ReadingError, extract, mark_of
from thongsuot.formats.reading.extract import ocr

pytestmark = pytest.mark.usefixtures("_nearby")

HEAD = [
    (60, 60, "ỦY BAN NHÂN DÂN"),
    (300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA"),
    (60, 80, "XÃ AN BÌNH"),
    (300, 80, "Độc lập - Tự do - Hạnh phúc"),
    (60, 100, "Số: 15/KH-UBND"),
    (300, 100, "An Bình, ngày 05 tháng 3 năm 2026"),
]
BODY = [
    "Ủy ban nhân dân xã yêu cầu các đơn vị thực hiện nghiêm kế hoạch này,",
    "báo cáo kết quả trước ngày 30 tháng 6 năm 2026 để tổng hợp chung.",
    "Các thôn phân công người theo dõi, kịp thời phản ánh vướng mắc với xã.",
    "Công an xã giữ gìn trật tự, an toàn giao thông trong suốt thời gian lễ hội.",
    "Trạm y tế chuẩn bị thuốc men, bố trí người trực tại các điểm đông người.",
]


def read(*sheets: Sheet) -> Extracted:
    return extract(pdf(*sheets), "a.pdf")


def lines_of(*sheets: Sheet) -> list[str]:
    return [line for line in read(*sheets).text.splitlines() if line.strip()]


def test_a_letterhead_is_read_by_columns_and_the_body_after_it() -> None:
    assert lines_of(Sheet([*HEAD, *lines(BODY)])) == [
        "ỦY BAN NHÂN DÂN",
        "XÃ AN BÌNH",
        "Số: 15/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
        "Độc lập - Tự do - Hạnh phúc",
        "An Bình, ngày 05 tháng 3 năm 2026",
        *BODY,
    ]


def test_a_letterhead_of_an_enclosure_is_read_by_columns_too() -> None:
    found = lines_of(Sheet(lines(BODY)), Sheet([*HEAD, *lines(BODY, top=160)]))
    assert found[5:8] == ["ỦY BAN NHÂN DÂN", "XÃ AN BÌNH", "Số: 15/KH-UBND"]


def test_room_left_for_the_number_does_not_part_the_column() -> None:
    head = [*HEAD[:4], (60, 100, "Số:"), (110, 100, "/KH-UBND"), HEAD[5]]
    assert "Số: /KH-UBND" in lines_of(Sheet([*head, *lines(BODY)]))


def test_recipients_are_read_before_who_signs_also_over_a_page() -> None:
    end = [(60, 740, "Nơi nhận:"), (380, 740, "TM. ỦY BAN NHÂN DÂN"), (380, 758, "CHỦ TỊCH")]
    more = [(60, 60, "- Như trên;"), (60, 78, "- Lưu: VT."), (390, 96, "Trần Thị Minh Ánh")]
    found = lines_of(Sheet([*lines(BODY, top=600), *end]), Sheet(more))
    assert found[5:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Thị Minh Ánh",
    ]


def test_text_under_a_signature_does_not_belong_to_a_column() -> None:
    end = [
        (60, 300, "Nơi nhận:"),
        (380, 300, "CHỦ TỊCH"),
        (60, 318, "- Như trên."),
        (380, 340, "Lê Văn An"),
        (60, 400, "Phụ lục kèm theo kế hoạch nói trên gồm hai mươi mốt điểm, xem trang sau"),
    ]
    found = lines_of(Sheet([*lines(BODY), *end]))
    assert found[-2:] == ["Lê Văn An", end[-1][2]]


def test_letters_of_a_second_font_go_back_to_their_place() -> None:
    # The program that made it wrote "T NH" first and the letters it took from another font afterwards.
    first = [(60, 200, "T"), (72, 200, "NH AN"), (60, 220, "h"), (72, 220, "i"), (84, 220, "nay")]
    second = [(66, 200, "I"), (66, 220, "a")]
    assert lines_of(Sheet([*first, *second])) == ["TINH AN", "hai nay"]


def test_page_numbers_and_running_heads_are_left_out_and_kept_apart() -> None:
    sheets = [
        Sheet(
            [
                (60, 40, f"Công báo số {n} ngày {n}/3/2026"),
                (60, 55, "XÃ AN BÌNH"),
                *lines([f"Phần thứ {n}.", *BODY]),
                (290, TALL - 30, f"- {n} -"),
            ]
        )
        for n in range(1, 5)
    ]
    found = read(*sheets)
    assert "Công báo" not in found.text
    assert "- 2 -" not in found.text
    assert found.text.count("Phần thứ") == 4
    assert "Công báo số 1 ngày 1/3/2026" in found.apart


def test_a_line_at_the_edge_of_one_page_stays() -> None:
    found = lines_of(Sheet([(60, 40, "Dự thảo lần 2"), *lines(BODY)]), Sheet(lines(BODY)))
    assert found[0] == "Dự thảo lần 2"


def test_a_running_stamp_of_secrecy_is_seen() -> None:
    sheets = [Sheet([(270, 40, "MẬT"), *lines(BODY)]) for _ in range(4)]
    assert mark_of(read(*sheets)) == "mat"


def test_the_stamp_of_a_digital_signature_is_not_part_of_the_text() -> None:
    stamp = [
        (330, 700, "Ký bởi: Ủy ban nhân dân xã An Bình"),
        (330, 710, "Cơ quan: Tỉnh Hòa Lạc"),
        (330, 720, "Thời gian ký: 05.03.2026 14:24:26 +07:00"),
    ]
    found = read(Sheet(lines(BODY), small=stamp))
    assert "Ký bởi" not in found.text
    assert "Thời gian" not in found.text
    assert "Ký bởi: Ủy ban nhân dân xã An Bình" in found.apart
    assert BODY[0] in found.text


def test_a_symbol_broken_at_the_line_end_is_whole_again() -> None:
    text = read(
        Sheet(lines(["Thực hiện Kế hoạch số 15/KH-", "UBND ngày 05/3/2026, quy định tại điểm 2", *BODY]))
    ).text
    assert "số 15/KH-UBND\nngày 05/3/2026" in text


def test_a_ruled_table_is_read_by_rows_and_goes_on_over_the_page() -> None:
    xs = (60, 100, 320, 530)
    first = Sheet(
        [
            *lines(BODY, top=100),
            (65, 715, "TT"),
            (110, 715, "Nhiệm vụ"),
            (330, 715, "Chủ trì"),
            (65, 745, "1"),
            (110, 745, "Rà soát hộ nghèo và"),
            (330, 745, "Phòng Kinh tế"),
        ],
        rules=grid(xs, (700, 730, 780)),
    )
    second = Sheet(
        [
            (65, 65, "TT"),
            (110, 65, "Nhiệm vụ"),
            (330, 65, "Chủ trì"),
            (110, 95, "hộ cận nghèo"),
            (65, 125, "2"),
            (110, 125, "Tuyên"),
            (110, 140, "truyền"),
            (330, 125, "Công an xã"),
        ],
        rules=grid(xs, (50, 80, 110, 160)),
    )
    found = lines_of(first, second)
    assert found[5:] == [
        "TT | Nhiệm vụ | Chủ trì",
        "1 | Rà soát hộ nghèo và hộ cận nghèo | Phòng Kinh tế",
        "2 | Tuyên truyền | Công an xã",
    ]


def test_merged_cells_say_their_text_once_and_keep_the_columns() -> None:
    rules = [
        *((60, y, 530, y) for y in (100, 130, 190)),
        (100, 160, 530, 160),  # not through the first column: one cell over two rows
        *((x, 100, x, 190) for x in (60, 100, 530)),
        (320, 130, 320, 190),  # not through the first row: one cell over two columns
    ]
    texts = [
        (65, 120, "I"),
        (110, 120, "Văn hóa và xã hội"),
        (65, 160, "1"),
        (110, 150, "Tuyên truyền"),
        (330, 150, "Quý I"),
        (110, 180, "Kiểm tra"),
        (330, 180, "Quý II"),
    ]
    assert lines_of(Sheet(texts, rules=rules)) == [
        "I | Văn hóa và xã hội |",
        "1 | Tuyên truyền | Quý I",
        " | Kiểm tra | Quý II",
    ]


def test_underlines_and_a_frame_are_no_table() -> None:
    frame = [
        (50, 50, 545, 50),
        (50, 800, 545, 800),
        (50, 50, 50, 800),
        (545, 50, 545, 800),
        (85, 125, 200, 125),
    ]
    assert lines_of(Sheet(lines(BODY), rules=frame)) == BODY


def test_footnotes_stand_at_the_end() -> None:
    text = lines(BODY, top=100)
    notes = [(85, 780, "1 Theo Luật số 72/2025/QH15."), (85, 792, "2 Không kể xã đảo.")]
    found = read(
        Sheet([*text], small=[(85 + len(BODY[0]) * 6, 96, "1"), *notes]), Sheet(lines(["Trang sau."]))
    )
    assert f"{BODY[0]}[1]" in found.text
    assert found.text.rstrip().endswith("Trang sau.\n\n[1] Theo Luật số 72/2025/QH15.\n[2] Không kể xã đảo.")


def test_a_raised_figure_is_a_note_only_where_there_is_one() -> None:
    raised = Sheet(
        [(85, 100, "Diện tích 120m"), *lines(BODY)], small=[(85 + len("Diện tích 120m") * 6, 96, "2")]
    )
    assert "Diện tích 120m2" in read(raised).text


@pytest.mark.parametrize("rotate", [0, 90, 270])
def test_a_page_turned_on_its_side_is_read(rotate: int) -> None:
    assert lines_of(Sheet(lines(BODY[:3]), turned=True, rotate=rotate)) == BODY[:3]


def test_a_wider_distance_begins_a_paragraph() -> None:
    text = read(Sheet([*lines(BODY), *lines(BODY, top=240)])).text
    assert text.count("\n\n") == 1
    assert f"{BODY[-1]}\n\n{BODY[0]}" in text


def test_a_line_set_in_begins_a_paragraph_and_a_title_in_the_middle_does_not() -> None:
    def paragraph(top: float) -> list[tuple[float, float, str]]:
        return [(115, top, BODY[0]), *lines([f"{BODY[0]} năm nay"] * 3, top=top + 18)]

    text = read(Sheet([*paragraph(100), *paragraph(172)])).text
    assert text.count("\n\n") == 1


@pytest.mark.parametrize("comment", ["MẬT", "TUYỆT MẬT"])
def test_a_comment_is_not_text_but_its_stamp_counts(comment: str) -> None:
    found = read(Sheet([*HEAD, *lines(BODY)], comments=["Xem lại câu này", comment]))
    assert "Xem lại" not in found.text
    assert mark_of(found) is not None


def test_a_watermark_does_not_get_between_the_lines() -> None:
    slanted = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <" + "DỰ THẢO".encode("utf-16-be").hex() + "> Tj ET"
    assert lines_of(Sheet(lines(BODY), extra=slanted)) == BODY


def test_progress_tells_of_every_page_in_the_end() -> None:
    told: list[tuple[int, int]] = []
    extract(pdf(*[Sheet(lines(BODY))] * 5), "a.pdf", progress=lambda done, pages: told.append((done, pages)))
    assert told[-1] == (5, 5)


def test_a_locked_pdf_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(Sheet(lines(BODY))))))
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(ReadingError) as caught:
        extract(stream.getvalue(), "a.pdf")
    assert caught.value.code == "encrypted"


def test_a_font_that_lies_about_its_letters_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "can_recognise", lambda: False)
    garbage = ["7KӵF KLӋQ 4X\\ӃW ÿӏQK Vӕ 4Ĉ6&7 ngày FӫD Giám ÿӕF 6ӣ Công 7KѭѫQJ WӍQK"] * 12
    with pytest.raises(ReadingError) as caught:
        read(Sheet(lines(garbage)))
    assert caught.value.code == "unreadable"
