"""The list of a meeting system: the file, which column is which, whom doubtful names mean."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.core.keys import number_in
from thongsuot.dissemination.meetings.online.columns import COLUMNS
from thongsuot.dissemination.models import AttendanceList


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("List of the meeting system"),
        help_text=_("CSV, XLSX or ODS, as the system exports it, up to 5 MB. The file itself is not kept."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.ods"}),
        error_messages={"required": _("Choose the list first.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if getattr(file, "too_large", False):
            raise forms.ValidationError(
                _("The list is larger than 5 MB. Leave out what is not about who was there.")
            )
        return file


class ReadAsForm(forms.Form):
    """Which column is which, and how long somebody has to have been there."""

    least_share = forms.IntegerField(label=_("Least share of the session, in %"), min_value=0, max_value=100)
    minutes = forms.IntegerField(label=_("Length of the session, in minutes"), min_value=1, max_value=10_000)

    def __init__(self, *args: Any, batch: AttendanceList, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["least_share"].initial = batch.least_share
        self.fields["minutes"].initial = batch.minutes
        choices = [
            ("", "—"),
            *((str(at), heading or f"({at + 1})") for at, heading in enumerate(batch.header)),
        ]
        for name, words in COLUMNS.items():
            self.fields[f"c_{name}"] = forms.ChoiceField(
                label=words, choices=choices, required=False, initial=str(batch.columns.get(name, ""))
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[f"c_{name}"] for name in COLUMNS]

    @property
    def columns(self) -> dict[str, int]:
        given = {name: self.cleaned_data[f"c_{name}"] for name in COLUMNS}
        return {name: int(at) for name, at in given.items() if at}


def answers_in(posted: Any) -> dict[str, int]:
    """``k<n>`` the name that was asked about, ``a<n>`` whom it means; nobody where that is empty."""
    return {
        key: person
        for field, key in posted.items()
        if field[:1] == "k"
        and field[1:].isdecimal()
        and (person := number_in(posted.get(f"a{field[1:]}", "")))
    }
