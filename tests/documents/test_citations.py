"""Which registered document a citation means, and that the proposal, the review and the register agree on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.documents import sheets
from tests.documents.papers import directive, incoming, send
from tests.documents.test_intake import taken
from thongsuot.documents import services
from thongsuot.documents.items import waiting
from thongsuot.documents.models import Document, Intake
from thongsuot.documents.queries.identity import cited_documents, meant

LINE = "Thực hiện Nghị quyết số 09-NQ/ThU ngày 18/3/2026 của Ban Chấp hành Đảng bộ thành phố"


def paper_citing(words: str) -> bytes:
    return sheets.plain(sheets.DIRECTIVE.replace(LINE, f"Thực hiện {words}"))


def found(cast: Cast, symbol: str, **said: Any) -> Document | None:
    candidates = cited_documents(cast.ward, [symbol])
    given: dict[str, Any] = {"issued_on": None, "body": ""} | said
    (known,) = candidates.values() or [[]]
    return meant(known, **given)


def proposal(intake: Intake) -> dict[str, Any]:
    return intake.items.filter(kind="reference").order_by("ordinal")[0].proposed or {}


def test_a_cited_document_of_the_register_is_proposed_and_kept(cast: Cast) -> None:
    known = incoming(cast.city_clerk, cast.city, number=45)
    intake = taken(cast, paper_citing("Chỉ thị số 45-CT/TU ngày 02/11/2026 của Tỉnh ủy Sông Sậy"))
    assert proposal(intake)["document"] == known.pk
    for item in waiting(intake.items.all()):
        services.decide(by=cast.city_clerk, item=item, decision="accepted")
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    assert document.relations.order_by("pk")[0].target == known


def test_the_review_links_what_was_proposed(cast: Cast, client: Client) -> None:
    document = directive(cast)
    send(cast, document, [cast.ward])
    text = sheets.DIRECTIVE.replace(LINE, f"Thực hiện Chỉ thị số {document.symbol}").replace(
        "02 tháng", "22 tháng"
    )
    intake = services.take_in(
        by=cast.ward_clerk, unit=cast.ward, direction="incoming", name="a.txt", content=sheets.plain(text)
    )
    assert proposal(intake)["document"] == document.pk
    client.force_login(cast.ward_clerk)
    number = intake.items.filter(kind="reference").order_by("ordinal")[0].ordinal
    page = client.get(f"{intake.get_absolute_url()}?muc={number}").content.decode()
    assert f'href="{document.get_absolute_url()}"' in page
    assert client.get(document.get_absolute_url()).status_code == 200


def test_editing_the_relation_keeps_the_document_and_editing_the_symbol_does_not(cast: Cast) -> None:
    known = incoming(cast.city_clerk, cast.city, number=45)
    intake = taken(cast, paper_citing("Chỉ thị số 45-CT/TU ngày 02/11/2026 của Tỉnh ủy Sông Sậy"))
    item = intake.items.filter(kind="reference").order_by("ordinal")[0]
    words = {key: value for key, value in (item.proposed or {}).items() if key != "document"}
    edited = services.decide(
        by=cast.city_clerk, item=item, decision="edited", value=words | {"relation": "amends"}
    )
    assert (edited.decided or {})["document"] == known.pk
    same = services.decide(by=cast.city_clerk, item=item, decision="edited", value=words)
    assert same.decision == "accepted"  # nothing was changed
    other = services.decide(
        by=cast.city_clerk, item=item, decision="edited", value=words | {"symbol": "46-CT/TU"}
    )
    assert "document" not in (other.decided or {})


def test_a_body_is_known_by_its_organ_and_by_the_place_it_leaves_out(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, [cast.ward])
    for body in ("Thành ủy Vàm Cỏ", "Thành ủy", "Ban Thường vụ Thành ủy", "ban chấp hành thành uỷ vàm cỏ"):
        assert found(cast, document.symbol, body=body) == document, body
    assert found(cast, document.symbol, body="Thành ủy Sông Sậy") is None
    assert found(cast, document.symbol, body="Tỉnh ủy") is None


def test_a_symbol_alone_means_a_document_of_our_own_books_in_one_term(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, [cast.ward])
    symbol, day = document.symbol, document.issued_on
    assert found(cast, symbol, citing_on=day + dt.timedelta(days=30)) == document
    assert found(cast, symbol, citing_on=day + dt.timedelta(days=6 * 366)) is None
    assert found(cast, symbol, citing_on=day - dt.timedelta(days=1)) is None
    assert found(cast, symbol) is None
    incoming(cast.ward_clerk, cast.ward, number=7)
    assert found(cast, "7-CT/TU", citing_on=dt.date(2026, 12, 1)) is None  # from outside: could be any term's


@pytest.mark.parametrize("said", ["45 - CT/TU", "045-CT/TU", "45-ct/tu"])
def test_spellings_of_a_symbol_are_one_symbol(cast: Cast, said: str) -> None:
    document = incoming(cast.ward_clerk, cast.ward, number=45)
    assert found(cast, said, issued_on=document.issued_on) == document


def test_all_citations_of_a_paper_are_looked_up_at_once(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    incoming(cast.city_clerk, cast.city, number=45)
    symbols = [f"{number}-CT/TU" for number in range(40, 60)]
    with django_assert_max_num_queries(2):
        assert list(cited_documents(cast.city, symbols)) == ["45-ct/tu"]


def test_a_remark_about_a_deadline_stays_while_the_deadline_stays(cast: Cast) -> None:
    text = sheets.DIRECTIVE.replace(
        "hoàn thành trước ngày 12/11/2026", "hoàn thành trong vòng 10 ngày kể từ ngày nhận được văn bản này"
    )
    intake = taken(cast, sheets.plain(text))
    item = intake.items.filter(kind="task").order_by("ordinal")[0]
    proposed = item.proposed or {}
    assert "counts_from_receipt" in proposed["note"]
    words = {key: value for key, value in proposed.items() if key != "note"}
    edited = services.decide(
        by=cast.city_clerk, item=item, decision="edited", value=words | {"product": "Kế hoạch"}
    )
    assert (edited.decided or {})["note"] == proposed["note"]
    dated = services.decide(
        by=cast.city_clerk, item=item, decision="edited", value=words | {"due": "2026-11-20"}
    )
    assert "note" not in (dated.decided or {})
    for left in waiting(intake.items.all()):
        services.decide(by=cast.city_clerk, item=left, decision="accepted")
    document = services.register_intake(by=cast.city_clerk, intake=intake)
    assert document.provisions.order_by("ordinal")[0].due == dt.date(2026, 11, 20)
