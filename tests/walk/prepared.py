"""What others have done before a short walk begins, told through the services."""

from __future__ import annotations

import datetime as dt

from tests.cast import Cast
from tests.inspections.story import concluded, opened
from thongsuot.core.clock import moment
from thongsuot.dissemination.models import Form
from thongsuot.dissemination.services import call_session
from thongsuot.documents import services
from thongsuot.documents.models import Delivery, Document, Intake
from thongsuot.documents.models.intake import Decision
from thongsuot.inspections.models import Inspection
from thongsuot.tasks.models import Task
from thongsuot.tasks.services import Share, assign_task

FIRST_TASK = "Thực hiện nghiêm"


def waiting(cast: Cast, directive: tuple[str, bytes]) -> Intake:
    """The directive, read, with nothing decided yet."""
    name, content = directive
    return services.take_in(
        by=cast.city_clerk, unit=cast.city, direction="incoming", name=name, content=content
    )


def sent(cast: Cast, directive: tuple[str, bytes]) -> Document:
    """Registered with all that was proposed, and sent to every ward and commune."""
    intake = waiting(cast, directive)
    services.accept_certain(by=cast.city_clerk, intake=intake)
    for item in intake.items.filter(decision=Decision.PENDING).exclude(proposed=None):
        services.decide(by=cast.city_clerk, item=item, decision=Decision.ACCEPTED)
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    services.dispatch_document(
        by=cast.city_clerk,
        unit=cast.city,
        document=document,
        units=cast.communes,
        receive_by=dt.date(2025, 12, 3),
        plan_by=dt.date(2025, 12, 8),
        disseminate_by=dt.date(2025, 12, 12),
    )
    return document


def under_way(cast: Cast, directive: tuple[str, bytes]) -> tuple[Document, Task, Inspection, Inspection]:
    """Received in the ward, a session called, a task with a member, one inspection open and one concluded."""
    document = sent(cast, directive)
    delivery = Delivery.objects.get(document=document, unit=cast.ward)
    services.receive_delivery(by=cast.ward_clerk, delivery=delivery)
    call_session(
        by=cast.ward_leader,
        unit=cast.ward,
        cells=[cast.cell, cast.second_cell],
        documents=[document],
        title="Quán triệt Chỉ thị 012/CT-UBND",
        form=Form.values[0],
        starts_at=moment(dt.date(2025, 12, 1), 8),
        place="Hội trường phường",
    )
    task = Task.objects.filter(document=document, unit=cast.ward).get(text__startswith=FIRST_TASK)
    share = Share(cast.cell, cast.person(cast.member), "Niêm yết thủ tục ở nhà văn hóa", dt.date(2025, 12, 5))
    part = assign_task(by=cast.ward_leader, task=task, shares=[share])[0]
    return document, part, opened(cast, document), concluded(cast, opened(cast, document))
