"""The proof of successions finds what does not add up."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.organizations.reorganizing import carried_out, draft
from thongsuot.home.proofs.tree import successions
from thongsuot.organizations.models import Unit, UnitSuccession
from thongsuot.organizations.reorganization import StepData

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(cast: Cast) -> Cast:
    carried_out(draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward])))
    assert list(successions()) == []
    return cast


def test_shares_that_do_not_add_up(merged: Cast) -> None:
    UnitSuccession.objects.update(share=Decimal("0.5"))
    assert [fault.split(":")[0] for fault in successions()] == [f"unit {merged.ward.pk}"]


def test_a_unit_that_has_successors_and_goes_on(merged: Cast) -> None:
    Unit.objects.filter(pk=merged.ward.pk).update(valid_to=None)
    assert [fault.split(":")[1] for fault in successions()] == [" has successors and has not ended"]


def test_an_ended_unit_that_hangs_elsewhere(merged: Cast) -> None:
    Unit.objects.filter(pk=merged.ward.pk).update(parent=merged.commune)
    assert [fault.split(":")[1] for fault in successions()] == [
        f" hangs below {merged.commune.pk}, though {merged.other_ward.pk} took over"
    ]
