"""Forms for requests about one's own data."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.organizations.models import Person
from thongsuot.privacy.models import Kind
from thongsuot.privacy.services.requests import CORRECTED


class AskForm(forms.Form):
    """What is asked; the three fields of the entry count for a correction only."""

    kind = forms.ChoiceField(label=_("I ask for"), choices=Kind.choices)
    name = forms.CharField(label=_("Full name, as it should be"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail, as it should be"), required=False)
    phone = forms.CharField(label=_("Telephone, as it should be"), max_length=40, required=False)
    words = forms.CharField(
        label=_("What I ask, and why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )

    def __init__(self, data: Any = None, *, person: Person, kind: str = "") -> None:
        initial = {name: getattr(person, name) for name in CORRECTED}
        super().__init__(data, initial=initial | ({"kind": kind} if kind in Kind.values else {}))

    @property
    def asked(self) -> dict[str, Any]:
        entered = self.cleaned_data
        proposed = {name: entered[name] for name in CORRECTED}
        return {"kind": entered["kind"], "words": entered["words"], "proposed": proposed}


class AnswerForm(forms.Form):
    """The officer's answer. An erasure is confirmed apart, after what goes and what stays has been shown."""

    words = forms.CharField(
        label=_("Reason, told to the person"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
    )
    is_seen = forms.BooleanField(
        label=_("I have read what goes and what stays. It cannot be brought back."), required=False
    )
