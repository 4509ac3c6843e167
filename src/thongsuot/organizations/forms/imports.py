"""What is entered for an import: the file, and which column is which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.organizations.forms.people import UnitChoice, a_day
from thongsuot.organizations.imports.values import COLUMNS, NEEDED
from thongsuot.organizations.models import Import, ImportSubject, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TABLES = ".xlsx,.xls,.ods,.csv,.tsv,.txt"


class TableForm(forms.Form):
    subject = forms.ChoiceField(label=_("What the file holds"), choices=())
    unit = UnitChoice(label=_("For this unit and below"), queryset=Unit.objects.none())
    file = forms.FileField(
        label=_("Table"),
        help_text=_("XLSX, ODS or CSV, up to 25 MB and 200,000 rows. The file itself is not kept."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": TABLES}),
        error_messages={"required": _("Choose the table first.")},
    )

    def __init__(self, *args: Any, units: Mapping[str, Sequence[Unit]], **options: Any) -> None:
        super().__init__(*args, **options)
        allowed = [ImportSubject(subject) for subject, rows in units.items() if rows]
        keys = {unit.pk for rows in units.values() for unit in rows}
        self.fields["subject"].choices = [(one.value, one.label) for one in allowed]  # type: ignore[attr-defined]
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=keys).order_by("path")  # type: ignore[attr-defined]
        if len(keys) == 1:
            self.fields["unit"].initial = next(iter(keys))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if getattr(file, "too_large", False):
            raise forms.ValidationError(_("The file is larger than 25 MB. Divide it into several files."))
        return file


class ColumnsForm(forms.Form):
    """One choice for each field: its column, or none."""

    since = a_day(_("From day"), help_text=_("For rows that name no day."))

    def __init__(self, *args: Any, batch: Import, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["since"].initial = batch.since
        choices = [(str(at), heading or f"({at + 1})") for at, heading in enumerate(batch.header)]
        subject = ImportSubject(batch.subject)
        self.names = list(COLUMNS[subject])
        for name, words in COLUMNS[subject].items():
            self.fields[f"c_{name}"] = forms.ChoiceField(
                label=words,
                choices=[("", _("– not in the file –")), *choices],
                required=name in NEEDED[subject],
                initial=str(batch.columns[name]) if name in batch.columns else "",
            )

    @property
    def column_fields(self) -> list[Any]:
        return [self[f"c_{name}"] for name in self.names]

    def columns(self) -> dict[str, int]:
        chosen = {name: self.cleaned_data[f"c_{name}"] for name in self.names}
        return {name: int(at) for name, at in chosen.items() if at}
