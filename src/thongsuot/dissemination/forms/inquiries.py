"""What people fill in who ask, and who answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from thongsuot.dissemination.forms.checks import ParagraphField
from thongsuot.dissemination.models import Inquiry


class AskForm(forms.Form):
    """A question about a paragraph, with or without one's name."""

    paragraph = ParagraphField(label=_("What the question is about"))
    text = forms.CharField(
        label=_("Your question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    with_name = forms.BooleanField(
        label=_("Ask my cell, and show my name to its head and the leaders above"),
        required=False,
        help_text=_("Without the tick the unit above your cell answers, and nobody learns who asked."),
    )

    def __init__(self, *args: Any, text: str, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["paragraph"].of(text)  # type: ignore[attr-defined]  # a field of ours


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer for everybody"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class MergeForm(forms.Form):
    into = forms.ChoiceField(label=_("The same as"))

    def __init__(self, *args: Any, others: Iterable[Inquiry], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["into"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (str(other.pk), Truncator(other.text).chars(90)) for other in others
        ]
