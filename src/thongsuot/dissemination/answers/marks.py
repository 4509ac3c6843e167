"""The sign by which a person's own questions about a document are found, and by nobody who only has the database."""

from __future__ import annotations

from collections.abc import Iterable
from secrets import token_hex

from django.utils.crypto import salted_hmac


def mark_of(person_id: int, document_id: int) -> str:
    """The same for one person and document, another for every other; made with the secret key of the installation."""
    return salted_hmac("thongsuot.inquiry", f"{person_id}:{document_id}", algorithm="sha256").hexdigest()


def marks_of(person_ids: Iterable[int], document_ids: Iterable[int]) -> list[str]:
    """All signs of one human being, under every entry and for every document."""
    documents = list(document_ids)
    return [mark_of(person, document) for person in person_ids for document in documents]


def mark_of_nobody() -> str:
    """For what is asked with a name: looks like any other, and is not that of the person's nameless questions.

    Otherwise whoever has the database, or joins two questions and looks at the number of askers, would learn who
    wrote the nameless one.
    """
    return token_hex(32)
