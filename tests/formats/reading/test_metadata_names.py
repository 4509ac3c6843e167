"""Names of bodies, people, posts and rules: the small grammars the frame rests on."""

from datetime import date

import pytest

from thongsuot.formats.reading import Item
from thongsuot.formats.reading.frame.casing import normal_case
from thongsuot.formats.reading.frame.names import authority_of, person_in, post_of
from thongsuot.formats.reading.frame.recipients import sent_to
from thongsuot.formats.reading.frame.rulesets import rule_set_of
from thongsuot.formats.reading.kinds import KINDS, kind_of_symbol


@pytest.mark.parametrize(
    ("capitals", "usual"),
    [
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ VÀM CỎ", "Ủy ban nhân dân thành phố Vàm Cỏ"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH LẠC THỦY", "Sở Văn hóa, Thể thao và Du lịch Lạc Thủy"),
        ("ĐẢNG ỦY PHƯỜNG 4", "Đảng ủy phường 4"),
        ("BAN THƯỜNG VỤ TỈNH ỦY LẠC THỦY", "Ban Thường vụ Tỉnh ủy Lạc Thủy"),
        ("UBND HUYỆN EA H'LEO", "UBND huyện Ea H'leo"),
        ("CHI BỘ KHU PHỐ 2", "Chi bộ khu phố 2"),
        ("TRƯỜNG TIỂU HỌC NGUYỄN DU", "Trường Tiểu học Nguyễn Du"),
        ("TRƯỜNG TH AN BÌNH", "Trường TH An Bình"),
        ("TRƯỜNG TH&THCS SÔNG TRĂNG", "Trường TH&THCS Sông Trăng"),
        ("TRƯỜNG PTDTBT TH VÀ THCS SƠN LÂM", "Trường PTDTBT TH và THCS Sơn Lâm"),
        ("TRƯỜNG MN HOA SEN", "Trường MN Hoa Sen"),
        ("TRƯỜNG VÀM CỎ", "Trường Vàm Cỏ"),
        ("CHI BỘ TRƯỜNG THCS VÀM CỎ", "Chi bộ Trường THCS Vàm Cỏ"),
        ("PHÒNG GD&ĐT HUYỆN VÀM CỎ", "Phòng GD&ĐT huyện Vàm Cỏ"),
        ("SỞ GD&ĐT LẠC THỦY", "Sở GD&ĐT Lạc Thủy"),
        ("UBND XÃ AN BÌNH", "UBND xã An Bình"),
        ("CỤC THỊ TRƯỜNG LAO ĐỘNG", "Cục Thị trường lao động"),
        ("KIỂM TOÁN NHÀ NƯỚC KHU VỰC III", "Kiểm toán Nhà nước khu vực III"),
        ("BỘ CHỈ HUY QUÂN SỰ TỈNH", "Bộ Chỉ huy Quân sự tỉnh"),
        ("TONG CUC THUE", "Tổng cục Thuế"),
        ("BO GIAO DUC VA DAO TAO", "Bộ Giáo dục và Đào tạo"),
        ("HỘI ĐÔNG NHÀN DÂN TỈNH LÂM SƠN", "Hội đồng nhân dân tỉnh Lâm Sơn"),
        ("CỤC QUẢN LÝ NHÀ VÀ THỊ TRƯỜNG BẤT ĐỘNG SẢN", "Cục Quản lý nhà và thị trường bất động sản"),
        ("Sở Y tế", "Sở Y tế"),
    ],
)
def test_a_body_in_capitals_gets_its_usual_letters(capitals: str, usual: str) -> None:
    assert normal_case(capitals) == usual


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Nguyễn Xuân Lưu", "Nguyễn Xuân Lưu"),
        ("PGS.TS. Trần Thị Bích Ngọc", "Trần Thị Bích Ngọc"),
        ("Thượng tá Hoàng Văn Thành", "Hoàng Văn Thành"),
        ("LÊ THỊ NGỌC ÁNH", "Lê Thị Ngọc Ánh"),
        ("H'Yim Kđoh", "H'Yim Kđoh"),
        ("Y Biêr Niê", "Y Biêr Niê"),
        ("PHÓ CHỦ TỊCH", None),
        ("Ủy ban nhân dân", None),
        ("Như trên", None),
        ("Phòng Kinh Tế", None),
        ("Qaơ Ảnh Tuấn", None),
    ],
)
def test_a_row_names_a_person_or_nobody(row: str, name: str | None) -> None:
    found = person_in(row, capitals=True)
    assert (found[0] if found else None) == name


