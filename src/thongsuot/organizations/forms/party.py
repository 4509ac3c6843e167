"""What is entered about a Party member."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.organizations.forms.people import a_day
from thongsuot.organizations.models import Grade
from thongsuot.organizations.services.party import FIRST_YEAR

MOST_LETTERS = 2000


class _Remark(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Remark"),
            required=False,
            max_length=MOST_LETTERS,
            widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
            help_text=_("Only what the committee needs; no citizen number, nothing about health or family."),
        )


class PartyRecordForm(forms.Form):
    """No card number, no citizen number, no birth date: the product has no need of them."""

    admitted_on = a_day(_("Admitted on"), required=False)
    official_on = a_day(_("Official member since"), required=False)
    note = _Remark()


class CorrectionForm(forms.Form):
    grade = forms.ChoiceField(label=_("Grade"), choices=[("", "–"), *Grade.choices])
    note = _Remark()
    decided_on = a_day(_("Decided on"))
    decided_by = forms.CharField(label=_("Deciding document"), max_length=120)


class EvaluationForm(CorrectionForm):
    year = forms.IntegerField(label=_("Year of evaluation"), min_value=FIRST_YEAR)
    field_order = ("year",)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # handed on as they are
        self.fields["year"].initial = lambda: today().year - (today().month < 12)
