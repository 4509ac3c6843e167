"""Blocks with fields: "- Nội dung: ...", "- Cơ quan chủ trì: ...", "- Thời gian: ...": one task a block."""

import re

from thongsuot.formats.reading.deadlines import last_day
from thongsuot.formats.reading.model import Deadline, Page, Span, Task
from thongsuot.formats.reading.references import page_of
from thongsuot.formats.reading.tasks.organisations import split_units

_LABEL = re.compile(
    r"^(?P<label>Nội dung(?: thực hiện| công việc| nhiệm vụ)?|(?:Cơ quan|Đơn vị|Tổ chức"
    r"|Bộ phận)?\s?(?:chủ trì|thực hiện|chịu trách nhiệm|chủ trì thực hiện|phối hợp|phối hợp thực hiện"
    r"|Chủ trì|Phối hợp|Thực hiện)"
    r"|Thời gian(?: thực hiện| hoàn thành)?|Thời hạn(?: hoàn thành| thực hiện)?|Tiến độ(?: thực hiện)?"
    r"|Hoàn thành|Kết quả|Sản phẩm(?: dự kiến)?)\s*:\s*",
    re.IGNORECASE,
)


def field_of(text: str) -> tuple[str, int] | None:
    """(field, where its value begins): content, lead, help, time or product."""
    match = _LABEL.match(text)
    if match is None:
        return None
    label = match.group("label").lower()
    if label.startswith("nội dung"):
        kind = "content"
    elif "phối hợp" in label:
        kind = "help"
    elif any(w in label for w in ("thời", "tiến độ", "hoàn thành")) and "thực hiện" not in label.split()[:1]:
        kind = "time"
    elif any(w in label for w in ("kết quả", "sản phẩm")):
        kind = "product"
    else:
        kind = "lead"
    return kind, match.end()


def field_task(
    action: str,
    values: dict[str, str],
    deadline: Deadline | None,
    section: str | None,
    span: Span,
    pages: tuple[Page, ...],
) -> Task:
    product = values.get("product", "").strip(" .;")
    return Task(
        action=action,
        assignees=split_units(values["lead"]),
        coordinators=split_units(values.get("help", "")),
        deadline_text=values.get("time", "").strip(" .") or None,
        deadline=deadline,
        due=last_day(deadline) if deadline else None,
        product=product or None,
        section=section,
        span=span,
        page=page_of(span[0], pages),
        confidence=0.9,
    )
