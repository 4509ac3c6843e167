"""Whose paper it is: the Party's, the State's, or a mass organisation's."""

import re

from thongsuot.formats.reading.frame.rows import Row
from thongsuot.formats.reading.model import Item
from thongsuot.formats.reading.words import bare

_MASS_BODY = re.compile(
    r"\b(?:mttq|ubmttq\w*|mat tran to quoc|lien doan lao dong|cong doan|tinh doan|thanh doan|huyen doan"
    r"|quan doan|trung uong doan"
    r"|doan (?:tncs|thanh nien|xa|phuong|truong|khoi)|hoi (?:lien hiep|nong dan|cuu chien binh|chu thap do"
    r"|nguoi cao tuoi|phu nu"
    r"|khuyen hoc|luat gia|nha bao|nha van|dong y|sinh vien|thanh nien|van hoc)|lien hiep cac|lien minh hop tac xa)\b"
)
_PARTY_BODY = re.compile(
    r"\b(?:dang uy|dang bo|tinh uy|thanh uy|huyen uy|quan uy|thi uy|chi bo|chi uy|bo chinh tri|ban bi thu"
    r"|dang doan|ban can su dang"
    r"|ban chap hanh trung uong|trung uong dang|uy ban kiem tra|ban xay dung dang|ban tuyen giao|ban dan van)\b"
)


def regime_of(head: list[Row], body: Item | None, parent: Item | None, number: Item | None) -> Item | None:
    """By the title over the letterhead; where it is lost, by the body and the form of the number."""
    names = bare(" ".join(item.value for item in (parent, body) if item))
    title = next((row for row in head if row.kind in ("party", "state", "mass")), None)
    if _MASS_BODY.search(names) and not (title and title.kind == "party"):
        return _found(title, body, "mass", 0.85 if title else 0.7, "regime-body")
    if title is not None:
        return _found(
            title,
            body,
            {"party": "party", "state": "state", "mass": "mass"}[title.kind],
            0.95,
            "regime-title",
        )
    if body is not None and _PARTY_BODY.search(names):
        return _found(None, body, "party", 0.75, "regime-body")
    if number is not None:
        party = re.match(r"^\d+[a-z]?-[^/]+/", number.value) is not None
        return Item("party" if party else "state", number.span, 0.7, "regime-number")
    if body is not None:
        return _found(None, body, "state", 0.5, "regime-body")
    return None


def _found(title: Row | None, body: Item | None, value: str, confidence: float, rule: str) -> Item:
    if title is not None:
        return Item(value, (title.line.offsets[0], title.line.offsets[-1] + 1), confidence, rule)
    return Item(value, body.span if body else None, confidence, rule)
