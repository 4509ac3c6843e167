"""The demonstration place: an invented city, its units, its people and who can sign in.

Thành phố Vàm Cỏ does not exist, nor does anybody in it: names are put together from lists. Units and people
are founded three terms ago, so that history has somewhere to happen.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db import transaction

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import REACHES_SUBTREE, Role
from thongsuot.core.search import searchable
from thongsuot.core.text import fold, person_sort_key
from thongsuot.organizations.models import Person, Position, RoleGrant, Term, Unit, UnitKind
from thongsuot.organizations.services import enrol_people, found_units

PASSWORD = "vamco-minh-hoa"  # noqa: S105  # printed by the program itself: nothing here is real
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


@dataclass(frozen=True)
class SignIn:
    """A line of the list the demo prints."""

    username: str
    password: str
    who: str


BOARDS = (
    ("tuyengiao", UnitKind.ADVISORY_BOARD, "Ban Tuyên giáo và Dân vận Thành ủy", "BTGDVTU"),
    ("kiemtra", UnitKind.INSPECTION_COMMISSION, "Ủy ban Kiểm tra Thành ủy", "UBKTTU"),
    ("vanphong", UnitKind.ADVISORY_BOARD, "Văn phòng Thành ủy", "VPTU"),
    ("kinhte", UnitKind.DEPARTMENT, "Phòng Kinh tế, Hạ tầng", "PKTHT"),
    ("mattran", UnitKind.FRONT, "Ủy ban Mặt trận Tổ quốc Việt Nam thành phố", "MTTQ"),
)


@transaction.atomic
def found_place(communes: Iterable[CommunePlan] = VAM_CO, *, seed: int = 12) -> Place:
    """Write units, people and accounts. The same seed gives the same place."""
    plans = list(communes)
    chance = random.Random(seed)  # noqa: S311  # names, not secrets
    place = Place(city=_found_city())
    place.boards = _found_boards(place.city)
    place.communes = _found_communes(place.city, plans)
    for plan, commune in zip(plans, place.communes, strict=True):
        place.cells[commune.pk] = _found_cells(commune, plan)
    members = _enrol(place, plans, chance)
    _found_terms([place.city, *place.communes])
    _open_accounts(place, members)
    return place


def _found_city() -> Unit:
    city = Unit(
        kind=UnitKind.CITY_COMMITTEE,
        name="Thành ủy Vàm Cỏ",
        short_name="Thành phố Vàm Cỏ",
        symbol="ThU",
        place="Vàm Cỏ",
        valid_from=FOUNDED,
    )
    return found_units(
        [city], aliases=[["Ban Thường vụ Thành ủy Vàm Cỏ", "Ban Chấp hành Đảng bộ thành phố Vàm Cỏ"]]
    )[0]


def _found_boards(city: Unit) -> dict[str, Unit]:
    units = [
        Unit(
            parent=city,
            kind=kind,
            name=name,
            short_name=name.replace(" Thành ủy", ""),
            symbol=symbol,
            place="Vàm Cỏ",
            valid_from=FOUNDED,
        )
        for _key, kind, name, symbol in BOARDS
    ]
    made = found_units(units)
    return {key: unit for (key, *_rest), unit in zip(BOARDS, made, strict=True)}


def _found_communes(city: Unit, plans: list[CommunePlan]) -> list[Unit]:
    units, aliases = [], []
    for plan in plans:
        kind = "phường" if plan.kind == WARD else "xã"
        units.append(
            Unit(
                parent=city,
                kind=plan.kind,
                name=f"Đảng ủy {kind} {plan.name}",
                short_name=plan.name,
                symbol="ĐU",
                place=plan.name,
                valid_from=FOUNDED,
            )
        )
        aliases.append(
            [
                f"{kind} {plan.name}",
                f"UBND {kind} {plan.name}",
                f"Ủy ban nhân dân {kind} {plan.name}",
                f"Ban Thường vụ Đảng ủy {kind} {plan.name}",
            ]
        )
    return found_units(units, aliases=aliases)


def _found_cells(commune: Unit, plan: CommunePlan) -> list[Unit]:
    area = "khu phố" if plan.kind == WARD else "ấp"
    return found_units(
        [
            Unit(
                parent=commune,
                kind=UnitKind.CELL,
                name=f"Chi bộ {area} {number}, {commune.name.removeprefix('Đảng ủy ')}",
                short_name=f"Chi bộ {area} {number}",
                symbol="CB",
                place=plan.name,
                valid_from=FOUNDED,
            )
            for number in range(1, plan.cells + 1)
        ]
    )


def _enrol(place: Place, plans: list[CommunePlan], chance: random.Random) -> dict[int, list[Person]]:
    """Members by cell key: the commune's number shared out as evenly as it goes."""
    wanted: list[tuple[str, Unit | None]] = []
    for plan, commune in zip(plans, place.communes, strict=True):
        cells = place.cells_of(commune)
        for number in range(plan.members):
            name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
            wanted.append((name, cells[number % len(cells)]))
    members: dict[int, list[Person]] = {}
    for person, (_name, cell) in zip(enrol_people(wanted, since=FOUNDED), wanted, strict=True):
        members.setdefault(cell.pk if cell else 0, []).append(person)
    return members


def _found_terms(units: list[Unit]) -> None:
    Term.objects.bulk_create(
        Term(unit=unit, name=name, valid_from=since, valid_to=until)
        for unit in units
        for name, since, until in TERMS
    )


