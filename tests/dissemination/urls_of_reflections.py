"""Who may open the addresses of reflections and commitments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from tests.cast import Cast
from tests.permissions import Row
from thongsuot.core import clock
from thongsuot.dissemination.models import ReflectionKind
from thongsuot.dissemination.services import ask_for_papers, hand_in
from thongsuot.documents.models import Document


def reflection_rows(required: Callable[[Cast], list[Any]]) -> list[Row]:
    """``required`` gives the key of a document that the first ward has to hear of."""

    def asked(cast: Cast) -> list[Any]:
        document = Document.objects.get(pk=required(cast)[0])
        due = clock.today() + dt.timedelta(days=5)
        kind = ReflectionKind.REFLECTION
        ask_for_papers(by=cast.ward_leader, document=document, unit=cast.ward, kind=kind, due=due)
        hand_in(by=cast.member, document=document, kind=kind, text="Tôi sẽ không bỏ rác xuống kênh.")
        return [document.pk]

    def of_member(cast: Cast) -> list[Any]:
        return [*asked(cast), cast.cell.pk, cast.person(cast.member).pk, "reflection"]

    offices = ("city_clerk", "city_leader", "ward_clerk", "ward_leader", "cell_head")
    readers = ("city_inspector", "ward_officer")
    members = ("cell_head", "member", "second_member")
    others = dict.fromkeys((*offices, *readers, "member", "second_member"), 409) | dict.fromkeys(members, 200)
    # Nobody but the head of the cell: not the leaders above, who see names and counts, nor the member's neighbours.
    # The officer of the ward does not see its cells in the tree.
    head = {"*": 404, **dict.fromkeys((*offices, "city_inspector", *members), 403)}
    return [
        Row("dissemination:papers", {"*": 404, **others}, args=asked),
        Row(
            "dissemination:papers",
            {"*": 404, **others, "cell_head": 302, "second_member": 302, "member": 422},
            args=asked,
            method="post",
            data=lambda cast: {"kind": "reflection", "text": "Tôi nhận một đoạn đường."},
        ),
        Row(
            "dissemination:reflections",
            {"*": 404, **dict.fromkeys((*offices, *readers), 200), "member": 403, "second_member": 403},
            args=asked,
        ),
        Row(
            "dissemination:ask_reflections",
            {
                "*": 404,
                **dict.fromkeys(offices, 200),
                **dict.fromkeys((*readers, "member", "second_member"), 403),
            },
            args=asked,
        ),
        Row("dissemination:reflection", head | {"cell_head": 200}, args=of_member),
        Row(
            "dissemination:reflection",
            head | {"cell_head": 302},
            args=of_member,
            method="post",
            data=lambda cast: {"word": "Nêu rõ việc sẽ làm."},
        ),
    ]
