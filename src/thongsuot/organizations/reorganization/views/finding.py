"""A reorganisation or a step of one, for whoever may see it; what a form offers."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from thongsuot.organizations.models import (
    Reorganization,
    ReorganizationStep,
)

MOST_CHOICES = 200
# The buttons, in the order of ``StepKind``.
ADDING = (
    _("Found a unit"),
    _("Rename a unit"),
    _("Move a unit"),
    _("Merge units"),
    _("Split a unit"),
    _("Dissolve a unit"),
)


def found_for(request: HttpRequest, pk: int) -> Reorganization:
    rows = Reorganization.objects.visible_to(request.user).select_related(
        "scope", "created_by", "scheduled_by"
    )
    return get_object_or_404(rows, pk=pk)


def step_for(request: HttpRequest, pk: int) -> ReorganizationStep:
    visible = Reorganization.objects.visible_to(request.user).values("pk")
    rows = ReorganizationStep.objects.filter(reorganization__in=visible)
    return get_object_or_404(rows.select_related("reorganization__scope", "unit"), pk=pk)
