"""The check that keeps growing possible finds each fault it is there for, and none in our own models."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import checks
from django.db import models
from django.test.utils import isolate_apps

from thongsuot.core import placement
from thongsuot.core.placement import Placement, our_models, placement_of


def faults(monkeypatch: pytest.MonkeyPatch, *planted: type[models.Model]) -> set[str]:
    """What the check finds when these are all our models."""
    monkeypatch.setattr(placement, "our_models", lambda: iter(planted))
    return {str(error.id) for error in placement.check_placements()}


def leaf(name: str = "Leaf", *, constraints: tuple[Any, ...] = (), **more: Any) -> type[models.Model]:
    """A model that keeps every rule, but for what is asked."""
    parts: dict[str, Any] = {
        "__module__": "thongsuot.core.planted",
        "placement": Placement.LEAF,
        "pk": models.CompositePrimaryKey("unit_id", "place"),
        "unit": models.ForeignKey("Home", models.PROTECT, related_name="+", db_index=False),
        "place": models.IntegerField(),
        "Meta": type("Meta", (), {"app_label": "core", "constraints": list(constraints)}),
    }
    return type(name, (models.Model,), parts | more)


def home(name: str = "Home", where: Placement | None = Placement.REFERENCE) -> type[models.Model]:
    """Where a leaf lives, and what it may point at."""
    parts: dict[str, Any] = {
        "__module__": "thongsuot.core.planted",
        "Meta": type("Meta", (), {"app_label": "core"}),
    }
    if where is not None:
        parts["placement"] = where
    return type(name, (models.Model,), parts)


def to(target: str, on_delete: Any = models.PROTECT, **options: Any) -> Any:
    return models.ForeignKey(target, on_delete, related_name="+", **({"db_index": False} | options))


@isolate_apps("thongsuot.core")
def test_a_good_leaf_has_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    once = models.UniqueConstraint(fields=["unit", "place"], name="once")
    assert faults(monkeypatch, home(), leaf(constraints=(once,))) == set()


@isolate_apps("thongsuot.core")
def test_a_model_says_where_its_rows_live(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults(monkeypatch, home(where=None)) == {"placement.E001"}


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("E002", lambda: {"pk": models.CompositePrimaryKey("place", "unit_id")}),
        ("E002 E003", lambda: {"pk": models.UUIDField(primary_key=True)}),
        ("E002", lambda: {"unit": to("Home", null=True)}),
        ("E003", lambda: {"code": models.CharField(max_length=5, unique=True)}),
        ("E003", lambda: {"constraints": (models.UniqueConstraint(fields=["place"], name="bad"),)}),
        ("E005", lambda: {"homes": models.ManyToManyField("Home", related_name="+")}),
        ("E006", lambda: {"other": to("Leaf")}),
        ("E006", lambda: {"other": to("Local")}),
        ("E007", lambda: {"other": to("Home", models.CASCADE)}),
        ("E007", lambda: {"other": to("Home", models.SET_NULL, null=True)}),
        ("E008", lambda: {"other": to("Home", db_index=True)}),
    ],
)
def test_each_fault_of_a_leaf_is_named(monkeypatch: pytest.MonkeyPatch, fault: str, change: Any) -> None:
    with isolate_apps("thongsuot.core"):
        planted = [home(), home("Local", Placement.LOCAL), leaf(), leaf("Bad", **change())]
        assert faults(monkeypatch, *planted) == {f"placement.{code}" for code in fault.split()}


@isolate_apps("thongsuot.core")
def test_a_leaf_numbered_by_the_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    numbered = leaf(pk=None, id=models.BigAutoField(primary_key=True))
    assert "placement.E004" in faults(monkeypatch, home(), numbered)


@isolate_apps("thongsuot.core")
def test_a_pointer_without_constraint_at_a_local_row_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    free = leaf(other=to("Local", db_constraint=False))
    assert faults(monkeypatch, home(), home("Local", Placement.LOCAL), free) == set()


@isolate_apps("thongsuot.core")
def test_nothing_points_at_a_leaf(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pointer(models.Model):
        placement = Placement.LOCAL
        target = models.ForeignKey("Leaf", models.PROTECT)

        class Meta:
            app_label = "core"

    assert faults(monkeypatch, home(), leaf(), Pointer) == {"placement.E006"}


def test_our_own_models_keep_the_rules() -> None:
    assert placement.check_placements() == []
    leaves = [model for model in our_models() if placement_of(model) == Placement.LEAF]
    assert {model.__name__ for model in leaves} >= {
        "Receipt",
        "Attendance",
        "Delivery",
        "RegisterEntry",
        "ReachEvent",
    }
    assert all(getattr(model._meta.pk, "field_names", ("",))[0] == "unit_id" for model in leaves)


def test_the_check_runs_with_the_others() -> None:
    running: list[Any] = list(checks.registry.registry.get_checks())
    assert placement.check_placements in running
