"""A real directive, from the dropped file to its number in the book."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.documents.test_intake import taken
from tests.documents.test_review import accept_all
from thongsuot.documents import services
from thongsuot.documents.models.intake import ItemKind

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "dev"


def real(name: str) -> bytes:
    """A paper of the corpus, which lies beside the checkout."""
    file = CORPUS / name
    if not file.exists():
        sentence = f"The corpus is not beside the checkout: {name} is missing."
        (pytest.fail if os.environ.get("CI") else pytest.skip)(sentence)
    return file.read_bytes()


@pytest.mark.parametrize(
    ("name", "symbol", "day", "signer"),
    [
        ("017.txt", "012/CT-UBND", "2025-11-26", "Trương Công Thái"),
        ("013.docx", "07/CT-TTg", "2012-03-02", "Nguyễn Tấn Dũng"),
    ],
)
def test_a_real_directive_goes_into_the_book(
    cast: Cast, name: str, symbol: str, day: str, signer: str
) -> None:
    intake = taken(cast, real(name), name)
    tasks = intake.items.filter(kind=ItemKind.TASK)
    assert tasks.count() >= 10
    last = tasks.order_by("ordinal").last()
    assert last is not None
    services.decide(by=cast.city_clerk, item=last, decision="rejected")
    accept_all(cast, intake)
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    assert (document.symbol, document.kind, document.signer) == (symbol, "chi_thi", signer)
    assert document.issued_on.isoformat() == day
    assert document.recipients
    assert document.relations.count() >= 3
    demands = intake.items.filter(kind__in=(ItemKind.TASK, ItemKind.TARGET)).count()
    assert document.provisions.count() == demands - 1
    for provision in document.provisions.all():
        assert provision.span_start is not None
        assert provision.span_end is not None
        assert document.text[provision.span_start : provision.span_end].strip()
    entry = document.entries.get()
    assert (entry.number, entry.direction) == (1, "incoming")
