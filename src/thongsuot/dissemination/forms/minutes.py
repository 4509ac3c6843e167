"""What is filled in about the minutes of a session."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MinutesForm(forms.Form):
    """The text with the names of those who sign it."""

    chair = forms.CharField(label=_("Chair of the session"), max_length=120)
    secretary = forms.CharField(label=_("Secretary of the session"), max_length=120)
    text = forms.CharField(
        label=_("Text of the minutes"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("A line each paragraph; lines that begin with I., II., III. become headings."),
    )
    # When the text was written that the person has before them.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
