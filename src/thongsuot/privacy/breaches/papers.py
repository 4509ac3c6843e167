"""The notification to the authority, drafted from the register for a person to complete and sign.

What such a notification has to say follows what is known of the law so far (U); it is a draft, no form of an authority.
Its text is Vietnamese whatever language the screen speaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.utils import translation

from thongsuot.core.clock import now
from thongsuot.core.ui.words import count, moment
from thongsuot.formats.word import Block, Heading, OfficialDocument, Text
from thongsuot.organizations.models import Position, Unit, UnitKind
from thongsuot.privacy.models import Breach, BreachStep, StepKind

SUBJECT = "về sự cố liên quan đến dữ liệu cá nhân"
OF_THE_STATE = (
    *(UnitKind.PEOPLES_COUNCIL, UnitKind.PEOPLES_COMMITTEE, UnitKind.NEIGHBOURHOOD),
    *(UnitKind.SCHOOL, UnitKind.SERVICE, UnitKind.POST),
)


def notification(breach: Breach, steps: Sequence[BreachStep]) -> OfficialDocument:
    """The notification as it would be today."""
    unit = breach.unit
    head = Position.objects.valid_on().filter(unit=unit, is_head=True).select_related("person").first()
    with translation.override("vi"):
        return OfficialDocument(
            regime="state" if unit.kind in OF_THE_STATE else "party",
            parent_body=unit.parent.name if unit.parent else "",
            body=unit.name,
            place=unit.place,
            year=now().year,
            kind="thông báo",
            subject=SUBJECT,
            blocks=tuple(_blocks(breach, steps)),
            position=head.title if head else "",
            signer=head.person.name if head else "",
            recipients=(settings.BREACH_AUTHORITY,),
            archive=unit.short_name,
        )


def _blocks(breach: Breach, steps: Sequence[BreachStep]) -> Iterator[Block]:
    yield Text(f"Kính gửi: {settings.BREACH_AUTHORITY}.")
    yield Heading("1. Sự việc")
    yield Text(
        f"{breach.unit.name} phát hiện sự việc lúc {moment(breach.noticed_at)}: {_sentence(breach.title)}"
    )
    for step in steps:
        if step.kind == StepKind.NOTED:
            yield Text(_sentence(step.text))
    yield Heading("2. Loại dữ liệu và số người bị ảnh hưởng")
    yield Text(f"Loại dữ liệu: {'; '.join(breach.kinds)}.")
    known = f"khoảng {count(breach.people)} người" if breach.people is not None else "chưa xác định"
    yield Text(f"Số người bị ảnh hưởng đến nay: {known}.")
    yield Heading("3. Hậu quả có thể xảy ra")
    yield Text("[Cơ quan bổ sung.]")
    yield Heading("4. Biện pháp đã thực hiện")
    measures = [step for step in steps if step.kind in (StepKind.MEASURE, StepKind.PEOPLE)]
    for step in measures:
        yield Text(f"- {moment(step.happened_at)}: {_sentence(step.text)}")
    if not measures:
        yield Text("[Cơ quan bổ sung.]")
    yield Heading("5. Đầu mối liên hệ")
    yield Text(_contact(breach.unit))
    yield Text("Dự thảo lập từ sổ theo dõi sự cố; cần kiểm tra và bổ sung trước khi ký.", italic=True)


def _contact(unit: Unit) -> str:
    known = [part for part in (unit.address, unit.phone, unit.email) if part]
    return f"{unit.name}: {'; '.join(known)}." if known else f"{unit.name}: [cơ quan bổ sung]."


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