def _open_accounts(place: Place, members: dict[int, list[Person]]) -> None:
    """An account for each part somebody plays; members of cells sign in as themselves."""
    hashed = make_password(PASSWORD)
    wanted: list[tuple[str, str, Unit, Role, Person | None, str]] = [
        ("vanthu", "Văn thư Thành ủy", place.city, Role.CLERK, None, "Văn thư"),
        ("bithu", "Bí thư Thành ủy", place.city, Role.LEADER, None, "Bí thư"),
        (
            "chuyenvien",
            "Chuyên viên Văn phòng Thành ủy",
            place.boards["vanphong"],
            Role.OFFICER,
            None,
            "Chuyên viên",
        ),
        (
            "phongkinhte",
            "Trưởng phòng Kinh tế, Hạ tầng",
            place.boards["kinhte"],
            Role.LEADER,
            None,
            "Trưởng phòng",
        ),
        (
            "tuyengiao",
            "Chuyên viên Ban Tuyên giáo và Dân vận",
            place.boards["tuyengiao"],
            Role.OFFICER,
            None,
            "Chuyên viên",
        ),
        (
            "mattran",
            "Chuyên viên Mặt trận Tổ quốc",
            place.boards["mattran"],
            Role.OFFICER,
            None,
            "Chuyên viên",
        ),
        ("kiemtra", "Trưởng đoàn kiểm tra", place.city, Role.INSPECTOR, None, "Ủy viên Ủy ban Kiểm tra"),
        ("quantri", "Quản trị hệ thống", place.city, Role.ADMINISTRATOR, None, "Quản trị"),
    ]
    for commune in place.communes:
        slug = fold(commune.short_name).replace(" ", "")
        full = commune.name.removeprefix("Đảng ủy ")
        wanted += [
            (f"vanthu.{slug}", f"Văn thư {full}", commune, Role.CLERK, None, "Văn thư"),
            (f"bithu.{slug}", f"Bí thư Đảng ủy {full}", commune, Role.LEADER, None, "Bí thư"),
            (f"chuyenvien.{slug}", f"Chuyên viên {full}", commune, Role.OFFICER, None, "Chuyên viên"),
        ]
        for number, cell in enumerate(place.cells_of(commune), start=1):
            head, *others = members[cell.pk]
            wanted.append(
                (f"chibo{number}.{slug}", head.name, cell, Role.HEAD_OF_CELL, head, "Bí thư chi bộ")
            )
            wanted += [
                (f"dangvien{number}{index}.{slug}", person.name, cell, Role.MEMBER, person, "")
                for index, person in enumerate(others[:3], start=1)
            ]
    accounts = User.objects.bulk_create(
        User(username=u, display_name=n, password=hashed) for u, n, *_ in wanted
    )
    place.users = {user.username: user for user in accounts}
    _give_roles(wanted, accounts)


def _give_roles(wanted: list[tuple[str, str, Unit, Role, Person | None, str]], accounts: list[User]) -> None:
    officials = Person.objects.bulk_create(
        Person(name=name, search_text=searchable(name), sort_key=person_sort_key(name), user=user)
        for (_u, name, _unit, _role, person, _title), user in zip(wanted, accounts, strict=True)
        if person is None
    )
    by_user = {person.user_id: person for person in officials}
    held: list[Person] = []
    for (_u, _n, _unit, _role, person, _title), user in zip(wanted, accounts, strict=True):
        if person is not None:
            person.user = user
            held.append(person)
            by_user[user.pk] = person
    Person.objects.bulk_update(held, ["user"], batch_size=500)
    RoleGrant.objects.bulk_create(
        RoleGrant(
            user=user, unit=unit, role=role, valid_from=FOUNDED, reaches_subtree=role in REACHES_SUBTREE
        )
        for (_u, _n, unit, role, _p, _t), user in zip(wanted, accounts, strict=True)
    )
    Position.objects.bulk_create(
        Position(
            unit=unit,
            person=by_user[user.pk],
            title=title,
            valid_from=FOUNDED,
            is_head=role in (Role.LEADER, Role.HEAD_OF_CELL),
        )
        for (_u, _n, unit, role, _p, title), user in zip(wanted, accounts, strict=True)
        if title
    )


def people_who_can_sign_in() -> list[SignIn]:
    """One account for each part, in the order of the walk."""
    parts = (
        ("vanthu", "Văn thư Thành ủy: nhận tệp, đọc, vào sổ, gửi xuống"),
        ("bithu", "Bí thư Thành ủy: bảng điều hành, chậm ở đâu, vì sao"),
        ("vanthu.cauvan", "Văn thư Đảng ủy phường Cầu Ván: tiếp nhận, vào sổ kế hoạch của phường"),
        ("bithu.cauvan", "Bí thư Đảng ủy phường Cầu Ván: giao việc, mở buổi quán triệt"),
        ("chibo1.cauvan", "Bí thư chi bộ khu phố 1: điểm danh, ai chưa nắm được"),
        ("dangvien11.cauvan", "Đảng viên: đọc, xác nhận, báo cáo việc của mình (mở trên điện thoại)"),
        ("kiemtra", "Trưởng đoàn kiểm tra: kiểm tra, kết luận, đóng từng yêu cầu"),
        ("quantri", "Quản trị hệ thống"),
    )
    known = set(
        User.objects.filter(username__in=[name for name, _ in parts]).values_list("username", flat=True)
    )
    return [SignIn(name, PASSWORD, who) for name, who in parts if name in known]
