"""The cast every database test starts with: a small Vàm Cỏ of 2 wards, 1 commune, 2 cells each, 5 members a cell."""

from __future__ import annotations

from dataclasses import dataclass

from thongsuot.accounts.models import User
from thongsuot.demo.place import COMMUNE, WARD, CommunePlan, found_place
from thongsuot.organizations.models import Person, Unit, UnitKind

SMALL = (
    CommunePlan(WARD, "Cầu Ván", 2, 10),
    CommunePlan(WARD, "Gò Bưởi", 2, 10),
    CommunePlan(COMMUNE, "Láng Sếu", 2, 10),
)


@dataclass
class Cast:
    """The units and people of the small place, by the part they play."""

    city: Unit
    ward: Unit
    other_ward: Unit
    commune: Unit
    cell: Unit
    second_cell: Unit
    other_cell: Unit
    economy: Unit
    city_clerk: User
    city_leader: User
    city_officer: User
    city_inspector: User
    administrator: User
    ward_clerk: User
    ward_leader: User
    ward_officer: User
    cell_head: User
    member: User
    second_member: User
    other_ward_clerk: User
    other_ward_leader: User
    other_cell_head: User
    other_member: User

    @property
    def communes(self) -> list[Unit]:
        return [self.ward, self.other_ward, self.commune]

    @property
    def everybody(self) -> dict[str, User]:
        """Every account by the name of its part."""
        return {name: part for name, part in vars(self).items() if isinstance(part, User)}

    def person(self, user: User) -> Person:
        return Person.objects.get(user=user)


def gather() -> Cast:
    """The cast from the database, founding the place first where it is not there (after a flush)."""
    if not Unit.objects.exists():
        found_place(SMALL)
    units = {unit.name: unit for unit in Unit.objects.select_related("parent__parent")}
    users = {user.username: user for user in User.objects.all()}
    cells = {unit.name: unit for unit in units.values() if unit.kind == UnitKind.CELL}
    return Cast(
        city=units["Thành ủy Vàm Cỏ"],
        ward=units["Đảng ủy phường Cầu Ván"],
        other_ward=units["Đảng ủy phường Gò Bưởi"],
        commune=units["Đảng ủy xã Láng Sếu"],
        cell=cells["Chi bộ khu phố 1, phường Cầu Ván"],
        second_cell=cells["Chi bộ khu phố 2, phường Cầu Ván"],
        other_cell=cells["Chi bộ khu phố 1, phường Gò Bưởi"],
        economy=units["Phòng Kinh tế, Hạ tầng"],
        city_clerk=users["vanthu"],
        city_leader=users["bithu"],
        city_officer=users["chuyenvien"],
        city_inspector=users["kiemtra"],
        administrator=users["quantri"],
        ward_clerk=users["vanthu.cauvan"],
        ward_leader=users["bithu.cauvan"],
        ward_officer=users["chuyenvien.cauvan"],
        cell_head=users["chibo1.cauvan"],
        member=users["dangvien11.cauvan"],
        second_member=users["dangvien12.cauvan"],
        other_ward_clerk=users["vanthu.gobuoi"],
        other_ward_leader=users["bithu.gobuoi"],
        other_cell_head=users["chibo1.gobuoi"],
        other_member=users["dangvien11.gobuoi"],
    )
