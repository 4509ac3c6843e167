"""What people enter about tasks."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from thongsuot.core.forms import RowsField
from thongsuot.core.ui.words import quantity
from thongsuot.organizations.models import Unit

_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")


class FigureField(forms.DecimalField):
    """A number as it is written in Vietnamese, whatever the language of the page: "1.234,5", "12,5", "12.5"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, **options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as Django's own DecimalField
        if isinstance(value, str):
            value = value.replace(" ", "").replace("\u00a0", "")
            if _GROUPED.fullmatch(value):
                value = value.replace(".", "")
            value = value.replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return quantity(value).replace(".", "") if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, required=required)


class ReportForm(forms.Form):
    """One screen on a phone: the camera first."""

    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )
    figure = FigureField(label=_("Figure reported"), required=False)
    note = forms.CharField(
        label=_("What was done"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_photo(self) -> Any:
        photo = self.cleaned_data["photo"]
        if photo is not None and getattr(photo, "too_large", False):
            raise ValidationError(_("The photo is too large. Take it again with a smaller size."))
        return photo

    def content(self) -> tuple[bytes, str] | None:
        """The bytes and the name of the photo."""
        photo = self.cleaned_data["photo"]
        return (photo.read(), photo.name or "") if photo else None


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=_("What is missing"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class StopForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the task is stopped"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ExtendForm(forms.Form):
    due = _day(_("New deadline"), required=True)
    reason = forms.CharField(
        label=_("Why the deadline is moved"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class UrgeForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class ShareForm(forms.Form):
    """One part of a task: for whom, what, by when, how much."""

    recipient = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What has to be done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    due = _day(_("Deadline"))
    measure_goal = FigureField(label=_("Figure to reach"), required=False, min_value=Decimal("0.01"))


ShareFormSet = forms.formset_factory(ShareForm, extra=0, max_num=300, absolute_max=300)


class MeasureForm(forms.Form):
    """What is counted, the same for all parts, so that they can be added up."""

    measure_name = forms.CharField(label=_("What is counted"), max_length=120, required=False)
    measure_unit = forms.CharField(label=_("Unit of measure"), max_length=40, required=False)


class GiveForm(MeasureForm):
    """A new task for one or more units."""

    field_order = ("text", "units", "due", "product", "measure_name", "measure_unit", "measure_goal")
    text = forms.CharField(
        label=_("What has to be done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    units = RowsField(
        Unit.objects.none(), label=_("Units that get the task"), widget=forms.CheckboxSelectMultiple
    )
    due = _day(_("Deadline"))
    product = forms.CharField(label=_("Product"), max_length=300, required=False)
    measure_goal = FigureField(label=_("Figure to reach"), required=False, min_value=Decimal("0.01"))

    def __init__(self, giver: Unit, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        below = Unit.objects.valid_on().filter(parent=giver).order_by("depth", "sort_key", "pk")
        units: Any = self.fields["units"]
        units.queryset = below
        units.label_from_instance = lambda unit: unit.short_name
