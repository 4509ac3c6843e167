"""What is entered about periods and holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from thongsuot.core.retention import LONGEST, DataClass, registered
from thongsuot.organizations.forms.people import UnitChoice
from thongsuot.organizations.models import Unit
from thongsuot.privacy.models import LegalHold
from thongsuot.privacy.permissions import can_manage_privacy_everywhere, units_looked_after

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_UNITS = 200


def reason_field(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=2000)


class PeriodForm(forms.Form):
    """How many days, and why. ``was`` is what the person saw."""

    days = forms.IntegerField(label=_("Days kept"), max_value=LONGEST)
    reason = reason_field(_("Reason"), _("With the decision or rule it rests on."))
    was = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, data_class: DataClass, **options: Any) -> None:
        super().__init__(*args, **options)
        days: Any = self.fields["days"]
        days.validators.append(MinValueValidator(data_class.least))
        days.widget.attrs |= {"min": data_class.least, "inputmode": "numeric"}


class HoldForm(forms.Form):
    """Of which class, of which unit, until when, and why."""

    data_class = forms.ChoiceField(label=_("Class of data"), required=False)
    unit = UnitChoice(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        help_text=_("With everything below it. Data that belongs to no unit is held by its class."),
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until somebody lifts the hold."),
    )
    reason = reason_field(_("Reason"), _("The proceeding or inspection that needs the data."))

    def __init__(self, *args: Any, user: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        choices: list[tuple[str, Any]] = [("", _("every class"))]
        self.fields["data_class"].choices = choices + [(one.name, one.label) for one in registered()]  # type: ignore[attr-defined]
        units, unit = units_looked_after(user), self.fields["unit"]
        unit.queryset = units  # type: ignore[attr-defined]
        shown: list[tuple[Any, Any]] = [(one.pk, one.name) for one in units[:MOST_UNITS]]
        if can_manage_privacy_everywhere(user):
            shown.insert(0, ("", _("the whole installation")))
        else:
            unit.required = True
        unit.choices = shown  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    reason = reason_field(_("Why it is no longer needed"))


def scope_of(hold: LegalHold) -> Any:
    """What a hold keeps, in words."""
    labels = {one.name: one.label for one in registered()}
    return labels.get(hold.data_class, hold.data_class) if hold.data_class else _("every class")
