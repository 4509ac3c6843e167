"""Who may open which page of the documents."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, send
from tests.permissions import Row
from thongsuot.documents.models import Document

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


MAY_READ = {**CITY, "ward_clerk": 200, "ward_leader": 200, "ward_officer": 200, "*": 404}
MAY_SEND = {"city_clerk": 200, "city_leader": 200, "city_inspector": 403} | {
    "ward_clerk": 200,
    "ward_leader": 200,
    "ward_officer": 403,
    "*": 404,
}
RECEIVES = {name: 302 if status == 200 else status for name, status in MAY_SEND.items()}
REGISTRARS = {"city_clerk": 200, "ward_clerk": 200, "other_ward_clerk": 200, "*": 403}

ROWS = [
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
    Row("documents:send", MAY_SEND, key),
    Row(
        "documents:send",
        {name: 422 if status == 200 else status for name, status in MAY_SEND.items()},
        key,
        method="post",
    ),
    Row("documents:receive", RECEIVES, delivery, method="post"),
    Row("documents:receive", {"*": 405}, delivery),
    Row("documents:refuse", MAY_SEND, delivery),
    Row("documents:refuse", RECEIVES, delivery, method="post", data=lambda cast: {"reason": "Gửi nhầm"}),
]
