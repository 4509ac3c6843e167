"""Registering: numbers, symbols, duplicates, relations, provisions."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.cast import Cast
from tests.documents.papers import delivery_of, directive, fields, incoming, plan_for, send
from thongsuot.audit.queries import timeline_of
from thongsuot.core import clock
from thongsuot.core.refusals import Refused
from thongsuot.documents.models import Document, DocumentRelation, FlowCounter, Provision, RegisterEntry
from thongsuot.documents.services import (
    DuplicateDocument,
    ProvisionData,
    RelationData,
    link_plan,
    register,
    register_document,
)
from thongsuot.organizations.models import Term, Unit

DAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _day() -> object:
    with clock.at(clock.moment(DAY)):
        yield


def entry_of(document: Document, unit: Unit) -> RegisterEntry:
    return RegisterEntry.objects.get(document=document, unit=unit)


def test_what_comes_in_gets_the_next_number_of_the_year(cast: Cast) -> None:
    first, second = incoming(cast.city_clerk, cast.city), incoming(cast.city_clerk, cast.city, number=46)
    entries = [entry_of(first, cast.city), entry_of(second, cast.city)]
    assert [(e.register, e.period, e.number) for e in entries] == [
        ("incoming", "2026", 1),
        ("incoming", "2026", 2),
    ]
    assert first.symbol == "45-CT/TU"


def test_what_goes_out_takes_its_symbol_from_the_book_of_its_kind_and_term(cast: Cast) -> None:
    directives = [directive(cast), directive(cast)]
    plan = plan_for(cast.ward_clerk, cast.ward, directives[0])
    assert [document.symbol for document in directives] == ["01-CT/ThU", "02-CT/ThU"]
    assert plan.symbol == "01-KH/ĐU"
    assert plan.issuing_body == cast.ward.name
    assert entry_of(directives[0], cast.city).period == "2025-2030"
    assert entry_of(plan, cast.ward).register == "outgoing:ke_hoach"


def test_a_new_term_begins_again_at_one(cast: Cast) -> None:
    with clock.at(clock.moment(dt.date(2024, 8, 19))):
        old = directive(cast, issued_on=dt.date(2024, 8, 19))
    with clock.at(clock.moment(dt.date(2025, 8, 19))):
        last = directive(cast, issued_on=dt.date(2025, 8, 19))
    with clock.at(clock.moment(dt.date(2025, 8, 20))):
        first = directive(cast, issued_on=dt.date(2025, 8, 20))
    assert [d.symbol for d in (old, last, first)] == ["01-CT/ThU", "02-CT/ThU", "01-CT/ThU"]
    assert [entry_of(d, cast.city).period for d in (last, first)] == ["2020-2025", "2025-2030"]


def test_a_party_body_without_a_term_counts_by_the_year(cast: Cast) -> None:
    Term.objects.all().delete()
    assert entry_of(directive(cast), cast.city).period == "2026"


@pytest.mark.parametrize(
    ("regime", "kind", "symbol"),
    [
        ("state", "ke_hoach", "01/KH-UBND"),
        ("state", "cong_van", "01/UBND"),
        ("party", "cong_van", "01-CV/ĐU"),
        ("mass", "ke_hoach", "01/KH-ĐU"),
    ],
)
def test_symbols_follow_the_rules_of_the_regime(cast: Cast, regime: str, kind: str, symbol: str) -> None:
    document = register_document(
        by=cast.ward_clerk,
        unit=cast.ward,
        direction="outgoing",
        fields=fields(regime=regime, kind=kind, symbol="99-KH/KHAC"),
    )
    assert document.symbol == symbol
    assert entry_of(document, cast.ward).period == ("2025-2030" if regime == "party" else "2026")


def test_a_department_numbers_by_state_rules(cast: Cast) -> None:
    document = register_document(
        by=cast.city_clerk,
        unit=cast.economy,
        direction="outgoing",
        fields=fields(regime="", kind="bao_cao"),
    )
    assert (document.regime, document.symbol) == ("state", f"01/BC-{cast.economy.symbol}")


@pytest.mark.parametrize("symbol", ["45-CT/TU", "45-ct/tu", " 45 - CT/TU ", "045-CT/TU"])
def test_the_same_paper_twice_is_refused_with_its_number(cast: Cast, symbol: str) -> None:
    known = incoming(cast.city_clerk, cast.city)
    with pytest.raises(DuplicateDocument) as refusal:
        incoming(cast.city_clerk, cast.city, symbol=symbol, issuing_body="TỈNH ỦY SÔNG SẬY")
    assert refusal.value.code == "duplicate"
    assert refusal.value.document == known
    assert "1 (2026)" in refusal.value.sentence
    assert incoming(cast.city_clerk, cast.city, number=46).entries.get().number == 2


def test_of_two_clerks_with_the_same_paper_the_later_one_is_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked and found nothing: the constraint decides, and the number taken is given back."""
    known = incoming(cast.city_clerk, cast.city)
    answers = iter([None, known])
    monkeypatch.setattr(register, "same_document", lambda *asked: next(answers))
    with pytest.raises(DuplicateDocument) as refusal:
        incoming(cast.city_clerk, cast.city)
    assert refusal.value.document == known
    monkeypatch.undo()
    assert entry_of(incoming(cast.city_clerk, cast.city, number=46), cast.city).number == 2


def test_another_year_another_body_or_no_symbol_is_another_paper(cast: Cast) -> None:
    incoming(cast.city_clerk, cast.city)
    incoming(cast.city_clerk, cast.city, issued_on=dt.date(2025, 11, 2))
    incoming(cast.city_clerk, cast.city, issuing_body="Tỉnh ủy Khác")
    incoming(cast.city_clerk, cast.city, symbol="")
    incoming(cast.city_clerk, cast.city, symbol="")
    incoming(cast.ward_clerk, cast.ward)
    assert Document.objects.count() == 6


