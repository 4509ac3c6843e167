"""Targets: one invented sentence a construction, under a heading of aims, elsewhere in a plan, and in tables."""

from time import process_time

import pytest

from thongsuot.formats.reading import Extracted, Target, understand
from thongsuot.formats.reading.paragraphs import lines_of, paragraphs_of
from thongsuot.formats.reading.targets import targets_of

OPENING = "Ủy ban nhân dân xã Sen Vàng ban hành kế hoạch như sau:\n"


def goals(*lines: str, heading: str = "I. MỤC TIÊU ĐẾN NĂM 2030") -> tuple[Target, ...]:
    text = OPENING + "\n".join([heading, *lines])
    return understand(Extracted(text=text, pages=(), media_type="text/plain")).targets


def elsewhere(*lines: str) -> tuple[Target, ...]:
    return goals(*lines, heading="II. NHIỆM VỤ, GIẢI PHÁP")


FORMS = [
    ("- Tỷ lệ hộ nghèo giảm còn dưới 1,5%.", "<", "1,5", "%"),
    ("- Tỷ lệ hộ nghèo giảm còn 1,5%.", "=", "1,5", "%"),
    ("- Giảm tỷ lệ hộ nghèo xuống dưới 1 %.", "<", "1", "%"),
    ("- Tỷ lệ thôn văn hóa đạt trên 90%.", ">", "90", "%"),
    ("- Tỷ lệ thôn văn hóa đạt từ 90% trở lên.", ">=", "90", "%"),
    ("- Tỷ lệ hồ sơ quá hạn từ 2% trở xuống.", "<=", "2", "%"),
    ("- Tỷ lệ hồ sơ trực tuyến không dưới 80%.", ">=", "80", "%"),
    ("- Tỷ lệ hồ sơ trực tuyến không thấp hơn 80%.", ">=", "80", "%"),
    ("- Tỷ lệ hồ sơ trực tuyến vượt 80%.", ">", "80", "%"),
    ("- Tỷ lệ sinh con thứ ba thấp hơn 5%.", "<", "5", "%"),
    ("- Tỷ lệ che phủ rừng ≥ 30 %.", ">=", "30", "%"),
    ("- Tỷ lệ lao động qua đào tạo khoảng 75 phần trăm.", "~", "75", "phần trăm"),
    ("- Diện tích trồng mới đạt 2.000 ha.", "=", "2.000", "ha"),
    ("- Diện tích nhà ở bình quân đạt 30 m2/người.", "=", "30", "m2/người"),
    ("- Thu hút ít nhất 3 doanh nghiệp đầu tư vào xã.", ">=", "3", "doanh nghiệp"),
    ("- Số vụ vi phạm không quá 5 cuộc mỗi năm.", "<=", "5", "cuộc"),
    ("- Số vụ vi phạm tối đa 5 vụ.", "<=", "5", "vụ"),
    ("- Thu nhập tăng bình quân 8 - 10%/năm.", "=", "8-10", "%/năm"),
    ("- Tốc độ tăng giá trị sản xuất bình quân từ 8% đến 8,5%/năm.", "=", "8-8,5", "%/năm"),
    ("- Tổng sản phẩm tăng từ 7,5% - 8,0%.", "=", "7,5-8,0", "%"),
    ("- Thu nhập bình quân đầu người đạt 95 triệu đồng/người/năm.", "=", "95", "triệu đồng/người/năm"),
    ("- Tổng thu ngân sách trên địa bàn đạt 120 tỷ đồng.", "=", "120", "tỷ đồng"),
    ("- Kim ngạch xuất khẩu đạt 15 triệu USD.", "=", "15", "triệu USD"),
    ("- Đón trên 50 nghìn lượt khách du lịch.", ">", "50", "nghìn lượt khách"),
    ("- Số giường bệnh đạt 32 giường bệnh/10.000 dân.", "=", "32", "giường bệnh/10.000 dân"),
    ("- Số bác sĩ đạt 12 bác sĩ/vạn dân.", "=", "12", "bác sĩ/vạn dân"),
    ("- Tuổi thọ trung bình đạt 75,5 tuổi.", "=", "75,5", "tuổi"),
    ("- Giá trị sản xuất gấp 1,5 lần so với năm 2025.", "=", "1,5", "lần"),
    ("- Nâng tỷ lệ hộ dùng nước sạch từ 80% lên 95%.", "=", "95", "%"),
    ("- Kết nạp ít nhất 12 đảng viên mới.", ">=", "12", "đảng viên"),
    ("- Thành lập mới 02 hợp tác xã.", "=", "02", "hợp tác xã"),
    ("- Giải quyết việc làm cho 350 lao động.", "=", "350", "lao động"),
    ("- Xây dựng mới 4,5 km đường thôn.", "=", "4,5", "km"),
    ("- Thuộc nhóm 5 xã dẫn đầu tỉnh về cải cách hành chính.", "<=", "5", "xã"),
    ("- Chỉ số hài lòng tăng ít nhất 2 điểm %.", ">=", "2", "điểm %"),
    ("- Phấn đấu 100% hộ dân được sử dụng nước sạch.", "=", "100", "%"),
    ("- Chỉ số phát triển con người duy trì trên 0,7.", ">", "0,7", None),
    ("- Kết nạp từ 3% đảng viên mới trở lên.", ">=", "3", "%"),
    ("- Có 12/15 thôn đạt chuẩn văn hóa.", "=", "12/15", "thôn"),
    ("- Tử vong mẹ giảm xuống còn 42/100.000 trẻ đẻ sống.", "=", "42", "/100.000 trẻ đẻ sống"),
    ("- Không để xảy ra quá 5 vụ cháy.", "<=", "5", "vụ"),
    ("- Chỉ số năng lực cạnh tranh trong top 10 cả nước.", "<=", "10", None),
    ("- Số đảng viên mới: 25 đồng chí.", "=", "25", "đồng chí"),
    ("- Rút ngắn 30% thời gian giải quyết thủ tục hành chính.", "=", "30", "%"),
]


