"""What the place consists of: wards and communes, boards, and lists from which names are put together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from thongsuot.accounts.models import User
from thongsuot.organizations.models import Unit, UnitKind

FOUNDED = dt.date(2015, 9, 1)


TERMS = (
    ("2015-2020", dt.date(2015, 9, 1), dt.date(2020, 8, 15)),
    ("2020-2025", dt.date(2020, 8, 15), dt.date(2025, 8, 20)),
    ("2025-2030", dt.date(2025, 8, 20), None),
)


@dataclass(frozen=True)
class CommunePlan:
    """A ward or commune: its name, how many cells, how many members altogether."""

    kind: UnitKind
    name: str
    cells: int
    members: int


WARD, COMMUNE = UnitKind.WARD_COMMITTEE, UnitKind.COMMUNE_COMMITTEE


# 14 wards and communes, 60 cells, 900 members.
VAM_CO = (
    CommunePlan(WARD, "Bến Sậy", 6, 92),
    CommunePlan(WARD, "Rạch Sen", 5, 76),
    CommunePlan(WARD, "Gò Trâm", 5, 76),
    CommunePlan(WARD, "Xóm Lưới", 4, 60),
    CommunePlan(WARD, "Bàu Nhãn", 4, 60),
    CommunePlan(COMMUNE, "Đồng Sậy", 4, 62),
    CommunePlan(COMMUNE, "Kinh Mới", 4, 60),
    CommunePlan(COMMUNE, "Cồn Lá", 4, 60),
    CommunePlan(WARD, "Vàm Sen", 4, 60),
    CommunePlan(WARD, "Cầu Ván", 5, 75),
    CommunePlan(WARD, "Gò Bưởi", 4, 60),
    CommunePlan(WARD, "Lộ Tre", 4, 57),
    CommunePlan(COMMUNE, "Rạch Bần", 4, 56),
    CommunePlan(COMMUNE, "Láng Sếu", 3, 46),
)


FAMILY = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)


MIDDLE = (
    "Văn",
    "Thị",
    "Hữu",
    "Minh",
    "Ngọc",
    "Thanh",
    "Hoàng",
    "Quốc",
    "Kim",
    "Xuân",
    "Đức",
    "Thùy",
    "Bảo",
    "Gia",
)


# fmt: off
GIVEN = (
    "An", "Ánh", "Bình", "Chi", "Cường", "Dung", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hoa", "Hùng", "Hương",
    "Khánh", "Lan", "Linh", "Long", "Mai", "Nam", "Nga", "Nghĩa", "Nhung", "Oanh", "Phong", "Phúc", "Quân", "Quyên",
    "Sơn", "Tâm", "Thảo", "Thành", "Thủy", "Trang", "Trung", "Tuấn", "Tuyết", "Vinh", "Yến",
)
# fmt: on


@dataclass
class Place:
    """What was founded, for whoever goes on from there. Accounts are by user name."""

    city: Unit
    communes: list[Unit] = field(default_factory=list)
    cells: dict[int, list[Unit]] = field(default_factory=dict)
    boards: dict[str, Unit] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def commune(self, short_name: str) -> Unit:
        return next(unit for unit in self.communes if unit.short_name == short_name)

    def cells_of(self, commune: Unit) -> list[Unit]:
        return self.cells[commune.pk]


BOARDS = (
    ("tuyengiao", UnitKind.ADVISORY_BOARD, "Ban Tuyên giáo và Dân vận Thành ủy", "BTGDVTU"),
    ("kiemtra", UnitKind.INSPECTION_COMMISSION, "Ủy ban Kiểm tra Thành ủy", "UBKTTU"),
    ("vanphong", UnitKind.ADVISORY_BOARD, "Văn phòng Thành ủy", "VPTU"),
    ("kinhte", UnitKind.DEPARTMENT, "Phòng Kinh tế, Hạ tầng", "PKTHT"),
    ("mattran", UnitKind.FRONT, "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố", "MTTQ"),
)
