"""Papers made up for every kind and every rule set: what they say, and what the reader has to find in them.

All places, bodies below the centre and people are invented. A paper is two columns of a letterhead, a body and two
columns of a closing; `layouts.py` prints it in the ways in which texts reach us.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from thongsuot.formats.reading.kinds import KINDS, PaperKind


@dataclass(frozen=True)
class Issuer:
    """A body as its letterhead has it, and in its usual spelling."""

    regime: str
    lines: tuple[str, ...]
    body: str
    code: str
    place: str
    parent_lines: tuple[str, ...] = ()
    parent: str | None = None
    authority: str = ""
    post: str = "CHỦ TỊCH"
    title: str = "Chủ tịch"


STATE = (
    Issuer(
        "state",
        ("ỦY BAN NHÂN DÂN", "XÃ AN BÌNH"),
        "Ủy ban nhân dân xã An Bình",
        "UBND",
        "An Bình",
        authority="TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH",
        post="PHÓ CHỦ TỊCH",
        title="Phó Chủ tịch",
    ),
    Issuer(
        "state",
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO",),
        "Sở Giáo dục và Đào tạo",
        "SGDĐT",
        "Lạc Thủy",
        ("UBND TỈNH LẠC THỦY",),
        "UBND tỉnh Lạc Thủy",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Phó Giám đốc",
    ),
    Issuer(
        "state",
        ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",),
        "Bộ Nông nghiệp và Môi trường",
        "BNNMT",
        "Hà Nội",
        authority="KT. BỘ TRƯỞNG",
        post="THỨ TRƯỞNG",
        title="Thứ trưởng",
    ),
    Issuer(
        "state",
        ("TỔNG CỤC THUẾ",),
        "Tổng cục Thuế",
        "TCT",
        "Hà Nội",
        ("BỘ TÀI CHÍNH",),
        "Bộ Tài chính",
        "KT. TỔNG CỤC TRƯỞNG",
        "PHÓ TỔNG CỤC TRƯỞNG",
        "Phó Tổng cục trưởng",
    ),
    Issuer(
        "state",
        ("HỘI ĐỒNG NHÂN DÂN", "ĐẶC KHU CÔN SƠN"),
        "Hội đồng nhân dân đặc khu Côn Sơn",
        "HĐND",
        "Côn Sơn",
    ),
    Issuer(
        "state",
        ("PHÒNG KINH TẾ",),
        "Phòng Kinh tế",
        "PKT",
        "Tân Phú",
        ("UBND PHƯỜNG TÂN PHÚ",),
        "UBND phường Tân Phú",
        post="TRƯỞNG PHÒNG",
        title="Trưởng phòng",
    ),
    Issuer(
        "state",
        ("BAN CHỈ ĐẠO", "CHUYỂN ĐỔI SỐ"),
        "Ban Chỉ đạo chuyển đổi số",
        "BCĐCĐS",
        "Đắk Glei",
        ("UBND HUYỆN ĐẮK GLEI",),
        "UBND huyện Đắk Glei",
        "KT. TRƯỞNG BAN",
        "PHÓ TRƯỞNG BAN",
        "Phó Trưởng Ban",
    ),
    Issuer(
        "state",
        ("BỆNH VIỆN ĐA KHOA", "TỈNH HÒA LẠC"),
        "Bệnh viện Đa khoa tỉnh Hòa Lạc",
        "BVĐK",
        "Hòa Lạc",
        ("SỞ Y TẾ HÒA LẠC",),
        "Sở Y tế Hòa Lạc",
        post="GIÁM ĐỐC",
        title="Giám đốc",
    ),
    Issuer(
        "state",
        ("TÒA ÁN NHÂN DÂN", "TỈNH LẠC THỦY"),
        "Tòa án nhân dân tỉnh Lạc Thủy",
        "TA",
        "Lạc Thủy",
        post="CHÁNH ÁN",
        title="Chánh án",
    ),
)
PARTY = (
    Issuer(
        "party", ("ĐẢNG ỦY XÃ AN BÌNH",), "Đảng ủy xã An Bình", "ĐU", "An Bình", ("ĐẢNG BỘ TỈNH HÒA LẠC",),
        "Đảng bộ tỉnh Hòa Lạc", "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Phó Bí thư",
    ),
    Issuer(
        "party", ("TỈNH ỦY LẠC THỦY",), "Tỉnh ủy Lạc Thủy", "TU", "Lạc Thủy",
        authority="T/M BAN THƯỜNG VỤ", post="PHÓ BÍ THƯ THƯỜNG TRỰC", title="Phó Bí thư Thường trực",
    ),
    Issuer(
        "party", ("BAN TỔ CHỨC",), "Ban Tổ chức", "BTCTU", "Hòa Lạc", ("TỈNH ỦY HÒA LẠC",), "Tỉnh ủy Hòa Lạc",
        "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Phó Trưởng Ban",
    ),
    Issuer(
        "party", ("ỦY BAN KIỂM TRA",), "Ủy ban Kiểm tra", "UBKTĐU", "Tân Phú", ("ĐẢNG ỦY PHƯỜNG TÂN PHÚ",),
        "Đảng ủy phường Tân Phú", "T/M ỦY BAN KIỂM TRA", "CHỦ NHIỆM", "Chủ nhiệm",
    ),
    Issuer(
        "party", ("CHI BỘ KHU PHỐ 2",), "Chi bộ khu phố 2", "CB", "Tân Phú", ("ĐẢNG ỦY PHƯỜNG TÂN PHÚ",),
        "Đảng ủy phường Tân Phú", "T/M CHI BỘ", "BÍ THƯ", "Bí thư",
    ),
)  # fmt: skip
MASS = (
    Issuer(
        "mass", ("ỦY BAN MTTQ VIỆT NAM", "XÃ AN BÌNH"), "Ủy ban MTTQ Việt Nam xã An Bình", "MTTQ", "An Bình",
        authority="TM. BAN THƯỜNG TRỰC",
    ),
    Issuer(
        "mass", ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LẠC THỦY"), "Liên đoàn Lao động tỉnh Lạc Thủy", "LĐLĐ", "Lạc Thủy",
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",), "Tổng Liên đoàn Lao động Việt Nam", "TM. BAN THƯỜNG VỤ",
    ),
    Issuer(
        "mass", ("HỘI LIÊN HIỆP PHỤ NỮ", "PHƯỜNG TÂN PHÚ"), "Hội Liên hiệp Phụ nữ phường Tân Phú", "BTV", "Tân Phú",
        authority="TM. BAN THƯỜNG VỤ",
    ),
)  # fmt: skip

# (rule set, the day of issue): one day well inside the time of each.
DAYS = {
    "tt01": date(2015, 4, 9),
    "nd30": date(2024, 11, 12),
    "hd36": date(2021, 3, 5),
    "hd05": date(2026, 9, 30),
    "nd34": date(2018, 2, 27),
    "nd78_187": date(2025, 12, 1),
}
SIGNERS = (
    "Trần Thị Minh Ánh",
    "Nguyễn Xuân Lưu",
    "Lò Văn Sơn",
    "Y Biêr Niê",
    "Phạm Quốc Hùng",
    "Đỗ Thu Hà",
    "Ksor H'Lan",
)
SUBJECTS = (
    "Về việc tổ chức ngày hội đọc sách trong học sinh và nhân dân năm học mới",
    "Triển khai thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị trên địa bàn",
    "Kết quả công tác quý I và nhiệm vụ trọng tâm quý II",
    "Ban hành quy chế phối hợp giữa các cơ quan trong phòng cháy, chữa cháy rừng mùa khô",
)
RECIPIENTS = (
    "Như trên",
    "Thường trực Đảng ủy xã (để b/c)",
    "Các Sở: Nội vụ, Giáo dục và Đào tạo",
    "Lưu: VT, TH",
)


@dataclass(frozen=True)
class Paper:
    """What stands in the paper."""

    kind: PaperKind
    issuer: Issuer
    rules: str | None
    day: date
    number: str
    subject: str
    signer: str
    addressee: str = "Ủy ban nhân dân các xã, phường"

    @property
    def is_letter(self) -> bool:
        return self.kind.code == "cong_van"

    @property
    def is_party(self) -> bool:
        return self.issuer.regime == "party"

    @property
    def dated(self) -> str:
        """With zeros before days under ten and before January and February, as the rules want it."""
        month = f"{self.day.month:02d}" if self.day.month < 3 else str(self.day.month)
        return f"ngày {self.day.day:02d} tháng {month} năm {self.day.year}"

    def expected(self) -> dict[str, str | None]:
        return {
            "issuing_body": self.issuer.body,
            "issuing_body_parent": self.issuer.parent,
            "doc_type": self.kind.code,
            "number": self.number,
            "place": self.issuer.place,
            "date": self.day.isoformat(),
            "subject": self.subject,
            "signer": self.signer,
            "signer_title": self.issuer.title,
            "sign_authority": self.issuer.authority or None,
            "regime": self.issuer.regime,
            "rule_set": self.rules,
        }


def every_paper() -> Iterator[Paper]:
    """A paper of every kind under every rule set that knows it."""
    signers, subjects, figures = cycle(SIGNERS), cycle(SUBJECTS), cycle((5, 15, 172, 4240))
    for issuers, rule_sets, regimes in (
        (STATE, ("tt01", "nd30"), "sc"),
        (PARTY, ("hd36", "hd05"), "p"),
        (STATE, ("nd34", "nd78_187"), "n"),
        (MASS, (None,), "s"),
    ):
        turn = cycle(issuers)
        for kind in KINDS:
            if not set(regimes) & set(kind.regimes) or (regimes == "n" and kind.code in _WITHOUT_YEAR):
                continue
            for rules in rule_sets:
                issuer = next(turn)
                number = number_of(
                    kind, issuer, next(figures), DAYS[rules or "nd30"].year, normative=regimes == "n"
                )
                yield Paper(kind, issuer, rules, DAYS[rules or "nd30"], number, next(subjects), next(signers))


_WITHOUT_YEAR = {
    "hien_phap",
    "van_ban_hop_nhat",
    "bo_luat",
    "luat",
    "phap_lenh",
}  # they have papers of their own


def number_of(kind: PaperKind, issuer: Issuer, figure: int, year: int, *, normative: bool) -> str:
    symbol = kind.symbols[0] if kind.symbols else "TB"
    if issuer.regime == "party":
        symbol = "QĐ" if kind.code == "quy_dinh" else symbol
        return f"{figure:02d}-{symbol}/{issuer.code}"
    if normative:
        return f"{figure:02d}/{year}/{symbol}-{issuer.code}"
    if kind.code == "cong_van":
        return f"{figure:02d}/{issuer.code}-VP"
    return f"{figure:02d}/{symbol}-{issuer.code}"
