"""After a merger with a paper in flight, a move and a dissolution, and after undoing, every proof still holds."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from tests.dissemination.factories import make_session
from tests.documents.papers import delivery_of, directive, send
from tests.organizations.reorganizing import carried_out, draft, founding, in_days, on
from thongsuot.core import clock
from thongsuot.documents.models import Document
from thongsuot.documents.services import receive_delivery
from thongsuot.home.proofs import PROOFS
from thongsuot.organizations.models import Reorganization
from thongsuot.organizations.reorganization import StepData, add_step, undo
from thongsuot.tasks.models import Task


@pytest.fixture
def document(cast: Cast) -> Document:
    """Sent, received, to be heard of, worked on."""
    document = directive(cast)
    send(cast, document, plan_by=in_days(5), disseminate_by=in_days(7))
    receive_delivery(by=cast.ward_clerk, delivery=delivery_of(document, cast.ward))
    make_session(
        cast.ward_leader, cast.ward, [cast.cell], [document], day=clock.today() + dt.timedelta(days=3)
    )
    for unit in (cast.ward, cast.other_ward, cast.cell):
        Task.objects.create(
            unit=unit, giver=cast.city, document=document, text="Việc", created_by=cast.city_leader
        )
    return document


def merger(cast: Cast) -> Reorganization:
    made = draft(cast, founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông"))
    step = StepData("merge", target=made.steps.get(), sources=[cast.ward, cast.other_ward])
    add_step(by=cast.city_clerk, reorganization=made, data=step)
    return made


def faults() -> dict[str, list[str]]:
    return {proof.title: found for proof in PROOFS if (found := proof.found())}


def test_a_merger_into_a_founded_unit_leaves_every_proof_standing(cast: Cast, document: Document) -> None:
    assert faults() == {}
    carried_out(merger(cast))
    with on(in_days(2)):
        assert faults() == {}


def test_a_merger_that_is_undone_leaves_every_proof_standing(cast: Cast, document: Document) -> None:
    done = carried_out(draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward])))
    with on(in_days(2)):
        assert faults() == {}
    with on(in_days(3)):
        undo(by=cast.city_clerk, reorganization=done)
        assert faults() == {}


@pytest.mark.parametrize("kind", ["move", "dissolve", "rename"])
def test_a_single_step_leaves_every_proof_standing(cast: Cast, document: Document, kind: str) -> None:
    steps = {
        "move": StepData("move", unit=cast.cell, target=cast.commune),
        "dissolve": StepData("dissolve", unit=cast.economy),
        "rename": StepData(
            "rename",
            unit=cast.ward,
            name="Đảng ủy phường Cầu Mới",
            short_name="phường Cầu Mới",
            unit_kind=cast.ward.kind,
        ),
    }
    carried_out(draft(cast, steps[kind]))
    with on(in_days(2)):
        assert faults() == {}
