"""A stamped document is recognised before anything is kept; the words of a sentence are not a stamp."""

import io
import unicodedata
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml

from tests.formats.samples import PARTY_RESOLUTION, STATE_PLAN
from thongsuot.formats.reading import extract, mark_of, secrecy_of

HEAD, BODY = STATE_PLAN.split("Số: 15", 1)


def stamped(line: str) -> str:
    return f"{HEAD}{line}\nSố: 15{BODY}"


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("MẬT", "mat"),
        ("Mật", "mat"),
        ("M Ậ T", "mat"),
        ("TỐI MẬT", "toi_mat"),
        ("T Ố I   M Ậ T", "toi_mat"),
        ("Tuyệt mật", "tuyet_mat"),
        ("TUYỆT  MẬT", "tuyet_mat"),
        ("(MẬT)", "mat"),
        ("Độ mật: Tối mật", "toi_mat"),
        ("MẬT - KHẨN", "mat"),
        ("HỎA TỐC, MẬT", "mat"),
        ("**TỐI MẬT**", "toi_mat"),
        ("TOI MAT", "toi_mat"),
        ("| MẬT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |", "mat"),
        (unicodedata.normalize("NFD", "TUYỆT MẬT"), "tuyet_mat"),
        ("Độ mật Mật", "mat"),
        ("Mức độ: Mật", "mat"),
        ("Cấp độ mật: Tối mật", "toi_mat"),
        ("TUYỆT-MẬT", "tuyet_mat"),
        ("TUYỆT MẬT - Bản số: 01", "tuyet_mat"),
        ("MẬT (Bản số 3)", "mat"),
        ("MẬT  Số: 12/KH-UBND", "mat"),
        ("TÀI LIỆU TỐI MẬT", "toi_mat"),
    ],
)
def test_a_stamp_is_recognised(line: str, level: str) -> None:
    assert secrecy_of(stamped(line)) == level


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Về bảo vệ bí mật nhà nước",
        "KẾ HOẠCH BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "DANH MỤC BÍ MẬT NHÀ NƯỚC ĐỘ TUYỆT MẬT,\nTỐI MẬT",
        "Công tác bảo vệ bí\nmật",
        "KHẨN",
        "Điều 5. Mật độ dân số",
        "MẬT ONG RỪNG",
        "BẢO MẬT",
        "Tài liệu mật",
        "Độ mật:",
        "Độ mật: Thường",
        "Trần Văn Mật",
        "1. Tối mật",
        "BẢO MẬT 01",
        "MẬT MÃ 01",
        "MAT 01",
        "Mật 1",
        "MẬT 2026",
    ],
)
def test_words_are_not_a_stamp(line: str) -> None:
    assert secrecy_of(stamped(line)) is None


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("TUYỆT MẬT HỎA TỐC", "tuyet_mat"),
        ("MẬT KHẨN", "mat"),
        ("THƯỢNG KHẨN TỐI MẬT", "toi_mat"),
        ("MẬT (Thời hạn bảo vệ: 10 năm)", "mat"),
        ("TỐI MẬT - Thời hạn bảo vệ: đến ngày 05/3/2036", "toi_mat"),
        ("Độ mật: Mật; Thời hạn BVBMNN: 10 năm", "mat"),
        ("TUYỆT MẬT (chỉ người có tên)", "tuyet_mat"),
        ("MẬT  BS: 05", "mat"),
        ("MẬT 01", "mat"),
        ("[TUYỆT MẬT SỐ 12]", "tuyet_mat"),
        ("MẬT Bản số: 05/10", "mat"),
        ("MẬT MẬT", "mat"),
        ("BÁO CÁO MẬT", "mat"),
        ("KẾ HOẠCH TỐI MẬT", "toi_mat"),
        ("Số: 12/BC-CA MẬT", "mat"),
        ("Số 12-BC/TU TUYỆT MẬT", "tuyet_mat"),
        ("A - TUYỆT MẬT", "tuyet_mat"),
        ("M\nẬ\nT", "mat"),
        ("T\nU\nY\nỆ\nT\n\nM\nẬ\nT", "tuyet_mat"),
        ("TÀI LIỆU Độ mật: Mật", "mat"),
    ],
)
def test_a_stamp_with_words_beside_it_is_recognised(line: str, level: str) -> None:
    assert secrecy_of(stamped(line)) == level


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("\u041cẬ\u0422", "mat"),
        ("\u039cẬ\u03a4", "mat"),
        ("\u041c\u0410\u0302\u0323\u0422", "mat"),
        ("\uff34\uff2f\uff29 \uff2d\uff21\uff34", "toi_mat"),
        ("\U0001d40cẬ\U0001d413", "mat"),
        ("\u24c2Ậ\u24c9", "mat"),
        ("TUYÊT MÂT", "tuyet_mat"),
        ("MẠT", "mat"),
        ("\u202eTẬM\u202c", "mat"),
        ("TỐI\u200b MẬT KHẨN", "toi_mat"),
    ],
)
def test_a_stamp_in_look_alike_or_damaged_letters_is_recognised(line: str, level: str) -> None:
    assert secrecy_of(stamped(line)) == level


