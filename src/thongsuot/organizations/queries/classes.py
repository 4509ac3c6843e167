"""The words with which papers name a whole class of units, as data: "các phòng, ban", "các khu phố", "các xã".

All words are folded (``core.text.fold``): uỷ and ủy, capitals and accents are one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from thongsuot.organizations.models.units import COMMUNE_LEVEL, MASS_KINDS, UnitKind


@dataclass(frozen=True)
class UnitClass:
    """Units of these kinds; with ``begins`` or ``holds`` only those whose folded name has that word.

    No kinds: a word for whoever is addressed ("đơn vị", "cấp ủy"), which names no class of its own.
    """

    kinds: tuple[UnitKind, ...] = ()
    begins: str = ""
    holds: str = ""

    @property
    def is_anybody(self) -> bool:
        return not self.kinds

    def has(self, kind: str, folded: str) -> bool:
        return kind in self.kinds and folded.startswith(self.begins) and self.holds in folded


_BOARDS = (UnitKind.ADVISORY_BOARD, UnitKind.INSPECTION_COMMISSION)
_CELLS = (UnitKind.CELL,)
_COMMUNES = UnitClass(COMMUNE_LEVEL)
_ANYBODY = UnitClass()

CLASSES: dict[str, UnitClass] = {
    "phuong": UnitClass((UnitKind.WARD_COMMITTEE,)),
    "xa": UnitClass((UnitKind.COMMUNE_COMMITTEE,), holds="xa "),
    "dac khu": UnitClass((UnitKind.COMMUNE_COMMITTEE,), holds="dac khu "),
    "thi tran": UnitClass((UnitKind.COMMUNE_COMMITTEE,), holds="thi tran "),
    **dict.fromkeys(
        ("cap xa", "dia phuong", "dang bo", "dang uy", "dang uy co so", "dang bo co so"), _COMMUNES
    ),
    **dict.fromkeys(("phong", "phong chuyen mon", "co quan chuyen mon"), UnitClass((UnitKind.DEPARTMENT,))),
    "so": UnitClass((UnitKind.DEPARTMENT,), begins="so "),
    "bo": UnitClass((UnitKind.DEPARTMENT,), begins="bo "),
    "ban": UnitClass((*_BOARDS, UnitKind.DEPARTMENT), begins="ban "),
    **dict.fromkeys(
        ("ban dang", "ban xay dung dang", "co quan tham muu", "co quan tham muu giup viec", "co quan dang"),
        UnitClass(_BOARDS),
    ),
    **dict.fromkeys(
        ("doan the", "to chuc chinh tri xa hoi", "hoi doan the", "hoi"),
        UnitClass(MASS_KINDS),
    ),
    **dict.fromkeys(("mat tran", "mat tran to quoc", "mttq"), UnitClass((UnitKind.FRONT,))),
    **dict.fromkeys(("chi bo", "chi", "chi bo co so"), UnitClass(_CELLS)),
    **{
        place: UnitClass(_CELLS, holds=f"{place} ")
        for place in ("khu pho", "ap", "thon", "to dan pho", "khom")
    },
    **dict.fromkeys(
        (
            "don vi",
            "co quan",
            "to chuc",
            "cap uy",
            "cap uy dang",
            "to chuc dang",
            "to chuc co so dang",
            "nganh",
        ),
        _ANYBODY,
    ),
}

# Who speaks for a unit stands for the unit: "Chủ tịch UBND các xã", "thủ trưởng các phòng, ban".
_OFFICES = (
    "thu truong",
    "truong",
    "lanh dao",
    "nguoi dung dau",
    "bi thu",
    "chu tich",
    "ban thuong vu",
    "thuong truc",
    "dang uy",
    "cap uy",
    "chi uy",
    "chi bo",
    "uy ban nhan dan",
    "ubnd",
    "cac",
    "va",
)
OFFICES = re.compile(rf"\A(?:(?:{'|'.join(_OFFICES)})[\s,]+)+")
QUANTIFIER = re.compile(r"\b(?:tat ca cac|toan the cac|toan bo cac|cac|tung|moi)\s")
# What follows a class says where it is, and is no further class.
TAIL = re.compile(r"\s(?:truc thuoc|thuoc|tren dia ban|cua|tai|trong|o|theo|can cu)\b.*")
# "Các xã có cụm công nghiệp", "đơn vị được giao": some of them, and only a person knows which. With its accents:
# without them "có" would be "cơ", "đang" would be "đảng".
SOME_OF_THEM = re.compile(r"\s(?:có (?!liên quan)|đang |chưa |được |còn |dưới )", re.IGNORECASE)
CONCERNED = re.compile(r"\s(?:co )?lien quan\b.*")
# "Sở, ban, ngành", "bộ, ngành" are one word for the agencies of a province or of the State: no boards of ours.
AGENCIES = re.compile(r"\b(so|bo)(?:(?:\s*,\s*|\s+va\s+|\s+)(?:ban|nganh))+\b(?:\s+trung uong)?")
NOT_OURS = re.compile(r"\b(?:chinh phu|quoc hoi|hoi dong nhan dan|hdnd|cua (?:trung uong|tinh|nha nuoc))\b")
ABOVE_US = re.compile(r"\s(?:tinh|trung uong)$")
DIRECTLY_BELOW = "truc thuoc"
SEPARATORS = re.compile(r"\s*(?:[,;]|\bva\b|\bcung\b)\s*(?:(?:cac|voi)\s+)*")
