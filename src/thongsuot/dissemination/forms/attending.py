"""What people fill in before the screen of a session, and its bridge points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.core.keys import MOST_DIGITS
from thongsuot.organizations.models import Person, Unit


class TypedCodeForm(forms.Form):
    """What stands on the screen of a session."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    session = forms.IntegerField(
        label=_("Number of the session"),
        help_text=_("Only for guests who are not on the list."),
        required=False,
        min_value=1,
        max_value=10**MOST_DIGITS - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class PointForm(forms.Form):
    """Bridge points of an online conference."""

    units = forms.TypedMultipleChoiceField(
        label=_("Hosts of the points"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(
        label=_("Place of the bridge point"),
        help_text=_("Empty, or with several hosts: the name of the host."),
        required=False,
        max_length=200,
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["units"].choices = [(unit.pk, unit.short_name) for unit in units]  # type: ignore[attr-defined]


class PointHeadForm(forms.Form):
    """Who answers for a bridge point."""

    head = forms.TypedChoiceField(label=_("Head on the spot"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, people: Iterable[Person], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["head"].choices = [("", "–"), *((person.pk, str(person)) for person in people)]  # type: ignore[attr-defined]
