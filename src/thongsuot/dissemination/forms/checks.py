"""What an author of questions fills in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongsuot.dissemination.models import CheckQuestion
from thongsuot.dissemination.reading_page.parts import blocks_of
from thongsuot.dissemination.services.bank import MOST_OPTIONS, QuestionData


def paragraphs_of(text: str) -> list[tuple[int, str]]:
    """The paragraphs to choose from, each with its number and how it begins."""
    return [
        (number, f"{number}. {Truncator(block.text).chars(70)}")
        for number, block in enumerate(blocks_of(text), start=1)
    ]


class ParagraphField(forms.TypedChoiceField):
    """A paragraph of the text, or none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, empty_value=None, required=False, **options)

    def of(self, text: str) -> None:
        self.choices = [("", _("the whole document")), *paragraphs_of(text)]


class QuestionForm(forms.Form):
    """A question, two to six answers with a tick at each right one, and why."""

    text = forms.CharField(
        label=gettext_lazy("Question"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    explanation = forms.CharField(
        label=gettext_lazy("Explanation, shown after the answer"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    paragraph = ParagraphField(label=gettext_lazy("Where the text says it"))

    def __init__(self, *args: Any, text: str, question: CheckQuestion | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.initial = _initial(question) if question else {}
        self.fields["paragraph"].of(text)  # type: ignore[attr-defined]  # a field of ours
        for number in range(1, MOST_OPTIONS + 1):
            self.fields[f"option_{number}"] = forms.CharField(
                label=_("Answer %(number)s") % {"number": number}, max_length=250, required=False
            )
            self.fields[f"right_{number}"] = forms.BooleanField(
                label=_("Answer %(number)s is right") % {"number": number}, required=False
            )

    @property
    def rows(self) -> Sequence[tuple[forms.BoundField, forms.BoundField]]:
        numbers = range(1, MOST_OPTIONS + 1)
        return [(self[f"option_{number}"], self[f"right_{number}"]) for number in numbers]

    @property
    def given(self) -> QuestionData:
        said = self.cleaned_data
        options = [(said[f"option_{n}"], said[f"right_{n}"]) for n in range(1, MOST_OPTIONS + 1)]
        return QuestionData(
            text=said["text"],
            # A tick beside an empty line stays, so that the author is told.
            options=[(text, right) for text, right in options if text or right],
            explanation=said["explanation"],
            paragraph=said["paragraph"],
        )


def _initial(question: CheckQuestion) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "text": question.text,
        "explanation": question.explanation,
        "paragraph": question.paragraph,
    }
    for number, option in enumerate(question.options, start=1):
        initial |= {f"option_{number}": option["text"], f"right_{number}": option["right"]}
    return initial