@pytest.mark.parametrize(("sentence", "comparator", "value", "unit"), FORMS)
def test_a_goal_has_comparison_value_and_unit(
    sentence: str, comparator: str, value: str, unit: str | None
) -> None:
    (target,) = goals(sentence)
    assert (target.comparator, target.value, target.unit) == (comparator, value, unit)


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("- Đến năm 2030, tỷ lệ thôn văn hóa đạt trên 90%.", "tỷ lệ thôn văn hóa"),
        ("- Chỉ tiêu 3: Tỷ lệ trẻ em được tiêm chủng đạt 98%.", "Tỷ lệ trẻ em được tiêm chủng"),
        ("- 100% cán bộ, công chức được tập huấn.", "cán bộ, công chức được tập huấn"),
        ("- Phấn đấu 95% hộ dân được sử dụng điện, nước sạch.", "hộ dân được sử dụng điện, nước sạch"),
        ("- Thu hút ít nhất 3 doanh nghiệp chế biến.", "doanh nghiệp chế biến"),
        ("- Lắp đặt mới camera an ninh: 58 điểm.", "Lắp đặt mới camera an ninh"),
        ("- Các chi bộ học tập nghị quyết, bảo đảm ít nhất 95% đảng viên tham gia.", "đảng viên tham gia"),
        ("- Chỉ số năng lực cạnh tranh trong top 10 cả nước.", "Chỉ số năng lực cạnh tranh"),
    ],
)
def test_what_a_goal_measures(sentence: str, indicator: str) -> None:
    (target,) = goals(sentence)
    assert target.indicator == indicator


def test_goals_in_one_sentence_keep_their_own_indicator() -> None:
    first, second, third = goals(
        "- Tỷ lệ hộ nghèo giảm còn 1%, tỷ lệ lao động qua đào tạo đạt 75%, trong đó có chứng chỉ đạt 30%."
    )
    assert [first.indicator, second.indicator] == ["Tỷ lệ hộ nghèo", "tỷ lệ lao động qua đào tạo"]
    assert (third.indicator, third.value) == ("có chứng chỉ", "30")


def test_a_second_figure_measures_the_same_in_another_year() -> None:
    first, second = goals("- Tỷ lệ hộ nghèo dưới 3% vào năm 2027 và 1% vào năm 2030.")
    assert (second.indicator, second.comparator, second.value) == (first.indicator, "<", "1")
    assert (first.period, second.period) == ("vào năm 2027", "vào năm 2030")
    assert (first.rule, second.rule) == ("aims", "elliptic")


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("- Tỷ lệ thôn văn hóa đạt trên 90%.", "đến năm 2030"),  # from the heading
        ("- Đến năm 2027, tỷ lệ thôn văn hóa đạt trên 90%.", "Đến năm 2027"),
        ("- Hằng năm, kết nạp ít nhất 5 đảng viên.", "Hằng năm"),
        ("- Giai đoạn 2026 - 2028, trồng mới 50 ha rừng.", "Giai đoạn 2026 - 2028"),
        ("- Trồng mới 50 ha rừng trong năm 2026.", "trong năm 2026"),
    ],
)
def test_the_period_of_a_goal(sentence: str, period: str) -> None:
    (target,) = goals(sentence)
    assert target.period == period


