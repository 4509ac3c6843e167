"""Which rules of layout a paper follows: by whose paper it is and the day it was issued.

| code | rules | source |
| --- | --- | --- |
| tt01 | Circular 01/2011/TT-BNV: administrative papers of the State | before Decree 30; its first day unverified |
| nd30 | Decree 30/2020/ND-CP, 05/3/2020 | verified |
| nd34 | Decree 34/2016/ND-CP: normative documents | before Decree 78; its first day unverified |
| nd78_187 | Decrees 78/2025 and 187/2025/ND-CP: normative documents | partly verified |
| hd36 | Guideline 36-HD/VPTW, 03/4/2018: papers of the Party | verified |
| hd05 | Guideline 05-HD/VPTW, 27/5/2026: papers of the Party | partly verified |

Mass organisations have rules of their own, which the program does not know (docs/sources.md).
"""

from datetime import date
from typing import Literal

from thongsuot.formats.reading.model import Item

Family = Literal["party", "normative", "administrative"]

# (rules, the first day on which a paper follows them), the newest first.
BOUNDARIES: dict[Family, tuple[tuple[str, date], ...]] = {
    "party": (("hd05", date(2026, 5, 27)), ("hd36", date(2018, 4, 3))),
    "normative": (("nd78_187", date(2025, 4, 1)), ("nd34", date(2016, 7, 1))),
    "administrative": (("nd30", date(2020, 3, 5)), ("tt01", date(2011, 3, 6))),
}
ALWAYS_NORMATIVE = frozenset(
    {"luat", "bo_luat", "phap_lenh", "lenh", "nghi_dinh", "thong_tu", "thong_tu_lien_tich", "hien_phap"}
)


def rule_set_of(
    regime: Item | None, issued: Item | None, kind: Item | None, *, with_year: bool
) -> Item | None:
    """None where nobody knows whose paper it is or when it was issued, or a blank day leaves two rule sets possible."""
    if regime is None or issued is None or regime.value not in ("party", "state"):
        return None
    normative = with_year or (kind is not None and kind.value in ALWAYS_NORMATIVE)
    family: Family = "party" if regime.value == "party" else "normative" if normative else "administrative"
    first, last = _bounds(issued.value)
    code = _in_force(family, first)
    if code is None or code != _in_force(family, last):
        return None
    return Item(code, issued.span, round(min(regime.confidence, issued.confidence), 2), f"rules-{family}")


def _in_force(family: Family, day: date) -> str | None:
    return next((code for code, since in BOUNDARIES[family] if day >= since), None)


def _bounds(iso: str) -> tuple[date, date]:
    """The first and the last day a date with blanks may mean."""
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) == 2:
        return date(parts[0], parts[1], 1), date(parts[0], parts[1], 28)
    return date(parts[0], 1, 1), date(parts[0], 12, 31)