def test_posts_and_lines_of_authority_in_their_usual_form() -> None:
    assert post_of("PHÓ CHÁNH VĂN PHÒNG THƯỜNG TRỰC") == "Phó Chánh Văn phòng Thường trực"
    assert post_of("PHÓ TỎNG CỤC TRƯỞNG") == "Phó Tổng cục trưởng"
    assert authority_of("KT.TONG CỤC TRƯỞNG") == "KT. TỔNG CỤC TRƯỞNG"
    assert authority_of("TM. UỶ BAN NHÂN DÂN") == "TM. UỶ BAN NHÂN DÂN"


def of(value: str) -> Item:
    return Item(value, None, 0.9)


@pytest.mark.parametrize(
    ("regime", "issued", "kind", "with_year", "rules"),
    [
        ("state", "2020-03-04", "ke_hoach", False, "tt01"),
        ("state", "2020-03-05", "ke_hoach", False, "nd30"),
        ("state", "2010-01-01", "ke_hoach", False, None),
        ("state", "2026-01", "nghi_quyet", True, "nd78_187"),
        ("state", "2024-12-31", "nghi_dinh", False, "nd34"),
        ("party", "2026-05-26", "nghi_quyet", False, "hd36"),
        ("party", "2026-05-27", "nghi_quyet", False, "hd05"),
        ("party", "2026-05", "nghi_quyet", False, None),
        ("party", "2026", "nghi_quyet", False, None),
        ("mass", "2026-01-01", "ke_hoach", False, None),
    ],
)
def test_the_rules_in_force_on_the_day(
    regime: str, issued: str, kind: str, with_year: bool, rules: str | None
) -> None:
    found = rule_set_of(of(regime), of(issued), of(kind), with_year=with_year)
    assert (found.value if found else None) == rules


def test_no_rules_where_nobody_knows_whose_paper_it_is() -> None:
    assert rule_set_of(None, of("2026-01-01"), None, with_year=False) is None
    assert rule_set_of(of("state"), None, None, with_year=False) is None


@pytest.mark.parametrize(
    ("entry", "units"),
    [
        ("Thường trực Tỉnh ủy (để b/c)", [("Thường trực Tỉnh ủy", "report")]),
        ("Các Sở: Y tế, Văn hóa, Thể thao và Du lịch và Nội vụ", [
            ("Sở Y tế", "inform"), ("Sở Văn hóa, Thể thao và Du lịch", "inform"), ("Sở Nội vụ", "inform"),
        ]),
        ("Sở Tài chính (phối hợp)", [("Sở Tài chính", "coordinate")]),
        ("Phòng VX (th/hiện)", [("Phòng VX (th/hiện)", "inform")]),
        ("Lưu: VT, VX", [("Lưu: VT, VX", "file")]),
        ("Như trên", [("Sở Y tế", "carry_out"), ("Công an tỉnh", "carry_out")]),
    ],
)  # fmt: skip
def test_recipients_are_split_and_told_what_for(entry: str, units: list[tuple[str, str]]) -> None:
    found = sent_to([of(entry)], [of("Sở Y tế; Công an tỉnh")])
    assert [(unit.value, unit.purpose) for unit in found] == units


def test_a_symbol_means_what_its_regime_makes_of_it() -> None:
    assert kind_of_symbol("TT", party=True, with_year=False) == "thong_tri"
    assert kind_of_symbol("TT", party=False, with_year=True) == "thong_tu"
    assert kind_of_symbol("QH15", party=False, with_year=True) == "luat"
    assert kind_of_symbol("QCh", party=False, with_year=False) == "quy_che"
    assert kind_of_symbol("SGDĐT", party=False, with_year=False) is None


def test_kinds_have_codes_of_their_own_and_know_the_29_of_decree_30() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    decree_30 = [kind for kind in KINDS if "s" in kind.regimes and kind.code != "ket_luan"]
    assert len(decree_30) == 29
    assert {kind.symbols[0] for kind in KINDS if "c" in kind.regimes} == {"SY", "TrS", "SL"}


def test_the_day_of_the_newest_rules_of_the_party() -> None:
    assert rule_set_of(of("party"), of(date(2027, 1, 1).isoformat()), None, with_year=False) is not None
