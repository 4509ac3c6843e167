"""What is chosen from the official list: below which unit, which province or commune, which bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.formats.areas import Commune, provinces
from thongsuot.organizations.catalogue.bodies import bodies
from thongsuot.organizations.catalogue.rows import NATION, Choice, area_meant_by
from thongsuot.organizations.forms.people import UnitChoice
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class CatalogueForm(forms.Form):
    """Everything has a good first value: an administrator of a province presses one button."""

    unit = UnitChoice(label=_("For this unit and below"), queryset=Unit.objects.none())
    province = forms.ChoiceField(label=_("Province or city"))
    commune = forms.ChoiceField(label=_("Communes and wards"), required=False)
    province_bodies = forms.MultipleChoiceField(
        label=_("Bodies of the province"), required=False, widget=forms.CheckboxSelectMultiple
    )
    commune_bodies = forms.MultipleChoiceField(
        label=_("Bodies of each commune and ward"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any = None, *, units: Sequence[Unit], is_sure: bool = True) -> None:
        """``is_sure``: somebody pressed a button that acts; otherwise another province forgets the commune."""
        super().__init__(data)
        fields: Any = self.fields
        fields["unit"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units]).order_by("path")
        fields["unit"].initial = units[0].pk
        itself = area_meant_by(units[0])
        province, commune = _of_area(itself)
        fields["province"].choices = [
            *((one.code, one.name) for one in provinces()),
            (NATION, _("The whole country")),
        ]
        fields["province"].initial = province
        communes = next((one.communes for one in provinces() if one.code == self._chosen("province")), ())
        fields["commune"].choices = [("", _("All of them"))] + [(one.code, one.name) for one in communes]
        fields["commune"].initial = commune
        if self.is_bound and not is_sure and data.get("commune") not in {one.code for one in communes}:
            data = data.copy()
            data["commune"] = ""
            self.data = data
        for level in ("province", "commune"):
            others = bodies()[level][1:]
            fields[f"{level}_bodies"].choices = [(body.key, body.label()) for body in others]
            fields[f"{level}_bodies"].initial = [body.key for body in others if body.chosen]

    def _chosen(self, name: str) -> str:
        return str(self.data.get(name, "")) if self.is_bound else str(self.fields[name].initial)

    def choice(self) -> Choice:
        """What was entered, or stands there at first."""
        given: Mapping[str, Any] = (
            self.cleaned_data
            if self.is_bound
            else {name: field.initial for name, field in self.fields.items()}
        )
        return Choice(
            given.get("province") or NATION,
            given.get("commune") or "",
            tuple(given.get("province_bodies") or ()),
            tuple(given.get("commune_bodies") or ()),
        )


def _of_area(area: Any) -> tuple[str, str]:
    """The codes of the province and of the commune, of an area that may be either or nothing."""
    if isinstance(area, Commune):
        return next(one.code for one in provinces() if area in one.communes), area.code
    return (area.code if area else provinces()[0].code), ""
