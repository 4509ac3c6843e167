"""What the papers we write have in common: how a body heads and signs them, how a document is cited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from thongsuot.accounts.roles import Permission
from thongsuot.documents.kinds import Kind
from thongsuot.documents.models import Document
from thongsuot.organizations.models import Position, Unit, UnitKind
from thongsuot.organizations.models.units import COMMUNE_LEVEL
from thongsuot.organizations.queries.rights import stand_in_for

# Whoever may send papers in the name of the unit signs them.
SIGNING = Permission.DOCUMENT_SEND

_UPPER_COMMITTEES = (UnitKind.PROVINCE_COMMITTEE, UnitKind.CITY_COMMITTEE)

KIND_NAME: dict[str, str] = {
    Kind.NGHI_QUYET: "Nghị quyết",
    Kind.CHI_THI: "Chỉ thị",
    Kind.KET_LUAN: "Kết luận",
    Kind.QUYET_DINH: "Quyết định",
    Kind.QUY_DINH: "Quy định",
    Kind.QUY_CHE: "Quy chế",
    Kind.HUONG_DAN: "Hướng dẫn",
    Kind.THONG_BAO: "Thông báo",
    Kind.KE_HOACH: "Kế hoạch",
    Kind.CHUONG_TRINH: "Chương trình",
    Kind.BAO_CAO: "Báo cáo",
    Kind.TO_TRINH: "Tờ trình",
    Kind.CONG_VAN: "Công văn",
    Kind.CONG_DIEN: "Công điện",
    Kind.DE_AN: "Đề án",
    Kind.BIEN_BAN: "Biên bản",
    Kind.KHAC: "Văn bản",
}


@dataclass(frozen=True)
class Letterhead:
    """How a unit's papers begin and end."""

    parent_body: str
    body: str
    place: str
    authority: str
    position: str
    signer: str
    archive: str


def letterhead_of(unit: Unit) -> Letterhead:
    """From the unit's own data and the post of its head today, or of who signs while the head is away."""
    head = (
        Position.objects.valid_on()
        .filter(unit=unit, is_head=True)
        .select_related("person__user", "unit")
        .order_by("pk")
        .first()
    )
    position, signer = _signature(head) if head else ("", "")
    return Letterhead(
        parent_body=_party_organisation(unit.parent) if unit.parent else "",
        body=unit.name,
        place=unit.place,
        authority=_authority(unit),
        position=position,
        signer=signer,
        archive=_archive(unit),
    )


def _signature(head: Position) -> tuple[str, str]:
    """Whoever the head has lent it to signs by their authority, thừa ủy quyền: "T/UQ Bí thư"."""
    account = head.person.user
    other = stand_in_for(account, SIGNING, head.unit) if account else None
    return (f"T/UQ {head.title}", str(other)) if other else (head.title, head.person.name)


def reference_to(document: Document) -> str:
    """How a text cites a document: "Chỉ thị số 12-CT/ThU, ngày 02/11/2026 của Thành ủy Vàm Cỏ"."""
    symbol = f" số {document.symbol}" if document.symbol else ""
    return (
        f"{KIND_NAME[document.kind]}{symbol}, ngày {document.issued_on:%d/%m/%Y} của {document.issuing_body}"
    )


def short_reference_to(document: Document) -> str:
    """The same in a cell or a title: "Chỉ thị số 12-CT/ThU"."""
    kind = KIND_NAME[document.kind]
    return f"{kind} số {document.symbol}" if document.symbol else f"{kind} ngày {document.issued_on:%d/%m/%Y}"


def list_of(parts: Sequence[str]) -> str:
    """ "a, b và c"."""
    *first, last = parts
    return f"{', '.join(first)} và {last}" if first else last


def _party_organisation(unit: Unit) -> str:
    """The organisation a committee leads: Đảng ủy phường Cầu Ván leads Đảng bộ phường Cầu Ván."""
    if unit.kind in COMMUNE_LEVEL:
        return unit.name.replace("Đảng ủy", "Đảng bộ", 1)
    if unit.kind in _UPPER_COMMITTEES:
        return f"Đảng bộ {unit.short_name[:1].lower()}{unit.short_name[1:]}"
    return unit.name


def _authority(unit: Unit) -> str:
    if unit.kind in (*_UPPER_COMMITTEES, *COMMUNE_LEVEL):
        return "T/M Ban Thường vụ"
    if unit.kind == UnitKind.CELL:
        return "T/M Chi bộ"
    return f"T/M {unit.name}" if unit.kind == UnitKind.INSPECTION_COMMISSION else ""


def _archive(unit: Unit) -> str:
    if unit.kind == UnitKind.PROVINCE_COMMITTEE:
        return "Văn phòng Tỉnh ủy"
    if unit.kind == UnitKind.CITY_COMMITTEE:
        return "Văn phòng Thành ủy"
    return "Văn phòng Đảng ủy" if unit.kind in COMMUNE_LEVEL else unit.short_name
