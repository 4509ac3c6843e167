"""What people fill in for reflections and commitments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.dissemination.forms.calling import DAY
from thongsuot.dissemination.models import ReflectionKind


class AskForPapersForm(forms.Form):
    """What members are asked to write, by when."""

    kind = forms.ChoiceField(label=_("What members hand in"), choices=ReflectionKind.choices)
    due = forms.DateField(label=_("To hand in by"), widget=DAY)


class PaperForm(forms.Form):
    """One's own paper: typed, or the words of a file."""

    text = forms.CharField(
        label=_("Text of your paper"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    file = forms.FileField(
        label=_("Or a file: Word, ODT, PDF"),
        required=False,
        help_text=_("Its words are taken over and kept; the file itself is not."),
    )

    @property
    def given(self) -> dict[str, Any]:
        """The file in the words of the services, read into memory; nothing when there is none."""
        upload = self.cleaned_data["file"]
        if not upload:
            return {}
        return {
            "content": upload.read(),
            "name": upload.name,
            "too_large": getattr(upload, "too_large", False),
        }


class WordForm(forms.Form):
    word = forms.CharField(
        label=_("What the paper lacks"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