@pytest.mark.parametrize(
    ("sentence", "whom"),
    [
        ("- Mỗi chi bộ kết nạp ít nhất 2 đảng viên.", "Mỗi chi bộ"),
        ("- Đối với các trường học, tỷ lệ lớp học kiên cố đạt 100%.", "các trường học"),
        ("- Tỷ lệ phủ sóng tại các khu công nghiệp đạt 100%.", "các khu công nghiệp"),
        ("- Tỷ lệ hộ nghèo giảm còn 1%.", None),
    ],
)
def test_for_whom_a_goal_is_set(sentence: str, whom: str | None) -> None:
    assert goals(sentence)[0].for_whom == whom


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["1. Phấn đấu kết nạp 12 đảng viên."], "12"),
        (["1. Bảo đảm 100% hồ sơ được giải quyết đúng hạn."], "100"),
        (["1. Bảo đảm bàn giao 100% mặt bằng trước ngày 30/6/2026."], "100"),
        (["1. Hiện nay, tỷ lệ hộ nghèo còn 3,5%; phấn đấu cuối năm 2026 còn dưới 2%."], "2"),
        (["1. Tổ chức ít nhất 04 lớp tập huấn cho các thôn."], "04"),
        (["1. Mỗi chi bộ có ít nhất 01 công trình thiết thực."], "01"),
        (["1. Các chi hội thành lập mới, mỗi năm ít nhất 3 tổ hợp tác."], "3"),
        (["1. Công an xã tiếp công dân ít nhất 02 ngày/tháng."], "02"),
        (["1. Góp phần thực hiện mục tiêu tăng trưởng kinh tế 8% của tỉnh."], "8"),
        (["1. Đẩy mạnh giải ngân (phấn đấu giải ngân đạt 95% kế hoạch)."], "95"),
        (["1. Rà soát 100% cơ sở kinh doanh trên địa bàn."], "100"),
        (["1. Xí nghiệp thủy nông nạo vét, khơi thông 6,2 km kênh."], "6,2"),
        (["1. Giữ ổn định 320 ha đất trồng lúa."], "320"),
        (["1. Nâng vốn Quỹ hỗ trợ nông dân lên 5 tỷ đồng."], "5"),
        (["1. Giới thiệu người ứng cử là phụ nữ từ 35% trở lên."], "35"),
        (["1. Phòng Kinh tế rà soát, cắt giảm tối thiểu 30% thời gian giải quyết."], "30"),
        (["1. Xây mới 10 phòng học trong năm 2027."], "10"),
        (["- Trồng cây bóng mát: 500 cây."], "500"),
        (["1. Lắp thêm đèn đường, nâng tổng số tuyến đường có đèn lên 42 tuyến."], "42"),
        (["Mục tiêu cụ thể:", "- Trồng mới 50 ha rừng."], "50"),
        (["Phấn đấu đến năm 2030:", "- Trồng mới 50 ha rừng."], "50"),
    ],
)
def test_goals_outside_a_section_of_aims(lines: list[str], value: str) -> None:
    assert [t.value for t in elsewhere(*lines)] == [value]


@pytest.mark.parametrize(
    "sentence",
    [
        "- Năm qua, tỷ lệ hộ nghèo đã giảm 2%, đạt 105% kế hoạch.",
        "- Mức chi hỗ trợ 50 triệu đồng/hộ.",
        "- Kinh phí thực hiện là 350 triệu đồng.",
        "- Hỗ trợ 100% kinh phí mua thẻ bảo hiểm y tế.",
        "- Mới bố trí được 60% biên chế, trong khi xã khác vượt 15%.",
        "- Doanh nghiệp có từ 10 lao động trở lên lập công đoàn.",
        "- Tạm ứng tối đa 30% giá trị hợp đồng.",
        "- Nghị quyết được thông qua khi có trên 50% số đại biểu tán thành.",
        "- Phạt tiền từ 5.000.000 đồng đến 10.000.000 đồng.",
        "- Thu ngân sách 9 tháng đầu năm đạt 80% dự toán, tăng 5% so với cùng kỳ.",
        "- Trẻ em từ 6 tuổi đến 14 tuổi được học bơi.",
        "- Theo Nghị quyết số 15-NQ/TW ngày 05 tháng 5 năm 2022 và Điều 12.",
        "- Thửa đất số 25, tờ bản đồ số 7.",
        "- Tổ chức 02 hội nghị tại nhà văn hóa xã.",
        "- Công văn gửi kèm 03 phụ lục và 15 biểu mẫu.",
        "- Tỷ lệ giải ngân thấp (đạt 62,8%).",
        "- Hoàn thành trước ngày 30/6/2026.",
        "- Mở rộng đường số 3, dài từ nhà ông A đến cầu số 2.",
    ],
)
def test_other_figures_are_no_goals(sentence: str) -> None:
    assert elsewhere(sentence) == ()


