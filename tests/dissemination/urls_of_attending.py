"""Who may open the screen of a session, its bridge points, and what the phones before it open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cast import Cast
from tests.dissemination.factories import make_session
from tests.permissions import Row
from thongsuot.core import clock
from thongsuot.dissemination.meetings import screens
from thongsuot.dissemination.models import Form, Session
from thongsuot.dissemination.services import call_session
from thongsuot.dissemination.services.bridging import add_points
from thongsuot.documents.models import Document

IN_CELL = dict.fromkeys(("cell_head", "member", "second_member"), 200)
BYSTANDERS = dict.fromkeys(("city_inspector", "ward_officer", "member", "second_member"), 403) | {"*": 404}
# Who shows the code of the ward's session.
KEEPERS = BYSTANDERS | dict.fromkeys(("city_clerk", "city_leader", "ward_clerk", "ward_leader"), 200)


def attending_rows(document_of: Callable[[Cast], Document]) -> list[Row]:
    """``document_of`` makes the document the sessions are about."""

    def _called(cast: Cast) -> list[Any]:
        cells = [cast.cell, cast.second_cell]
        session = make_session(cast.ward_leader, cast.ward, cells, [document_of(cast)], day=clock.today())
        return [session.pk]

    def _now(cast: Cast, form: str = Form.CELL_MEETING) -> Session:
        """A session that begins at this moment."""
        return call_session(
            by=cast.ward_leader,
            unit=cast.ward,
            cells=[cast.cell, cast.second_cell],
            documents=[document_of(cast)],
            title="Hội nghị",
            form=form,
            starts_at=clock.now(),
            place="Hội trường",
        )

    def _before_the_screen(cast: Cast) -> list[Any]:
        return [screens.picture_of(_now(cast).pk)]

    def _at_a_point(cast: Cast) -> list[Any]:
        session = _now(cast, Form.ONLINE)
        (point,) = add_points(by=cast.ward_leader, session=session, units=[cast.cell])
        return [session.pk, point.pk]

    return [
        Row("dissemination:screen", {**KEEPERS, "cell_head": 403}, args=_called),
        Row("dissemination:points", {**KEEPERS, "cell_head": 403}, args=_called),
        Row("dissemination:guests", {**KEEPERS, "cell_head": 403}, args=_called),
        Row(
            "dissemination:take_back_guest",
            {**dict.fromkeys(KEEPERS, 404), **BYSTANDERS, "cell_head": 403},
            args=lambda cast: [*_called(cast), 1],
            method="post",
        ),
        Row(
            "dissemination:steer",
            {**dict.fromkeys(KEEPERS, 302), **BYSTANDERS, "cell_head": 403},
            args=_called,
            method="post",
            data=lambda cast: {"act": "close"},
        ),
        # The head of the cell that is host of the point, and who may show the code of the whole session.
        Row(
            "dissemination:point_screen",
            {"*": 404, **{name: 200 for name, code in KEEPERS.items() if code == 200}, "cell_head": 200},
            args=_at_a_point,
        ),
        Row(
            "dissemination:point_marks",
            {"*": 404, **{name: 200 for name, code in KEEPERS.items() if code == 200}, "cell_head": 200},
            args=_at_a_point,
        ),
        Row(
            "dissemination:point_head",
            {
                **dict.fromkeys(KEEPERS, 403),
                "*": 404,
                "city_leader": 200,
                "ward_leader": 200,
                "cell_head": 403,
            },
            args=_at_a_point,
        ),
        Row(
            "dissemination:drop_point",
            {
                **dict.fromkeys(KEEPERS, 403),
                "*": 404,
                "city_leader": 302,
                "ward_leader": 302,
                "cell_head": 403,
            },
            args=_at_a_point,
            method="post",
        ),
        Row("dissemination:type_code", {"*": 200}),
        Row("dissemination:type_code", {"*": 422}, method="post", data=lambda cast: {"code": "123456"}),
        Row("short:attend", {"*": 302}),
        Row("dissemination:attend", {"*": 409, **IN_CELL}, args=_before_the_screen),
        Row(
            "dissemination:attend",
            {"*": 409, **dict.fromkeys(IN_CELL, 302)},
            args=_before_the_screen,
            method="post",
        ),
    ]
