"""Cited documents: the number in every print, the kind, the day, the issuer, and what the paper does with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.formats.reading import Reference
from thongsuot.formats.reading.paragraphs import lines_of, paragraphs_of
from thongsuot.formats.reading.references import Context, references_of
from thongsuot.formats.reading.references.numbers import key_of, spelled


def cited(*paragraphs: str, own: str | None = None) -> tuple[Reference, ...]:
    return references_of(paragraphs_of(lines_of("\n\n".join(paragraphs))), Context(own, ()))


def only(*paragraphs: str) -> Reference:
    found = cited(*paragraphs)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "kind", "number", "date", "issuer"),
    [
        (
            "Nghị quyết số 12-NQ/TW, ngày 05/9/2026 của Bộ Chính trị về đất đai",
            "Nghị quyết",
            "12-NQ/TW",
            "2026-09-05",
            "Bộ Chính trị",
        ),
        (
            "theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ",
            "Nghị định",
            "30/2020/NĐ-CP",
            "2020-03-05",
            "Chính phủ",
        ),
        ("theo Nghị định 30/2020/ NĐ-CP của Chính phủ", "Nghị định", "30/2020/NĐ-CP", None, "Chính phủ"),
        (
            "theo Quyết định số 1012 /QĐ-BKHCN ngày 1-6-2025",
            "Quyết định",
            "1012/QĐ-BKHCN",
            "2025-06-01",
            None,
        ),
        ("theo Luật số 72/2025/QH15", "Luật", "72/2025/QH15", None, None),
        ("theo Nghị quyết số 76/2025/UBTVQH15", "Nghị quyết", "76/2025/UBTVQH15", None, None),
        (
            "theo Thông tư liên tịch số 04/2007/TTLT-BTC-BNV",
            "Thông tư liên tịch",
            "04/2007/TTLT-BTC-BNV",
            None,
            None,
        ),
        (
            "theo Nghị quyết liên tịch số 09/2008/NQLT/CP-MTTQVN",
            "Nghị quyết liên tịch",
            "09/2008/NQLT/CP-MTTQVN",
            None,
            None,
        ),
        ("theo Công văn số 498/UBND ngày 01/6/2016", "Công văn", "498/UBND", "2016-06-01", None),
        ("theo Công văn số 125/SGDĐT-VP", "Công văn", "125/SGDĐT-VP", None, None),
        ("theo Công văn số 17129-CV/VPTW ngày 28/8/2025", "Công văn", "17129-CV/VPTW", "2025-08-28", None),
        ("theo Nghị quyết số 30a/2008/NQ-CP", "Nghị quyết", "30a/2008/NQ-CP", None, None),
        ("theo Nghị quyết số 30c/NQ–CP", "Nghị quyết", "30c/NQ-CP", None, None),
        (
            "theo Quyết định số 2468/QĐUBND ngày 02 tháng 11 năm 2018",
            "Quyết định",
            "2468/QĐUBND",
            "2018-11-02",
            None,
        ),
        (
            "theo NQ 68 NQ/TW ngày 04/5/2025 của Bộ Chính trị",
            "Nghị quyết",
            "68-NQ/TW",
            "2025-05-04",
            "Bộ Chính trị",
        ),
        (
            "tại công văn số 1033/PTM-SMEngày 15 tháng 4 năm 2009",
            "Công văn",
            "1033/PTM-SME",
            "2009-04-15",
            None,
        ),
        ("theo Lệnh số 58 LCT/HĐNN8 ngày 19/8/1991", "Lệnh", "58 LCT/HĐNN8", "1991-08-19", None),
        (
            "theo Kế hoạch số 15/KH ngày 01/02/2026 của Trường Tiểu học An Bình",
            "Kế hoạch",
            "15/KH",
            "2026-02-01",
            "Trường Tiểu học An Bình",
        ),
        ("theo Thông báo số 20-TB/UBKTĐU ngày 29/4/2026", "Thông báo", "20-TB/UBKTĐU", "2026-04-29", None),
        ("theo Thông báo kết luận số 49/TB-VPCP", "Thông báo kết luận", "49/TB-VPCP", None, None),
        (
            "tại văn bản số 72/BTĐ-NV2 ngày 03/02/2026 của Sở Nội vụ",
            "Văn bản",
            "72/BTĐ-NV2",
            "2026-02-03",
            "Sở Nội vụ",
        ),
        ("thực hiện 57-NQ/TW ngày 22/12/2024", "Nghị quyết", "57-NQ/TW", "2024-12-22", None),
    ],
)
def test_a_number_in_every_print(
    sentence: str, kind: str, number: str, date: str | None, issuer: str | None
) -> None:
    found = only(f"Các đơn vị báo cáo {sentence}.")
    assert (found.type, found.number, found.date, found.issuer) == (kind, number, date, issuer)


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        (
            "Quán triệt các Nghị quyết số 57, 59, 66 và 68-NQ/TW của Bộ Chính trị.",
            ["57-NQ/TW", "59-NQ/TW", "66-NQ/TW", "68-NQ/TW"],
        ),
        ("Thực hiện Nghị quyết 18, 19-NQ/TW.", ["18-NQ/TW", "19-NQ/TW"]),
        ("Kiểm tra Chỉ thị 03, 07 của Thành ủy.", ["03", "07"]),
        ("Kiểm tra Chỉ thị số 05 của Bộ Chính trị.", ["05"]),
        (
            "Theo Thông báo số 49/TB-VPCP ngày 07 tháng 02 năm 2024 và số 160/TB-VPCP.",
            ["49/TB-VPCP", "160/TB-VPCP"],
        ),
        ("Nghị định số 92/2006/NĐ-CP và Nghị định số 04/2008/NĐ-CP.", ["92/2006/NĐ-CP", "04/2008/NĐ-CP"]),
    ],
)
def test_several_numbers_of_one_kind(sentence: str, numbers: list[str]) -> None:
    assert [found.number for found in cited(sentence)] == numbers


@pytest.mark.parametrize(
    "sentence",
    [
        "Trực 24/24 giờ, hoàn thành 1/3 khối lượng trước ngày 15/5/2026.",
        "Diện tích 57/120 ha, trụ sở tại số 12/5A đường Nguyễn Huệ.",
        "Mỗi Nghị quyết ban hành trong 10 ngày.",
        "Điểm a khoản 2 Điều 5 của Luật này.",
        "Tỷ lệ 15/KHU phố đạt chuẩn.",
    ],
)
def test_figures_that_are_no_documents(sentence: str) -> None:
    assert cited(sentence) == ()


def test_a_document_cited_twice_is_one_with_the_best_that_is_said() -> None:
    found = only(
        "Triển khai Nghị quyết 57-NQ/TW.",
        "Căn cứ Nghị quyết số 57-NQ/TW, ngày 22/12/2024 của Bộ Chính trị;",
        "Tiếp tục quán triệt Nghị quyết số 57 của Bộ Chính trị.",
    )
    assert (found.date, found.issuer) == ("2024-12-22", "Bộ Chính trị")
    assert found.confidence == 0.95


def test_the_paper_does_not_cite_itself() -> None:
    assert cited("Kế hoạch số 015/KH-UBND này thay cho lời nhắc.", own="15/KH-UBND") == ()


@pytest.mark.parametrize(
    ("paragraph", "relation"),
    [
        ("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;", "based_on"),
        ("Theo đề nghị của Sở Nội vụ tại Tờ trình số 12/TTr-SNV;", "based_on"),
        ("Xét Tờ trình số 12/TTr-UBND ngày 01/6/2026;", "based_on"),
        ("Thực hiện Chỉ thị số 05-CT/TU, Ủy ban nhân dân phường ban hành kế hoạch như sau:", "implements"),
        ("Để triển khai Chỉ thị số 05-CT/TU, các chi bộ họp trước 10/6.", "implements"),
        ("Đảng ủy đánh giá việc thực hiện Chỉ thị số 05-CT/TU trong năm.", "implements"),
        ("Quyết định này thay thế Quyết định số 15/QĐ-UBND ngày 02/3/2021.", "replaces"),
        ("Nghị quyết có hiệu lực từ ngày ký và thay thế các Nghị quyết số 15/NQ-HĐND.", "replaces"),
        ("Bãi bỏ Quyết định số 15/QĐ-UBND ngày 02/3/2021.", "repeals"),
        ("Quyết định số 15/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực.", "repeals"),
        (
            "Điều 1. Sửa đổi, bổ sung khoản 2 Điều 5 của Quy chế ban hành kèm theo Quyết định số 15/QĐ-UBND.",
            "amends",
        ),
        ("Các đơn vị báo cáo theo mẫu tại Công văn số 15/UBND-VX.", "refers_to"),
        ("Luật đã được sửa đổi, bổ sung theo Luật số 87/2025/QH15.", "refers_to"),
    ],
)
def test_what_the_paper_does_with_it(paragraph: str, relation: str) -> None:
    assert only(paragraph).relation == relation


@pytest.mark.parametrize(
    ("words", "issuer"),
    [
        ("Ủy ban nhân dân tỉnh thực hiện Nghị quyết số 34-NQ/TU", "Ủy ban nhân dân tỉnh"),
        ("Bộ Công Thương để hướng dẫn các xã", "Bộ Công Thương"),
        ("Sở Thông tin và Truyền thông về chuyển đổi số", "Sở Thông tin và Truyền thông"),
        ("Cục An toàn thực phẩm", "Cục An toàn thực phẩm"),
    ],
)
def test_the_issuer_ends_where_the_act_begins(words: str, issuer: str) -> None:
    found = cited(f"Theo Kế hoạch số 134/KH-UBND ngày 26/3/2026 của {words}.")
    assert found[0].issuer == issuer


def test_of_two_relations_the_telling_one_stays() -> None:
    found = only(
        "Các đơn vị báo cáo theo Chỉ thị số 05-CT/TU.",
        "Căn cứ Chỉ thị số 05-CT/TU ngày 01/6/2026 của Tỉnh ủy;",
    )
    assert found.relation == "based_on"


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
            ["Luật Tổ chức chính quyền địa phương"],
        ),
        ("Căn cứ Bộ luật Lao động năm 2019;", ["Bộ luật Lao động"]),
        ("Căn cứ Luật Khiếu nại, Luật Tố cáo;", ["Luật Khiếu nại", "Luật Tố cáo"]),
        (
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền "
            "địa phương ngày 22 tháng 11 năm 2019;",
            [
                "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương"
            ],
        ),
        (
            "Căn cứ Luật Giáo dục ngày 14/6/2005 và Luật sửa đổi một số điều của Luật Giáo dục ngày 25/11/2009;",
            ["Luật Giáo dục", "Luật sửa đổi một số điều của Luật Giáo dục"],
        ),
        (
            "Chuyển đơn theo quy định của Luật Bầu cử, Luật Khiếu nại và các hướng dẫn.",
            ["Luật Bầu cử", "Luật Khiếu nại"],
        ),
    ],
)
def test_laws_by_their_name(line: str, titles: list[str]) -> None:
    assert [found.title for found in cited(line)] == titles


def test_a_law_with_a_number_is_found_by_it() -> None:
    found = only("Căn cứ Luật Thủ đô số 39/2024/QH15 ngày 28/6/2024;")
    assert (found.type, found.number, found.title) == ("Luật", "39/2024/QH15", None)


def test_the_day_of_a_law() -> None:
    assert only("Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;").date == "2016-04-05"


@given(st.integers(1, 999), st.sampled_from(["NQ", "CT", "KL", "KH"]), st.sampled_from(["TU", "ĐU", "TW"]))
def test_spellings_of_one_number_are_the_same(number: int, symbol: str, body: str) -> None:
    plain = f"{number}-{symbol}/{body}"
    for print_ in (
        f"{number} - {symbol}/{body}",
        f"0{number}-{symbol} / {body}",
        f"{number} {symbol}/{body}",
    ):
        assert key_of(spelled(print_)) == key_of(plain)


@given(st.text(alphabet="Nghị quyếtsố0123456789/-–QĐNTUBVW, .;ngàycủavà", max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    for found in cited(text):
        assert found.number or found.title
