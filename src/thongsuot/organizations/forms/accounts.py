"""Choosing whose accounts are shown, and why one is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.organizations.letting_in import units_in_charge
from thongsuot.organizations.models import Unit

if TYPE_CHECKING:
    from thongsuot.accounts.models import User


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, unit: Unit) -> str:
        return unit.short_name


class AccountFilters(forms.Form):
    """The sentence above the list. A wrong choice is no choice."""

    unit = UnitField(Unit.objects.none(), required=False, label=_("Unit"), empty_label=_("all my units"))
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[
            ("", _("whatever their state")),
            ("none", _("without an account")),
            ("waiting", _("invited, not yet signed in")),
            ("in_use", _("in use")),
            ("closed", _("account closed")),
        ],
    )
    q = forms.CharField(required=False, label=_("Name"), max_length=80)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        own = units_in_charge(user)
        units = Unit.objects.filter(Q(pk__in=own) | Q(parent__in=own)).order_by("path")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # the field is one of rows

    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