@pytest.mark.parametrize(
    "heading", ["I. ĐÁNH GIÁ KẾT QUẢ", "I. TÌNH HÌNH THỰC HIỆN NĂM 2025", "IV. KINH PHÍ THỰC HIỆN"]
)
def test_sections_that_report_or_grant_hold_no_goals(heading: str) -> None:
    assert goals("- Phấn đấu 100% hộ dân có nước sạch.", "- Tỷ lệ hộ nghèo đạt 1%.", heading=heading) == ()


def test_a_list_of_aims_ends_with_the_next_part() -> None:
    found = goals(
        "1. Trồng mới 50 ha rừng.", "II. TỔ CHỨC THỰC HIỆN", "1. Tổ chức 02 hội nghị cho 300 người."
    )
    assert [t.value for t in found] == ["50"]


def test_a_table_of_goals_gives_one_goal_a_row_and_planned_year() -> None:
    found = goals(
        "TT | Chỉ tiêu | Đơn vị tính | Thực hiện 2025 | Kế hoạch 2026 | Mục tiêu đến năm 2030",
        "1 | Thu ngân sách | Tỷ đồng | 80 | 95,5 | 150",
        "2 | Tỷ lệ hộ nghèo | % | 2,1 | ≤ 1,8 | Dưới 1",
        "3 | Diện tích trồng mới | Ha | | |",
        "- | Trong đó: rừng phòng hộ | Ha | 20 | 25 | 40",
        "4 | Xếp loại | | Khá | Tốt | Tốt",
    )
    assert [(t.indicator, t.comparator, t.value, t.unit, t.period) for t in found] == [
        ("Thu ngân sách", "=", "95,5", "Tỷ đồng", "2026"),
        ("Thu ngân sách", "=", "150", "Tỷ đồng", "2030"),
        ("Tỷ lệ hộ nghèo", "<=", "1,8", "%", "2026"),
        ("Tỷ lệ hộ nghèo", "<", "1", "%", "2030"),
        ("Diện tích trồng mới: rừng phòng hộ", "=", "25", "Ha", "2026"),
        ("Diện tích trồng mới: rừng phòng hộ", "=", "40", "Ha", "2030"),
    ]
    assert {t.rule for t in found} == {"table"}


def test_a_table_of_goals_ends_with_its_part() -> None:
    found = goals(
        "TT | Chỉ tiêu | Đơn vị tính | Kế hoạch 2026",
        "1 | Thu ngân sách | Tỷ đồng | 95",
        "TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian hoàn thành",
        "1 | Lập danh sách hộ | Công an xã | 2026 - 2028",
    )
    assert [t.value for t in found] == ["95"]


def test_a_table_of_results_holds_no_goals() -> None:
    assert elsewhere("TT | Chỉ tiêu | Thực hiện 2024 | Thực hiện 2025", "1 | Thu ngân sách | 80 | 95") == ()


def test_an_attached_programme_gives_goals_where_it_sets_aims() -> None:
    text = (
        "Điều 1. Ban hành kèm theo Quyết định này Chương trình.\nNơi nhận:\n- Như Điều 1;\n- Lưu: VT.\n"
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Ba\nCHƯƠNG TRÌNH\nI. MỤC TIÊU\n- Tỷ lệ thôn văn hóa đạt 90%.\n"
        "II. ĐỊNH MỨC\n- Mỗi lớp có 35 học sinh.\n"
    )
    reading = understand(Extracted(text=text, pages=(), media_type="text/plain"))
    assert [(t.indicator, t.value) for t in reading.targets] == [("Tỷ lệ thôn văn hóa", "90")]


@pytest.mark.parametrize(
    "repeat", ["100% ", "đạt 5%, ", "5 - ", "trên từ khoảng 5 ha/năm ", ", ,", "a | 5% | "]
)
def test_hostile_repeats_take_linear_time(repeat: str) -> None:
    def seconds(size: int) -> float:
        paragraphs = paragraphs_of(lines_of("I. MỤC TIÊU\n" + (repeat * size)[:size]))
        begin = process_time()
        targets_of(paragraphs, (), None)
        return process_time() - begin

    seconds(4_000)
    assert seconds(32_000) < 20 * seconds(4_000) + 0.5
