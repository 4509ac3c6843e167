"""Title, day and decision of a reorganisation, and where the units below one that ends go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.organizations.hooks import register
from thongsuot.organizations.models import (
    ReorganizationStep,
    Unit,
)
from thongsuot.organizations.reorganization.drafting import Decision, Ref

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer


def _date(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


class ReorganizationForm(forms.Form):
    """Title, day and deciding document; for a new draft also below which unit."""

    scope = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Below which unit"), empty_label=None
    )
    title = forms.CharField(label=_("Title of the reorganisation"), max_length=200)
    effective_on = _date(
        _("Takes effect on"), help_text=_("It is carried out at midnight, at the beginning of this day.")
    )
    decision_symbol = forms.CharField(
        label=_("Number of the deciding document"),
        max_length=60,
        required=False,
        help_text=_("Needed before it is scheduled."),
    )
    decision_date = _date(_("Date of the document"), required=False)
    decision_issuer = forms.CharField(label=_("Issued by"), max_length=200, required=False)

    document = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: Viewer, scopes: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        if scopes is None:
            del self.fields["scope"]
        else:
            self.fields["scope"].queryset = scopes  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_effective_on(self) -> Any:
        day = self.cleaned_data["effective_on"]
        if day < today():
            raise forms.ValidationError(
                gettext("The day on which it takes effect has passed. Choose today or a later day.")
            )
        return day

    @property
    def decision(self) -> Decision:
        data = self.cleaned_data
        known = register.one(self.user, data["document"])
        # Another number typed over it names another paper.
        is_it = known is not None and known.symbol == data["decision_symbol"]
        return Decision(
            data["decision_symbol"],
            data["decision_date"],
            data["decision_issuer"],
            known.key if known and is_it else None,
        )


class ChildrenForm(forms.Form):
    """Where each unit goes whose parent ends; empty is the main successor."""

    def __init__(self, *args: Any, children: Sequence[Unit], targets: dict[str, Ref], **options: Any) -> None:
        super().__init__(*args, **options)
        self.children, self.targets = {f"child_{child.pk}": child for child in children}, targets
        choices = [("", gettext("the main successor")), *((key, _label(ref)) for key, ref in targets.items())]
        for name, child in self.children.items():
            self.fields[name] = forms.ChoiceField(label=child.name, choices=choices, required=False)

    @property
    def chosen(self) -> dict[Unit, Ref]:
        data = self.cleaned_data
        return {child: self.targets[data[name]] for name, child in self.children.items() if data[name]}


def _label(ref: Ref) -> str:
    return gettext("new: %(name)s") % {"name": ref.name} if isinstance(ref, ReorganizationStep) else ref.name
