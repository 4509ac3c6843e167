"""Who may open the addresses of dissemination. The directive circulates at the city and in both wards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.cast import Cast
from tests.dissemination.factories import make_document, make_session
from tests.dissemination.urls_of_attending import attending_rows
from tests.dissemination.urls_of_reflections import reflection_rows
from tests.permissions import Row
from thongsuot.core import clock
from thongsuot.dissemination.models import MaterialCheck, PaperHandIn, Session
from thongsuot.dissemination.paper.printing import print_for_document, print_for_session
from thongsuot.dissemination.services import (
    QuestionData,
    add_document,
    add_presenter,
    ask,
    count_residents,
    exempt_member,
    hold_session,
    require_dissemination,
    sign_minutes,
    take_in_list,
    write_minutes,
    write_question,
)
from thongsuot.documents.models import Document


def _document(cast: Cast) -> Document:
    """At the city and required in the first ward, therefore in its cells; pages are asked on the real day."""
    today = clock.today()
    document = make_document(
        cast.city_clerk, cast.city, circulating=(cast.ward,), issued_on=today - dt.timedelta(days=20)
    )
    due = today + dt.timedelta(days=7)
    require_dissemination(by=cast.city_clerk, document=document, unit=cast.city, units=[cast.ward], due=due)
    return document


def _session(cast: Cast) -> Session:
    return make_session(
        cast.ward_leader, cast.ward, [cast.cell, cast.second_cell], [_document(cast)], day=clock.today()
    )


def _held(cast: Cast) -> list[Any]:
    return [hold_session(by=cast.ward_leader, session=_session(cast)).pk]


def _required(cast: Cast) -> list[Any]:
    return [_document(cast).pk]


def _called(cast: Cast) -> list[Any]:
    return [_session(cast).pk]


def _member(cast: Cast) -> list[Any]:
    return [_document(cast).pk, cast.cell.pk, cast.person(cast.member).pk]


def _with_material(cast: Cast) -> list[Any]:
    session = _session(cast)
    document = session.agenda.get().document
    return [session.pk, add_document(by=cast.ward_leader, session=session, document=document).pk]


def _with_check(cast: Cast) -> list[Any]:
    session = _session(cast)
    return [
        session.pk,
        MaterialCheck._default_manager.create(session=session, received_by=cast.ward_leader).pk,
    ]


def _on_a_roster(cast: Cast) -> list[Any]:
    return [add_presenter(by=cast.ward_leader, unit=cast.ward, name="Nguyễn Văn Báo").pk]


def _sheet(cast: Cast) -> list[Any]:
    sheets = print_for_session(by=cast.ward_leader, session=_session(cast), units=[cast.cell])
    return [sheets[0].code]


def _list(cast: Cast) -> list[Any]:
    return [print_for_document(by=cast.cell_head, document=_document(cast), unit=cast.cell).code]


def _handed_in(cast: Cast) -> list[Any]:
    return [PaperHandIn.objects.create(received_by=cast.cell_head, sha256="0" * 64, read=[0]).pk]


MARKING = dict.fromkeys(("city_clerk", "city_leader", "ward_clerk", "ward_leader", "cell_head"), 200)
MARKERS = {
    **MARKING,
    **dict.fromkeys(("other_ward_clerk", "other_ward_leader", "other_cell_head"), 200),
}
NOWHERE = (
    "administrator",
    "city_inspector",
    "city_officer",
    "ward_officer",
    "member",
    "second_member",
    "other_member",
)


def _with_list(cast: Cast) -> list[Any]:
    session = _session(cast)
    return [session.pk, take_in_list(by=cast.cell_head, session=session, content="Tên\nAi đó".encode()).pk]


def _with_minutes(cast: Cast) -> list[Any]:
    session = hold_session(by=cast.ward_leader, session=_session(cast))
    write_minutes(by=cast.ward_leader, session=session, chair="A", secretary="B", text="C")
    return [session.pk]


def _with_signed_minutes(cast: Cast) -> list[Any]:
    [key] = _with_minutes(cast)
    sign_minutes(by=cast.ward_leader, session=Session.objects.get(pk=key))
    return [key]


def _cell(cast: Cast) -> list[Any]:
    return [cast.cell.pk]


def _exempt(cast: Cast) -> list[Any]:
    exemption = exempt_member(
        by=cast.cell_head,
        unit=cast.cell,
        person=cast.person(cast.member),
        kind="away",
        reason="Đi làm xa",
        until=clock.today() + dt.timedelta(days=5),
    )
    return [cast.cell.pk, exemption.pk]


def _place(cast: Cast) -> list[Any]:
    return [_document(cast).pk, cast.cell.pk]


def _counted(cast: Cast) -> list[Any]:
    document = _document(cast)
    row = count_residents(
        by=cast.cell_head,
        document=document,
        unit=cast.cell,
        who="residents",
        channel="to_dan_pho",
        day=clock.today(),
        number=60,
    )
    return [document.pk, cast.cell.pk, row.id]


CITY = dict.fromkeys(("city_clerk", "city_leader", "city_inspector"), 200)
# The officer of the city works in an office of it, where the directive does not circulate.
AT_WARD = dict.fromkeys(("ward_clerk", "ward_leader", "ward_officer"), 200)
IN_CELL = dict.fromkeys(("cell_head", "member", "second_member"), 200)
CALLERS = ("city_leader", "ward_leader", "other_ward_leader", "cell_head", "other_cell_head")
ABOVE = ("city_clerk", "city_leader", "city_inspector", "administrator", "ward_clerk", "ward_leader")
SEEN = {"*": 404, **dict.fromkeys((*ABOVE, "cell_head", "member", "second_member"), 403)}
COUNTING = dict.fromkeys(("city_clerk", "city_leader", "ward_clerk", "ward_leader", "cell_head"), 200)

ROWS = [
    Row("dissemination:list", {"*": 200, "administrator": 403}),
    Row("dissemination:call", {"*": 403, **dict.fromkeys(CALLERS, 200)}),
    Row(
        "dissemination:call",
        {"*": 403, **dict.fromkeys(CALLERS, 422)},
        method="post",
        data=lambda cast: {"title": ""},
    ),
    Row(
        "dissemination:session",
        {"*": 404, **CITY, **AT_WARD, **IN_CELL},
        args=_called,
    ),
    Row(
        "dissemination:session",
        {
            "*": 404,
            "city_clerk": 302,
            "city_leader": 302,
            "city_inspector": 403,
            "ward_clerk": 302,
            "ward_leader": 302,
            "ward_officer": 403,
            "cell_head": 302,
            "member": 403,
            "second_member": 403,
        },
        args=_called,
        method="post",
        data=lambda cast: {f"p{cast.person(cast.member).pk}": "present"},
    ),
    Row(
        "dissemination:sheet",
        {
            "*": 404,
            "city_clerk": 200,
            "city_leader": 200,
            "city_inspector": 403,
            "ward_clerk": 200,
            "ward_leader": 200,
            "ward_officer": 403,
            "cell_head": 200,
            "member": 403,
            "second_member": 403,
        },
        args=_called,
    ),
    Row(
        "dissemination:hold",
        {
            "*": 404,
            "city_clerk": 302,
            "city_leader": 302,
            "city_inspector": 403,
            "ward_clerk": 302,
            "ward_leader": 302,
            "ward_officer": 403,
            "cell_head": 403,
            "member": 403,
            "second_member": 403,
        },
        args=_called,
        method="post",
    ),
    Row("dissemination:calendar", {"*": 404, **CITY, **AT_WARD, **IN_CELL}, args=_called),
    Row(
        "dissemination:cancel",
        {
            "*": 404,
            "city_clerk": 403,
            "city_leader": 200,
            "city_inspector": 403,
            "ward_clerk": 403,
            "ward_leader": 200,
            "ward_officer": 403,
            "cell_head": 403,
            "member": 403,
            "second_member": 403,
        },
        args=_called,
    ),
    Row(
        "dissemination:make_up",
        {
            "*": 404,
            "city_clerk": 403,
            "city_leader": 200,
            "city_inspector": 403,
            "ward_clerk": 403,
            "ward_leader": 200,
            "ward_officer": 403,
            "cell_head": 403,
            "member": 403,
            "second_member": 403,
        },
        args=_held,
    ),
    Row("dissemination:presenters", {"*": 403, **dict.fromkeys(CALLERS, 200)}),
    Row(
        "dissemination:end_presenter",
        {"*": 404, "city_leader": 302, "ward_leader": 302, "cell_head": 403},
        args=_on_a_roster,
        method="post",
    ),
    *(
        Row(
            name,
            {
                "*": 404,
                **dict.fromkeys((*CITY, *AT_WARD, *IN_CELL), 403),
                "city_leader": status,
                "ward_leader": status,
            },
            args=args,
            method=method,
            data=lambda cast: {"lines": "Khai mạc"},
        )
        for name, args, method, status in (
            ("dissemination:programme", _called, "get", 200),
            ("dissemination:programme", _called, "post", 302),
            ("dissemination:materials", _called, "get", 200),
            ("dissemination:materials", _called, "post", 422),
            ("dissemination:material_progress", _with_check, "get", 200),
            ("dissemination:remove_material", _with_material, "post", 302),
        )
    ),
    Row(
        "dissemination:take_in_list",
        {
            "*": 404,
            **dict.fromkeys((*CITY, *AT_WARD, *IN_CELL), 200),
            **dict.fromkeys(("city_inspector", "ward_officer", "member", "second_member"), 403),
        },
        args=_called,
    ),
    Row("dissemination:attendance_list", {"*": 404, "cell_head": 200}, args=_with_list),
    Row("dissemination:take_over_list", {"*": 404, "cell_head": 302}, args=_with_list, method="post"),
    Row("dissemination:give_up_list", {"*": 404, "cell_head": 302}, args=_with_list, method="post"),
    *(
        Row(
            name,
            {
                "*": 404,
                **dict.fromkeys((*CITY, *AT_WARD, *IN_CELL), 403),
                **dict.fromkeys(("city_leader", "ward_leader", "city_clerk", "ward_clerk"), status),
                # To enter in the book is for clerks.
                **(
                    dict.fromkeys(("city_leader", "ward_leader"), 403) if args is _with_signed_minutes else {}
                ),
            },
            args=args,
            method=method,
            data=lambda cast: {"text": "Hồi 8 giờ"},
        )
        for name, args, method, status in (
            ("dissemination:minutes", _held, "get", 200),
            ("dissemination:minutes", _held, "post", 422),
            ("dissemination:minutes_file", _with_minutes, "get", 200),
            ("dissemination:sign_minutes", _with_minutes, "post", 302),
            ("dissemination:register_minutes", _with_signed_minutes, "post", 302),
        )
    ),
    Row(
        "dissemination:material",
        {"*": 404, **dict.fromkeys((*CITY, *AT_WARD, *IN_CELL), 302)},
        args=_with_material,
    ),
    Row("dissemination:read", {"*": 404, **CITY, **AT_WARD, **IN_CELL}, args=_required),
    Row(
        "dissemination:read",
        # Only a member of the cell is asked; for the others there is nothing to confirm.
        {"*": 404, **dict.fromkeys((*CITY, *AT_WARD), 409), **dict.fromkeys(IN_CELL, 302)},
        args=_required,
        method="post",
    ),
    Row("dissemination:worker", {"*": 200}),
    Row("dissemination:offline", {"*": 200}),
    Row("dissemination:confirm_later", {"*": 409}, method="post", data=lambda cast: {"token": "không"}),
    Row("dissemination:text_size", {"*": 302}, method="post", data=lambda cast: {"size": "large"}),
    Row(
        "dissemination:coverage",
        {"*": 404, **CITY, **AT_WARD, "cell_head": 200, "member": 403, "second_member": 403},
        args=_required,
    ),
    Row(
        "dissemination:figures",
        {"*": 404, **CITY, **AT_WARD, "cell_head": 200, "member": 403, "second_member": 403},
        args=_required,
    ),
    Row(
        "dissemination:figures_file",
        {"*": 404, **CITY, **AT_WARD, "cell_head": 200, "member": 403, "second_member": 403},
        args=_required,
    ),
    Row(
        "dissemination:require",
        {
            "*": 404,
            "city_clerk": 200,
            "city_leader": 200,
            "city_inspector": 403,
            "ward_clerk": 200,
            "ward_leader": 200,
            "ward_officer": 403,
            "cell_head": 200,
            "member": 403,
            "second_member": 403,
        },
        args=_required,
    ),
    Row(
        "dissemination:vouch",
        {
            "*": 404,
            "city_clerk": 403,
            "city_leader": 403,
            "city_inspector": 403,
            "ward_clerk": 403,
            "ward_leader": 403,
            "cell_head": 200,
            "member": 403,
            "second_member": 403,
        },
        args=_member,
    ),
    Row(
        "dissemination:vouch",
        {
            "*": 404,
            "city_clerk": 403,
            "city_leader": 403,
            "city_inspector": 403,
            "ward_clerk": 403,
            "ward_leader": 403,
            "cell_head": 302,
            "member": 403,
            "second_member": 403,
        },
        args=_member,
        method="post",
        data=lambda cast: {"reason": "Đã đọc cho đồng chí nghe tại nhà"},
    ),
]


def _banked(cast: Cast) -> list[Any]:
    """A document with three questions, the last of them named."""
    args = _required(cast)
    document = Document.objects.get(pk=args[0])
    for number in range(3):
        said = QuestionData(f"Câu {number}", [("Đúng", True), ("Sai", False)], "Vì vậy.")
        row = write_question(by=cast.city_clerk, document=document, unit=cast.city, data=said)
    return [*args, row.pk]


AUTHORS = ("city_clerk", "city_leader", "ward_clerk", "ward_leader", "cell_head")
NO_AUTHORS = dict.fromkeys(("city_inspector", "ward_officer", "member", "second_member"), 403)
NOT_ASKED = dict.fromkeys((*CITY, *AT_WARD), 409)

ROWS += [
    # Nobody takes a check for somebody else: there is no address for it. Who only reads is not asked.
    Row("dissemination:check", {"*": 404, **NOT_ASKED, **IN_CELL}, args=_required),
    Row(
        "dissemination:check",
        {"*": 404, **NOT_ASKED, **dict.fromkeys(IN_CELL, 302)},
        args=_required,
        method="post",
        data=lambda cast: {"again": "1"},
    ),
    Row(
        "dissemination:understanding",
        {"*": 404, **CITY, **AT_WARD, "cell_head": 200, "member": 403, "second_member": 403},
        args=_required,
    ),
    Row(
        "dissemination:write_question",
        {"*": 404, **dict.fromkeys(AUTHORS, 200), **NO_AUTHORS},
        args=_required,
    ),
    Row(
        "dissemination:question",
        {
            "*": 404,
            **dict.fromkeys(("city_clerk", "city_leader"), 200),
            **dict.fromkeys(("ward_clerk", "ward_leader", "cell_head"), 403),
            **NO_AUTHORS,
        },
        args=_banked,
    ),
    Row(
        "dissemination:question",
        {
            "*": 404,
            **dict.fromkeys(("city_clerk", "city_leader"), 302),
            **dict.fromkeys(("ward_clerk", "ward_leader", "cell_head"), 403),
            **NO_AUTHORS,
        },
        args=_banked,
        method="post",
        data=lambda cast: {"withdraw": "1"},
    ),
    # Sheets to sign: names stand on them, so they are there only for whoever marks, or vouches, in the cell.
    Row("dissemination:paper", {"*": 403, **MARKERS}),
    Row(
        "dissemination:paper_hand_in",
        {"*": 404, **dict.fromkeys(NOWHERE, 403), "cell_head": 200},
        args=_handed_in,
    ),
    Row(
        "dissemination:paper_progress",
        {"*": 404, **dict.fromkeys(NOWHERE, 403), "cell_head": 200},
        args=_handed_in,
    ),
    Row("dissemination:paper_print", {"*": 404, **dict.fromkeys(NOWHERE, 403)}),
    Row("dissemination:paper_sheet", {"*": 404, **MARKING}, args=_sheet),
    Row(
        "dissemination:paper_sheet",
        {"*": 404, **dict.fromkeys(MARKING, 302)},
        args=_sheet,
        method="post",
        data=lambda cast: {"row": "1"},
    ),
    Row("dissemination:paper_sheet", {"*": 404, "cell_head": 200}, args=_list),
    Row("dissemination:paper_strip", {"*": 404}, args=lambda cast: [*_sheet(cast), 1]),
    Row(
        "dissemination:paper_of_session",
        {
            "*": 404,
            **dict.fromkeys(MARKING, 302),
            **dict.fromkeys(("city_inspector", "ward_officer", "member", "second_member"), 403),
        },
        args=_called,
        method="post",
    ),
    Row(
        "dissemination:paper_of_document",
        {
            "*": 404,
            **dict.fromkeys(("city_clerk", "city_leader", "city_inspector"), 403),
            **dict.fromkeys(("ward_clerk", "ward_leader", "member", "second_member"), 403),
            "cell_head": 302,
        },
        args=lambda cast: [*_required(cast), cast.cell.pk],
        method="post",
    ),
]
ROWS += attending_rows(_document)


def _asked(cast: Cast) -> list[Any]:
    """A question of a member without a name, for the ward to answer."""
    document = Document.objects.get(pk=_required(cast)[0])
    return [ask(by=cast.member, document=document, text="Dọn đoạn kênh nào?").pk]


ANSWERING = ("city_clerk", "city_leader", "ward_clerk", "ward_leader")

ROWS += [
    Row("dissemination:questions", {"*": 404, **CITY, **AT_WARD, **IN_CELL}, args=_required),
    Row(
        "dissemination:questions",
        {"*": 404, **dict.fromkeys((*CITY, *AT_WARD, *IN_CELL), 422)},
        args=_required,
        method="post",
        data=lambda cast: {"text": " "},
    ),
    Row(
        "dissemination:inquiries",
        {
            "*": 403,
            **dict.fromkeys(
                (*ANSWERING, "other_ward_clerk", "other_ward_leader", "cell_head", "other_cell_head"), 200
            ),
        },
    ),
    # The head of the asker's cell as little as anybody else who has not to answer.
    Row("dissemination:inquiry", {"*": 404, **dict.fromkeys((*ANSWERING, "member"), 200)}, args=_asked),
    Row(
        "dissemination:inquiry",
        {"*": 404, **dict.fromkeys(ANSWERING, 302), "member": 403},
        args=_asked,
        method="post",
        data=lambda cast: {"act": "answer", "answer": "Đoạn từ cầu đến chợ."},
    ),
    Row(
        "dissemination:join",
        {"*": 404, **dict.fromkeys((*AT_WARD, *IN_CELL), 302)},
        args=_asked,
        method="post",
    ),
    # Whom a document has to reach. A cell is seen by those above it; who is exempt, by those who may know names.
    Row(
        "dissemination:exemptions",
        {**SEEN, "city_leader": 200, "ward_leader": 200, "cell_head": 200},
        args=_cell,
    ),
    Row("dissemination:exempt", {**SEEN, "cell_head": 200}, args=_cell),
    Row("dissemination:exempt", {**SEEN, "cell_head": 422}, args=_cell, method="post"),
    Row("dissemination:end_exemption", {**SEEN, "cell_head": 302}, args=_exempt, method="post"),
    Row(
        "dissemination:residents",
        {**SEEN, "administrator": 404, **COUNTING, "city_inspector": 200},
        args=_place,
    ),
    Row(
        "dissemination:residents",
        {**SEEN, "administrator": 404, **dict.fromkeys(COUNTING, 422)},
        args=_place,
        method="post",
    ),
    Row("dissemination:correct_residents", {**SEEN, "administrator": 404, **COUNTING}, args=_counted),
]

ROWS += reflection_rows(_required)
