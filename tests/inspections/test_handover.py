"""Open inspections of units that end pass to who takes over, and come back."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.inspections.story import concluded, noted, opened
from tests.organizations.reorganizing import carried_out, draft, founding, in_days, on
from thongsuot.core.refusals import Refused
from thongsuot.inspections.models import Inspection
from thongsuot.inspections.services import conclude
from thongsuot.organizations.models import Reorganization
from thongsuot.organizations.reorganization import StepData, add_step, undo

pytestmark = pytest.mark.django_db


def merger(cast: Cast) -> Reorganization:
    return draft(cast, StepData("merge", target=cast.other_ward, sources=[cast.ward]))


def test_the_successor_answers_and_it_comes_back(cast: Cast) -> None:
    inspection = opened(cast)
    done = carried_out(merger(cast))
    inspection.refresh_from_db()
    assert (inspection.unit, inspection.inspected) == (cast.city, cast.other_ward)
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    inspection.refresh_from_db()
    assert inspection.inspected == cast.ward


def test_a_new_unit_answers_until_that_is_undone(cast: Cast) -> None:
    inspection = opened(cast)
    made = draft(cast, founding(cast.city, "Đảng ủy phường Vàm Cỏ Đông"))
    step = StepData("merge", target=made.steps.get(), sources=[cast.commune, cast.ward])
    add_step(by=cast.city_clerk, reorganization=made, data=step)
    done = carried_out(made)
    inspection.refresh_from_db()
    assert inspection.inspected.name == "Đảng ủy phường Vàm Cỏ Đông"
    with on(in_days(2)):
        undo(by=cast.city_clerk, reorganization=done)
    inspection.refresh_from_db()
    assert inspection.inspected == cast.ward


def test_nobody_inspects_itself(cast: Cast) -> None:
    inspection = opened(cast)
    Inspection.objects.filter(pk=inspection.pk).update(unit=cast.other_ward)
    carried_out(merger(cast))
    inspection.refresh_from_db()
    assert (inspection.unit, inspection.inspected) == (cast.other_ward, cast.ward)


def test_a_conclusion_since_speaks_against_undoing(cast: Cast) -> None:
    inspection = opened(cast)
    noted(cast, inspection, "strength")
    done = carried_out(merger(cast))
    inspection.refresh_from_db()
    with on(in_days(2), 9):
        conclude(by=cast.city_inspector, inspection=inspection)
        with pytest.raises(Refused) as refusal:
            undo(by=cast.city_clerk, reorganization=done)
    assert refusal.value.code == "depends"


def test_requirements_of_a_conclusion_are_met_by_the_successor(cast: Cast) -> None:
    inspection = concluded(cast)
    carried_out(merger(cast))
    inspection.refresh_from_db()
    task = inspection.requirements.get().task
    assert task is not None
    assert inspection.inspected == task.unit == cast.other_ward
