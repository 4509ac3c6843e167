"""Who may open which page of the documents."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.documents import sheets
from tests.documents.papers import delivery_of, directive, send
from tests.permissions import Row
from thongsuot.documents.models import Document, DocumentRelation, Intake, Recall, Theme, UnitGroup
from thongsuot.documents.models.intake import Decision, IntakeState
from thongsuot.documents.services import ask_back, receive_delivery, save_group, save_theme, take_in
from thongsuot.documents.whom import Whom

CITY = {"city_clerk": 200, "city_leader": 200, "city_inspector": 200}


def sent(cast: Cast) -> Document:
    """The city's directive, at the door of the ward only."""
    document = Document.objects.first()
    if document is None:
        document = directive(cast)
        send(cast, document, [cast.ward])
    return document


def delivery(cast: Cast) -> list[Any]:
    found = delivery_of(sent(cast), cast.ward)
    return [found.unit_id, found.dispatch_id]


def key(cast: Cast) -> list[Any]:
    return [sent(cast).pk]


def group(cast: Cast) -> list[Any]:
    """The city's saved group of one ward."""
    found = UnitGroup.objects.first() or save_group(
        by=cast.city_clerk, unit=cast.city, name="Phường điểm", whom=Whom(units=frozenset({cast.ward.pk}))
    )
    return [found.pk]


def theme(cast: Cast) -> list[Any]:
    """The city's theme of one document that only the city reads."""
    found = Theme.objects.first() or save_theme(by=cast.city_clerk, unit=cast.city, name="Nghị quyết đại hội")
    return [found.pk]


THEME_READERS = {**CITY, "*": 404}
KEEPERS = {"city_clerk": 302, "city_leader": 302}
SENDERS = {"city_clerk": 200, "city_leader": 200, "ward_clerk": 200, "ward_leader": 200} | {
    "other_ward_clerk": 200,
    "other_ward_leader": 200,
    "*": 403,
}
OF_THE_CITY = {"city_clerk": 200, "city_leader": 200, "*": 404}
MAY_READ = {**CITY, "ward_clerk": 200, "ward_leader": 200, "ward_officer": 200, "*": 404}
MAY_SEND = {"city_clerk": 200, "city_leader": 200, "city_inspector": 403} | {
    "ward_clerk": 200,
    "ward_leader": 200,
    "ward_officer": 403,
    "*": 404,
}
# Everybody who sends may ask back what their own unit has sent; the ward has sent nothing on.
ASKS = {
    name: 302 if name.startswith("city") and status == 200 else 422 if status == 200 else status
    for name, status in MAY_SEND.items()
}
SENT_IT = {"city_clerk": 200, "city_leader": 200, "city_inspector": 403, "*": 404}
ASKED = {name: 302 if status == 200 else status for name, status in SENT_IT.items()}
RECEIVES = {name: 302 if status == 200 else status for name, status in MAY_SEND.items()}
# The city's paper: its clerk changes the text, whoever else may read it does not.
ISSUES = {name: 403 if status == 200 else status for name, status in MAY_READ.items()} | {"city_clerk": 200}


def received_by_the_ward(cast: Cast) -> list[Any]:
    found = delivery(cast)
    row = delivery_of(sent(cast), cast.ward)
    if row.state == "01":
        receive_delivery(by=cast.ward_clerk, delivery=row)
    return found


def asked_back(cast: Cast) -> list[Any]:
    """The city asks its directive back from the ward, which has received it."""
    received_by_the_ward(cast)
    document = sent(cast)
    found = Recall.objects.first() or ask_back(
        by=cast.city_clerk, document=document, unit=cast.city, reason="Sai căn cứ"
    )
    return [found.pk]


def replacing(cast: Cast) -> list[Any]:
    """Another directive of the city that replaces its first one."""
    old = sent(cast)
    new = directive(cast, subject="Thay thế")
    return [DocumentRelation.objects.create(document=new, target=old, relation="replaces").pk]


def asked_of_the_ward(cast: Cast) -> list[Any]:
    asked_back(cast)
    return delivery(cast)


REGISTRARS = {"city_clerk": 200, "ward_clerk": 200, "other_ward_clerk": 200, "*": 403}


def paper(cast: Cast) -> list[Any]:
    """A paper that the city's clerk has taken in and looked through."""
    intake = take_in(
        by=cast.city_clerk, unit=cast.city, direction="incoming", name="chi-thi.txt", content=sheets.plain()
    )
    intake.items.update(decision=Decision.ACCEPTED)
    return [intake.pk]


def paper_being_read(cast: Cast) -> list[Any]:
    (key,) = paper(cast)
    Intake.objects.filter(pk=key).update(state=IntakeState.READING)
    return [key]


def first_item(cast: Cast) -> list[Any]:
    return [*paper(cast), 1]


CLERK_SEES = {"city_clerk": 200, "*": 404}
CLERK_ACTS = {"city_clerk": 302, "*": 404}
CLERK_IS_TOLD = {"city_clerk": 409, "*": 404}

