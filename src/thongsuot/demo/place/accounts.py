"""Who can sign in: an account for each part somebody plays."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from thongsuot.accounts.models import User
from thongsuot.accounts.roles import REACHES_SUBTREE, BuiltIn
from thongsuot.core.search import searchable
from thongsuot.core.text import fold, person_sort_key
from thongsuot.demo.place.plan import FOUNDED, Place
from thongsuot.organizations.models import Person, Position, RoleGrant, Unit

PASSWORD = "vamco-minh-hoa"  # noqa: S105  # printed by the program itself: nothing here is real


@dataclass(frozen=True)
class SignIn:
    """A line of the list the demo prints."""

    username: str
    password: str
    who: str


def open_accounts(place: Place, members: dict[int, list[Person]]) -> None:
    """An account for each part somebody plays; members of cells sign in as themselves."""
    hashed = make_password(PASSWORD)
    wanted: list[tuple[str, str, Unit, BuiltIn, Person | None, str]] = [
        ("vanthu", "Văn thư Thành ủy", place.city, BuiltIn.CLERK, None, "Văn thư"),
        ("bithu", "Bí thư Thành ủy", place.city, BuiltIn.LEADER, None, "Bí thư"),
        (
            "chuyenvien",
            "Chuyên viên Văn phòng Thành ủy",
            place.boards["vanphong"],
            BuiltIn.OFFICER,
            None,
            "Chuyên viên",
        ),
        (
            "phongkinhte",
            "Trưởng phòng Kinh tế, Hạ tầng",
            place.boards["kinhte"],
            BuiltIn.LEADER,
            None,
            "Trưởng phòng",
        ),
        (
            "tuyengiao",
            "Chuyên viên Ban Tuyên giáo và Dân vận",
            place.boards["tuyengiao"],
            BuiltIn.OFFICER,
            None,
            "Chuyên viên",
        ),
        (
            "mattran",
            "Chuyên viên Mặt trận Tổ quốc",
            place.boards["mattran"],
            BuiltIn.OFFICER,
            None,
            "Chuyên viên",
        ),
        ("kiemtra", "Trưởng đoàn kiểm tra", place.city, BuiltIn.INSPECTOR, None, "Ủy viên Ủy ban Kiểm tra"),
        ("quantri", "Quản trị hệ thống", place.city, BuiltIn.ADMINISTRATOR, None, "Quản trị"),
    ]
    for commune in place.communes:
        slug = fold(commune.short_name).replace(" ", "")
        full = commune.name.removeprefix("Đảng ủy ")
        wanted += [
            (f"vanthu.{slug}", f"Văn thư {full}", commune, BuiltIn.CLERK, None, "Văn thư"),
            (f"bithu.{slug}", f"Bí thư Đảng ủy {full}", commune, BuiltIn.LEADER, None, "Bí thư"),
            (f"chuyenvien.{slug}", f"Chuyên viên {full}", commune, BuiltIn.OFFICER, None, "Chuyên viên"),
        ]
        for number, cell in enumerate(place.cells_of(commune), start=1):
            head, *others = members[cell.pk]
            wanted.append(
                (f"chibo{number}.{slug}", head.name, cell, BuiltIn.HEAD_OF_CELL, head, "Bí thư chi bộ")
            )
            wanted += [
                (f"dangvien{number}{index}.{slug}", person.name, cell, BuiltIn.MEMBER, person, "")
                for index, person in enumerate(others[:3], start=1)
            ]
    accounts = User.objects.bulk_create(
        User(username=u, display_name=n, password=hashed) for u, n, *_ in wanted
    )
    place.users = {user.username: user for user in accounts}
    _give_roles(wanted, accounts)


def _give_roles(
    wanted: list[tuple[str, str, Unit, BuiltIn, Person | None, str]], accounts: list[User]
) -> None:
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
            user=user, unit=unit, role_id=role, valid_from=FOUNDED, reaches_subtree=role in REACHES_SUBTREE
        )
        for (_u, _n, unit, role, _p, _t), user in zip(wanted, accounts, strict=True)
    )
    Position.objects.bulk_create(
        Position(
            unit=unit,
            person=by_user[user.pk],
            title=title,
            valid_from=FOUNDED,
            is_head=role in (BuiltIn.LEADER, BuiltIn.HEAD_OF_CELL),
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
