"""Where a unit is to hang: one step of a reorganisation in preparation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.organizations.forms.people import UnitChoice
from thongsuot.organizations.models import Reorganization, Unit
from thongsuot.organizations.models.units import UnitQuerySet


class MoveUnitForm(forms.Form):
    unit = UnitChoice(label=_("New unit above"), queryset=Unit.objects.none())
    draft = forms.ModelChoiceField(
        label=_("Add to"),
        queryset=Reorganization.objects.none(),
        required=False,
        empty_label=_("a new reorganisation"),
    )
    effective_on = forms.DateField(
        label=_("Takes effect on"),
        help_text=_("For a new reorganisation. Nothing changes before it is scheduled and its day has come."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, *args: Any, units: UnitQuerySet, drafts: QuerySet[Reorganization], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a choice of rows
        self.fields["draft"].queryset = drafts  # type: ignore[attr-defined]  # a choice of rows
        self.fields["effective_on"].initial = today() + dt.timedelta(days=1)
