"""New names and other places in a table of units: prepared as a reorganisation, never written by the import."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.organizations.imports.tables import UNITS, codes, looked_through
from tests.pages import assert_whole
from thongsuot.core.refusals import Refused
from thongsuot.organizations.imports import drafting
from thongsuot.organizations.models import Import, Reorganization, StepKind, Unit, UnitKind


@pytest.fixture
def batch(cast: Cast) -> Import:
    """A ward with another kind and name, a cell that moves, a row that only gives another first day."""
    coded = [(cast.ward, "P1"), (cast.cell, "C1"), (cast.second_cell, "C2"), (cast.other_ward, "P2")]
    for unit, code in coded:
        Unit.objects.filter(pk=unit.pk).update(code=code)
    return looked_through(
        cast,
        UNITS,
        {"code": "P1", "name": "Đảng ủy xã Cầu Ván", "kind": "đảng ủy xã"},
        {"code": "C1", "name": cast.cell.name, "parent_code": "P2"},
        {"code": "C2", "name": cast.second_cell.name, "valid_from": "01/01/2020"},
        {"code": "C3", "name": "Chi bộ mới", "kind": "Chi bộ", "parent_code": "P1"},
    )


def test_the_draft_has_the_names_and_places_of_the_file_and_changes_nothing(
    client: Client, cast: Cast, batch: Import
) -> None:
    assert codes(batch) == [["reorganize"], ["reorganize"], ["not_drafted"], []]
    client.force_login(cast.administrator)
    html = assert_whole(client.get(batch.get_absolute_url()))
    assert "2 đơn vị đã có mang tên, loại hoặc cấp trên khác trong tệp" in html
    assert "Từ ngày: không thay đổi được từ dòng này" in html, "no draft is promised for a first day"
    answer = client.post(reverse("organizations:import_draft", args=[batch.pk]))
    draft = Reorganization.objects.get()
    assert answer["Location"] == draft.get_absolute_url()
    assert draft.scope == cast.city
    steps = [
        (step.kind, step.unit, step.name, step.short_name, step.unit_kind, step.target_unit)
        for step in draft.steps.order_by("ordinal")
    ]
    assert steps == [
        (StepKind.RENAME, cast.ward, "Đảng ủy xã Cầu Ván", "Cầu Ván", UnitKind.COMMUNE_COMMITTEE, None),
        (StepKind.MOVE, cast.cell, "", "", "", cast.other_ward),
    ]
    assert_whole(client.get(draft.get_absolute_url()))
    cast.ward.refresh_from_db()
    assert cast.ward.name == "Đảng ủy phường Cầu Ván"
    # A second click leads to the same draft.
    client.post(reverse("organizations:import_draft", args=[batch.pk]))
    assert Reorganization.objects.count() == 1


def test_a_step_that_cannot_be_is_left_out_and_said(cast: Cast, batch: Import) -> None:
    Unit.objects.filter(pk=cast.cell.pk).update(parent=cast.other_ward)
    draft, left_out = drafting.draft_reorganization(by=cast.administrator, batch=batch)
    assert [step.kind for step in draft.steps.all()] == [StepKind.RENAME]
    assert left_out == [f"“{cast.cell.name}” đã ở vị trí đó."]


def test_nothing_to_prepare_and_nobody_else(cast: Cast, batch: Import) -> None:
    with pytest.raises(PermissionDenied):
        drafting.draft_reorganization(by=cast.ward_leader, batch=batch)
    other = looked_through(cast, UNITS, {"name": "Chi bộ khác", "kind": "Chi bộ"})
    assert not drafting.can_draft(cast.administrator, other)
    with pytest.raises(Refused):
        drafting.draft_reorganization(by=cast.administrator, batch=other)
