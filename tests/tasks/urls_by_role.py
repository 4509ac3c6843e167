"""Who may open the pages about tasks. The task of the table is the ward's, given by the city."""

from __future__ import annotations

import uuid
from io import BytesIO
from typing import Any

from PIL import Image

from tests.cast import Cast
from tests.permissions import Row
from tests.tasks.factory import cell_task, handed_in, member_task, ward_task
from thongsuot.tasks.models import ProgressEntry
from thongsuot.tasks.services import report_progress


def a_photo() -> bytes:
    content = BytesIO()
    Image.new("RGB", (8, 6), "teal").save(content, "JPEG")
    return content.getvalue()


def at_work(cast: Cast) -> list[Any]:
    return [ward_task(cast, due=None).pk]


def waiting(cast: Cast) -> list[Any]:
    return [handed_in(cast, due=None).pk]


def of_a_member(cast: Cast) -> list[Any]:
    return [member_task(cast, due=None).pk]


def with_photo(cast: Cast) -> list[Any]:
    task = member_task(cast, due=None)
    report_progress(by=cast.member, task=task, note="Đã dọn", photo=(a_photo(), "kenh.jpg"))
    return [task.pk, ProgressEntry.objects.get(task=task, photo__isnull=False).photo_id]


def reason(cast: Cast) -> dict[str, Any]:
    return {"reason": "Thiếu ảnh"}


# Everybody whose role reads tasks in the ward or above; the ward's own people; all others do not know of it.
CITY = dict.fromkeys(("city_clerk", "city_leader", "city_inspector"), 200)
WARD = dict.fromkeys(("ward_clerk", "ward_leader", "ward_officer"), 200)
HIDDEN = {"*": 404}


def only(answer: int, *parts: str) -> dict[str, int]:
    """Those who see the task but may not do this get 403, the parts named get ``answer``."""
    return HIDDEN | dict.fromkeys([*CITY, *WARD], 403) | dict.fromkeys(parts, answer)


GIVER = ("city_leader", "city_inspector")

ROWS = [
    Row("tasks:list", {"*": 200}),
    Row("tasks:export", {"*": 200}),
    Row("tasks:urge_many", {"*": 302}, method="post"),
    Row(
        "tasks:give",
        {"*": 403}
        | dict.fromkeys(
            ("city_leader", "ward_leader", "cell_head", "other_ward_leader", "other_cell_head"), 200
        ),
    ),
    Row("tasks:task", HIDDEN | CITY | WARD, args=at_work),
    Row(
        "tasks:task",
        HIDDEN
        | CITY
        | dict.fromkeys(("ward_clerk", "ward_leader", "ward_officer", "cell_head", "member"), 200),
        args=of_a_member,
    ),
    Row("tasks:assign", only(200, "city_leader", "ward_leader"), args=at_work),
    Row("tasks:report", only(200, "ward_leader", "ward_officer"), args=at_work),
    Row(
        "tasks:report",
        HIDDEN | dict.fromkeys([*CITY, *WARD], 403) | {"cell_head": 200, "member": 200},
        args=of_a_member,
    ),
    Row("tasks:accept", only(302, *GIVER), args=waiting, method="post"),
    Row("tasks:return", only(302, *GIVER), args=waiting, method="post", data=reason),
    Row(
        "tasks:extend",
        only(302, *GIVER),
        args=at_work,
        method="post",
        data=lambda cast: {"due": "2099-12-31", "reason": "Triều cường"},
    ),
    Row("tasks:urge", only(302, *GIVER, "city_clerk"), args=at_work, method="post"),
    Row("tasks:stop", only(302, *GIVER), args=at_work, method="post", data=reason),
    Row(
        "tasks:photo",
        HIDDEN
        | CITY
        | dict.fromkeys(("ward_clerk", "ward_leader", "ward_officer", "cell_head", "member"), 200),
        args=with_photo,
    ),
    Row("tasks:photo", HIDDEN, args=lambda cast: [cell_task(cast).pk, uuid.uuid4()]),
]