ROWS = [
    Row("documents:take_in", REGISTRARS),
    Row("documents:take_in", REGISTRARS, method="post"),
    Row("documents:reader_accuracy", REGISTRARS),
    Row("documents:review", CLERK_SEES, paper),
    Row("documents:reading_progress", CLERK_SEES, paper_being_read),
    Row("documents:decide", CLERK_ACTS, first_item, method="post", data=lambda cast: {"decision": "pending"}),
    Row("documents:decide", {"*": 405}, first_item),
    Row("documents:undo", CLERK_ACTS, first_item, method="post"),
    Row("documents:undo", {"*": 405}, first_item),
    # Item 1 is a field: it cannot be cut, which the clerk is told and the others never reach.
    Row("documents:split", CLERK_IS_TOLD, first_item, method="post", data=lambda cast: {"at": "1"}),
    Row("documents:split", {"*": 405}, first_item),
    Row("documents:merge", CLERK_IS_TOLD, first_item, method="post", data=lambda cast: {"with": "2"}),
    Row("documents:merge", {"*": 405}, first_item),
    Row("documents:assignees", CLERK_SEES, paper),
    Row("documents:accept_certain", CLERK_ACTS, paper, method="post"),
    Row("documents:add_item", CLERK_ACTS, paper, method="post"),
    Row("documents:read_again", CLERK_ACTS, paper, method="post"),
    Row("documents:read_again", {"*": 405}, paper),
    Row("documents:discard", CLERK_ACTS, paper, method="post"),
    Row("documents:register_intake", CLERK_ACTS, paper, method="post"),
    Row("documents:list", {"*": 200}),
    Row("documents:register", REGISTRARS),
    Row(
        "documents:register",
        {name: 422 if status == 200 else status for name, status in REGISTRARS.items()},
        method="post",
    ),
    Row(
        "documents:inbox",
        {
            "*": 200,
            "member": 403,
            "second_member": 403,
            "other_member": 403,
            "city_officer": 403,
            "ward_officer": 403,
            "city_inspector": 403,
            "administrator": 403,
        },
    ),
    Row("documents:document", MAY_READ, key),
    # The directive of the tests has no file: whoever may read it is told so, like everybody else.
    Row("documents:file", {"*": 404}, key),
    Row("documents:deliveries", MAY_READ, key),
    Row("documents:missing", MAY_READ, key),
    Row("documents:settle", SENT_IT, replacing),
    Row("documents:settle", ASKED, replacing, method="post", data=lambda cast: {"what": "end"}),
    Row("documents:versions", MAY_READ, key),
    Row("documents:publish", ISSUES, key),
    Row(
        "documents:publish",
        {name: 422 if status == 200 else status for name, status in ISSUES.items()},
        key,
        method="post",
    ),
    Row("documents:send", MAY_SEND, key),
    Row(
        "documents:send",
        {name: 422 if status == 200 else status for name, status in MAY_SEND.items()},
        key,
        method="post",
    ),
    Row("documents:recall", MAY_SEND, key),
    Row("documents:recall", ASKS, key, method="post", data=lambda cast: {"reason": "x", "whom": "all"}),
    Row("documents:undo_recall", SENT_IT, asked_back),
    Row("documents:undo_recall", ASKED, asked_back, method="post", data=lambda cast: {"reason": "x"}),
    Row("documents:answer_recall", MAY_SEND, asked_of_the_ward),
    Row(
        "documents:answer_recall",
        RECEIVES,
        asked_of_the_ward,
        method="post",
        data=lambda cast: {"answer": "yes"},
    ),
    Row("documents:done", MAY_SEND, received_by_the_ward),
    Row(
        "documents:done", RECEIVES, received_by_the_ward, method="post", data=lambda cast: {"note": "Đã xong"}
    ),
    Row("documents:urge", MAY_SEND, key),
    # Nobody is late with it: whoever may urge is told so.
    Row("documents:urge", {n: 422 if s == 200 else s for n, s in MAY_SEND.items()}, key, method="post"),
    Row("documents:urge_unit", {"*": 405}, key),
    Row("documents:urge_unit", RECEIVES, key, method="post", data=lambda cast: {"unit": str(cast.ward.pk)}),
    Row("documents:groups", SENDERS),
    Row("documents:new_group", SENDERS),
    Row(
        "documents:new_group",
        {name: 422 if status == 200 else status for name, status in SENDERS.items()},
        method="post",
    ),
    Row("documents:group", OF_THE_CITY, group),
    Row("documents:remove_group", {"city_clerk": 302, "city_leader": 302, "*": 404}, group, method="post"),
    Row("documents:themes", {"administrator": 403, "*": 200}),
    Row("documents:new_theme", SENDERS),
    Row("documents:theme", THEME_READERS, theme),
    Row(
        "documents:theme", {n: 422 if n in KEEPERS else 403 for n in CITY} | {"*": 404}, theme, method="post"
    ),
    Row("documents:add_to_theme", {"*": 404}, theme, method="post"),
    Row("documents:take_from_theme", {"*": 404}, theme, method="post"),
    Row("documents:remove_theme", {"*": 405}, theme),
    Row("documents:remove_theme", KEEPERS | {"city_inspector": 403, "*": 404}, theme, method="post"),
    Row("documents:receive", RECEIVES, delivery, method="post"),
    Row("documents:receive", {"*": 405}, delivery),
    Row("documents:refuse", MAY_SEND, delivery),
    Row("documents:refuse", RECEIVES, delivery, method="post", data=lambda cast: {"reason": "Gửi nhầm"}),
]
