"""What people fill in about a theme."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ThemeForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the theme"),
        max_length=200,
        help_text=_("For example the congress or the programme whose documents you want to follow together."),
        error_messages={"required": _("Give the theme a name.")},
    )