@pytest.mark.parametrize(
    "line",
    [
        "STT | Độ mật | Mật | Tối mật",
        "Mật độ | Mật",
        "Tên | Mật",
        "Cà Mau | Mật | Thường",
        "- Tuyệt mật;\n- Tối mật;\n- Mật.",
        "Mức độ mật",
        "Mức độ mật:",
        "MỨC ĐỘ MẬT",
        "DẤU MẬT",
        "Nguyễn Văn\nMật",
        "Đồng chí Lò Thị Ngọc\nMật",
        "ĐOÀN KẾT TRONG\nMẶT\nTRẬN",
        "Mật khẩn",
        "KẾ HOẠCH MẬT ONG",
        "Báo cáo mật",
        "Thực hiện Kế hoạch số 12/KH-CA MẬT",
    ],
)
def test_columns_entries_headings_and_names_are_not_a_stamp(line: str) -> None:
    assert secrecy_of(stamped(line)) is None


@pytest.mark.parametrize(
    "line",
    [
        "Tên | MẬT",
        "Tên | MẬT (Bản số 3)",
        "Tên | M Ậ T Bản số: 01",
        "Mật | Cộng hòa xã hội chủ nghĩa Việt Nam",
        "ỦY BAN NHÂN DÂN | Mật",
        "Ủy ban nhân dân tỉnh Hà Giang | Mật",
        "Mật | Số: 12/KH-UBND",
        "Mật | Độc lập - Tự do - Hạnh phúc",
        "Mật | Khẩn",
        "Độ mật | Mật",
        "Mức độ | Mật",
        "- MẬT;",
        "- Độ mật: Mật;",
        "Ủy ban nhân dân tỉnh Hà Giang\nMật",
        "Phường Lê Hồng Phong\nMật",
        "Nguyễn Văn\nMẬT",
    ],
)
def test_a_stamp_in_the_head_of_a_paper_stays_one(line: str) -> None:
    assert secrecy_of(stamped(line)) == "mat"


@pytest.mark.parametrize(("cell", "level"), [("Mật", None), ("MẬT", "mat")])
def test_a_column_of_a_web_page_is_not_a_stamp_but_capitals_are(cell: str, level: str | None) -> None:
    rows = f"<tr><td>STT</td><td>Độ mật</td><td>Tối mật</td></tr><tr><td>1</td><td>Cà Mau</td><td>{cell}</td></tr>"
    page = f"<html><body><p>{STATE_PLAN}</p><table>{rows}</table></body></html>"
    assert mark_of(extract(page.encode(), "a.html")) == level


def test_a_stamp_with_its_term_is_found_at_the_edge_of_a_page() -> None:
    text = f"{STATE_PLAN * 4}\fMẬT (Thời hạn bảo vệ: 10 năm)\n{STATE_PLAN}"
    assert mark_of(extract(text.encode(), "a.txt")) == "mat"


