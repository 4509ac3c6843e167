"""Which members of a split cell go to which part: ticked, from one letter to another, or by a list of codes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.core.refusals import Refused
from thongsuot.organizations.models import Person, StepPart
from thongsuot.organizations.reorganization.members import between, initial_of, with_codes


class MembersForm(forms.Form):
    """One of three ways, by the button pressed (``way``)."""

    into = forms.ChoiceField(label=_("To which part"))
    people = forms.TypedMultipleChoiceField(coerce=int, required=False)
    first = forms.ChoiceField(label=_("From the letter"), required=False)
    last = forms.ChoiceField(label=_("Up to the letter"), required=False)
    codes = forms.CharField(
        label=_("Codes of members, one a line"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("As a column copied from a table. What stands behind the code in a line is left out."),
    )

    def __init__(
        self, *args: Any, people: Sequence[Person], parts: Sequence[StepPart], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.everybody = people
        self.parts = {str(part.pk): part for part in parts}
        letters = [(one, one) for one in dict.fromkeys(initial_of(person.name) for person in people)]
        choices: dict[str, list[tuple[Any, str]]] = {
            "into": [(key, _name(part)) for key, part in self.parts.items()],
            "people": [(person.pk, person.name) for person in people],
            "first": letters,
            "last": letters,
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # all four are choices
        self.initial.setdefault("into", next((k for k, part in self.parts.items() if not part.is_main), ""))
        if letters:
            self.initial.setdefault("last", letters[-1][0])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        way = self.data.get("way")
        self.chosen: list[Person] = []
        try:
            if way == "codes":
                self.chosen = with_codes(self.everybody, data.get("codes", ""))
            elif way == "letters":
                self.chosen = between(self.everybody, data.get("first", ""), data.get("last", ""))
            else:
                keys = set(data.get("people", ()))
                self.chosen = [person for person in self.everybody if person.pk in keys]
        except Refused as refusal:
            self.add_error("codes", refusal.sentence)
        if not self.chosen and not self.errors:
            raise forms.ValidationError(gettext("Choose at least one member."))
        return data

    @property
    def part(self) -> StepPart:
        return self.parts[self.cleaned_data["into"]]


def _name(part: StepPart) -> str:
    name = part.unit.name if part.unit else part.founded_by.name if part.founded_by else ""
    return gettext("%(name)s (main part)") % {"name": name} if part.is_main else name