def test_what_was_sent_to_the_unit_is_not_registered_by_hand(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    with pytest.raises(DuplicateDocument) as refusal:
        incoming(
            cast.ward_clerk,
            cast.ward,
            symbol=document.symbol,
            issuing_body=document.issuing_body,
        )
    assert refusal.value.document == document


def test_a_failed_registration_leaves_nothing(cast: Cast) -> None:
    with pytest.raises(ValidationError) as error:
        register_document(
            by=cast.city_clerk,
            unit=cast.city,
            direction="outgoing",
            fields=fields(subject="", kind="ke_hoach"),
        )
    assert "subject" in error.value.message_dict
    assert not Document.objects.exists()
    assert not RegisterEntry.objects.exists()
    assert plan_for(cast.city_clerk, cast.city, directive(cast)).symbol == "01-KH/ThU"


def test_only_a_clerk_of_the_unit_registers(cast: Cast) -> None:
    for user in (cast.other_ward_clerk, cast.ward_leader, cast.member, cast.city_officer):
        with pytest.raises(PermissionDenied):
            incoming(user, cast.ward)
    incoming(cast.city_clerk, cast.ward)


def test_provisions_name_their_units(cast: Cast) -> None:
    document = register_document(
        by=cast.city_clerk,
        unit=cast.city,
        direction="incoming",
        fields=fields(),
        provisions=[
            ProvisionData(
                kind="task",
                text="Rà soát",
                lead_units=(cast.economy.pk,),
                coordinator_units=(cast.ward.pk, cast.economy.pk),
                span=(3, 9),
            ),
            ProvisionData(kind="target", text="95 %", value="95", comparator=">=", measure_unit="%"),
        ],
    )
    first, second = Provision.objects.filter(document=document).order_by("ordinal")
    assert {(row.unit, row.part) for row in first.units.all()} == {
        (cast.economy, "lead"),
        (cast.ward, "coordinate"),
    }
    assert (first.span_start, first.span_end, second.value) == (3, 9, "95")


def test_citations_find_their_documents_in_the_chain_only(cast: Cast) -> None:
    province = incoming(cast.city_clerk, cast.city)
    # The neighbour's paper has the same symbol and date but does not circulate here.
    incoming(cast.other_ward_clerk, cast.other_ward, number=77)
    document = register_document(
        by=cast.ward_clerk,
        unit=cast.ward,
        direction="outgoing",
        fields=fields(kind="ke_hoach"),
        relations=[
            RelationData(relation="based_on", symbol="45-CT/TU", issued_on=dt.date(2026, 11, 2)),
            RelationData(relation="refers_to", symbol="45-CT/TU", issuing_body="Tỉnh uỷ Sông Sậy"),
            RelationData(relation="refers_to", symbol="45-CT/TU", issuing_body="Tỉnh ủy Sông Sậy"),
            RelationData(relation="refers_to", symbol="45-CT/TU", issued_on=dt.date(2021, 11, 2)),
            RelationData(relation="refers_to", symbol="45-CT/TU"),
            RelationData(relation="refers_to", symbol="77-CT/TU", issued_on=dt.date(2026, 11, 2)),
        ],
    )
    targets = (
        DocumentRelation.objects.filter(document=document).order_by("pk").values_list("target", flat=True)
    )
    assert list(targets) == [province.pk] * 3 + [None] * 3


def test_the_wards_plan_is_counted_once_and_in_time_by_the_day_it_got_its_number(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document, plan_by=DAY)
    plan = plan_for(cast.ward_clerk, cast.ward, document)
    delivery = delivery_of(document, cast.ward)
    assert (delivery.plan, delivery.planned_on, delivery.state) == (plan, DAY, "05")
    # A plan means the unit has received: it got its incoming number.
    assert RegisterEntry.objects.get(unit=cast.ward, document=document).number == 1
    plan_for(cast.ward_clerk, cast.ward, document, subject="Kế hoạch thứ hai")
    assert delivery_of(document, cast.ward).plan == plan
    with clock.at(clock.moment(DAY + dt.timedelta(days=1))):
        # The date on the paper says yesterday; the book says today.
        plan_for(cast.other_ward_clerk, cast.other_ward, document, issued_on=DAY)
    counters = {
        row.unit_id: (row.received, row.planned, row.planned_in_time)
        for row in FlowCounter.objects.filter(document=document)
    }
    assert counters == {
        cast.ward.pk: (1, 1, 1),
        cast.other_ward.pk: (1, 1, 0),
        cast.commune.pk: (0, 0, 0),
    }


def test_a_plan_can_be_linked_afterwards(cast: Cast) -> None:
    document = directive(cast)
    send(cast, document)
    plan = register_document(
        by=cast.ward_clerk, unit=cast.ward, direction="outgoing", fields=fields(kind="ke_hoach")
    )
    delivery = delivery_of(document, cast.ward)
    assert link_plan(by=cast.ward_clerk, delivery=delivery, plan=plan).plan == plan
    assert DocumentRelation.objects.get(document=plan).target == document
    with pytest.raises(PermissionDenied):
        link_plan(by=cast.ward_leader, delivery=delivery, plan=plan)
    with pytest.raises(Refused):
        link_plan(by=cast.ward_clerk, delivery=delivery, plan=document)


def test_registering_is_on_the_timeline(cast: Cast) -> None:
    document = directive(cast)
    entries = timeline_of(document)
    assert [(e.verb, e.who) for e in entries] == [("document.registered", cast.city_clerk.display_name)]
    assert "01-CT/ThU" in entries[0].text