def test_ordinary_documents_carry_none() -> None:
    assert secrecy_of(STATE_PLAN) is None
    assert secrecy_of(PARTY_RESOLUTION) is None


def test_the_highest_of_several_stamps_counts() -> None:
    assert secrecy_of(stamped("MẬT\nTUYỆT MẬT")) == "tuyet_mat"


def test_a_word_far_down_in_a_table_is_not_a_stamp() -> None:
    assert secrecy_of(STATE_PLAN + "Dòng.\n" * 100 + "Mật\n") is None


def word(change: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    for line in STATE_PLAN.splitlines():
        document.add_paragraph(line)
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def in_the_footer(document: Document) -> None:
    document.sections[0].footer.paragraphs[0].text = "MẬT"


def in_the_header_of_even_pages(document: Document) -> None:
    document.sections[0].even_page_header.paragraphs[0].text = "MẬT"


def in_the_header_of_the_second_part(document: Document) -> None:
    header = document.add_section().header
    header.is_linked_to_previous = False
    header.paragraphs[0].text = "MẬT"


def as_a_decorated_word(document: Document) -> None:
    drawn = (
        '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textpath string="MẬT"/></v:shape></w:pict>'
    )
    document.paragraphs[0].add_run()._r.append(parse_xml(drawn))


def on_the_second_page(document: Document) -> None:
    for _line in range(80):
        document.add_paragraph("Các đơn vị chủ động tổ chức thực hiện đúng tiến độ.")
    document.add_page_break()
    document.add_paragraph("MẬT")


@pytest.mark.parametrize(
    "place",
    [
        in_the_footer,
        in_the_header_of_even_pages,
        in_the_header_of_the_second_part,
        as_a_decorated_word,
        on_the_second_page,
    ],
)
def test_a_stamp_is_found_wherever_a_word_file_can_hold_it(place: Callable[[Document], None]) -> None:
    assert mark_of(extract(word(place), "a.docx")) == "mat"
    assert mark_of(extract(word(lambda document: None), "a.docx")) is None


@pytest.mark.parametrize(
    "stamp", ["<td>ĐẢNG ỦY<br>MẬT</td><td>Số 5</td>", "<td><p>M<b>Ậ</b>T</p></td><td>Số 5</td>"]
)
def test_a_stamp_in_the_line_of_a_cell_of_a_web_page_is_found(stamp: str) -> None:
    page = f"<html><body><table><tr>{stamp}</tr></table><p>{STATE_PLAN}</p></body></html>"
    assert mark_of(extract(page.encode(), "a.html")) == "mat"
    harmless = page.replace("MẬT", "MẬT ONG").replace("M<b>Ậ</b>T", "MẬT ONG")
    assert mark_of(extract(harmless.encode(), "a.html")) is None


@pytest.mark.parametrize(
    "page",
    [
        "<pre>{}</pre>",
        "<table><tr><td><pre>{}</pre></td></tr></table>",
        "<div style='white-space: pre-wrap'><b>{}</b></div>",
        "<textarea>{}</textarea>",
    ],
)
def test_a_text_that_was_pasted_into_a_page_keeps_its_lines(page: str) -> None:
    """In one long line a stamp would be a word like any other."""
    whole = f"<html><body>{page.format(stamped('TUYỆT MẬT'))}</body></html>"
    extracted = extract(whole.replace("\n", "\r\n").encode(), "a.html")
    assert mark_of(extracted) == "tuyet_mat"
    assert next(line for line in extracted.text.splitlines() if line) == HEAD.splitlines()[0].strip()
    assert mark_of(extract(f"<html><body>{page.format(STATE_PLAN)}</body></html>".encode(), "a.html")) is None


def test_the_edge_of_any_page_is_looked_at_but_only_for_capitals() -> None:
    inside = STATE_PLAN * 4
    assert mark_of(extract(f"{inside}\fMẬT\n{STATE_PLAN}".encode(), "a.txt")) == "mat"
    assert mark_of(extract(f"{inside}\fMật\n{STATE_PLAN}".encode(), "a.txt")) is None
