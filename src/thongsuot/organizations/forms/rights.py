"""What people enter about roles and lent authority."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.accounts.models import Role
from thongsuot.accounts.roles import NEVER_LENT, Permission
from thongsuot.core.clock import today
from thongsuot.organizations.models import Unit
from thongsuot.organizations.permissions_of_rights import can_give

if TYPE_CHECKING:
    from collections.abc import Iterable

    from thongsuot.accounts.models import User


def _day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, required=required, widget=widget)


def _document() -> forms.CharField:
    return forms.CharField(label=_("Deciding document"), max_length=120, required=False)


def _day_after(until: dt.date | None) -> dt.date | None:
    """Forms ask for the last day in force; rows keep the first day no longer in force."""
    return until + dt.timedelta(days=1) if until else None


class RoleField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, role: Role) -> str:
        return role.label[:1].upper() + role.label[1:]


class GiveForm(forms.Form):
    """A role for one person in one unit, both chosen before."""

    role = RoleField(Role.objects.none(), label=_("Role"), empty_label=_("choose a role"))
    since = _day(pgettext_lazy("rights", "From"))
    last_day = _day(_("Last day"), _("Empty: until somebody ends it."), required=False)
    reaches_subtree = forms.BooleanField(label=_("In the units below as well"), required=False)
    decided_by = _document()

    def __init__(self, data: Any = None, *, by: User, user: User, unit: Unit) -> None:
        super().__init__(data, initial={"since": today()})
        usable = [
            role.pk
            for role in Role.objects.in_use()
            if can_give(by, role, unit, reaches_subtree=False, whose=user)
        ]
        self.fields["role"].queryset = Role.objects.filter(pk__in=usable).in_order()  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        kept = dict(self.cleaned_data)
        kept["until"] = _day_after(kept.pop("last_day"))
        return kept


class ProlongForm(forms.Form):
    last_day = _day(_("New last day"), _("Empty: until somebody ends it."), required=False)
    decided_by = _document()

    def given(self) -> dict[str, Any]:
        return {
            "until": _day_after(self.cleaned_data["last_day"]),
            "decided_by": self.cleaned_data["decided_by"],
        }


class EndForm(forms.Form):
    on = _day(_("First day without the role"), _("Today takes it back at once."))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": today()})


class PermissionsField(forms.TypedMultipleChoiceField):
    """Some of the catalogue, drawn by the page group by group."""

    def __init__(self, *, label: Any = "", leave_out: Iterable[Permission] = ()) -> None:
        left_out = set(leave_out)
        super().__init__(
            label=label,
            required=False,
            coerce=Permission,
            choices=[(one.value, one.value) for one in Permission if one not in left_out],
        )


class RoleForm(forms.Form):
    name = forms.CharField(label=_("Name of the role"), max_length=80, required=False)
    reaches_subtree = forms.BooleanField(label=_("Usually in the units below as well"), required=False)
    second_step = forms.BooleanField(
        label=_("Whoever holds it needs a second step at signing in"),
        help_text=_(
            "An app or a passkey. Those who have none set it up within the days that the office has set."
        ),
        required=False,
    )
    permissions = PermissionsField()
    gives = PermissionsField()

    def __init__(self, data: Any = None, *, role: Role | None = None) -> None:
        start = {"name": role.name, "reaches_subtree": role.reaches_subtree} if role else {}
        asks = role is not None and role.second_step_since is not None
        super().__init__(data, initial=start | {"second_step": asks})
        if role is None or not role.is_builtin:
            self.fields["name"].required = True
        else:
            self.fields["name"].help_text = _("Empty: the name of the catalogue.")


class LendForm(forms.Form):
    """Authority of one person for another, both chosen before."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("In which unit"), empty_label=None)
    reaches_subtree = forms.BooleanField(label=_("In the units below as well"), required=False, initial=True)
    permissions = PermissionsField(leave_out=NEVER_LENT)
    since = _day(pgettext_lazy("rights", "From"))
    last_day = _day(_("Last day"), _("It ends by itself after this day."))
    decided_by = _document()

    def __init__(self, data: Any = None, *, units: Iterable[Unit], needs_document: bool) -> None:
        super().__init__(data, initial={"since": today()})
        keys = [unit.pk for unit in units]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=keys).order_by("path")  # type: ignore[attr-defined]
        self.fields["decided_by"].required = needs_document

    def given(self) -> dict[str, Any]:
        kept = dict(self.cleaned_data)
        kept["until"] = _day_after(kept.pop("last_day"))
        return kept
