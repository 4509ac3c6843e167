"""What people enter about inspections."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.core.forms import RowsField
from thongsuot.documents.models import Document
from thongsuot.inspections.models import Finding, FindingKind
from thongsuot.inspections.papers.words import short_reference_to
from thongsuot.inspections.queries import documents_to_inspect, people_for_a_team
from thongsuot.organizations.models import Person

if TYPE_CHECKING:
    from thongsuot.accounts.models import User
    from thongsuot.inspections.models import Inspection
    from thongsuot.inspections.queries import Findings
    from thongsuot.organizations.models import Unit

DAYS_FOR_THE_REPORT = 10


def _date(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class DocumentChoices(RowsField):
    def label_from_instance(self, obj: Document) -> str:
        return f"{short_reference_to(obj)}: {obj.subject}"


class FindingChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    """Shortcomings with the numbers they have in the conclusion."""

    numbers: dict[int, str] = {}

    def label_from_instance(self, obj: Finding) -> str:
        return f"{self.numbers.get(obj.pk, '')} {obj}".strip()


class OpenForm(forms.Form):
    """Opens an inspection of one unit, which was chosen before."""

    documents = DocumentChoices(
        queryset=Document.objects.none(),
        label=_("Documents whose carrying out is inspected"),
        help_text=_("Documents that were sent to the unit."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one document.")},
    )
    period_from = _date(_("Period from"))
    period_to = _date(_("to"))
    report_due = _date(_("Self-report due"), _("The unit hands in its self-report by this day."))
    head = forms.ModelChoiceField(queryset=Person.objects.none(), label=_("Head of the team"))
    team = RowsField(
        queryset=Person.objects.none(),
        label=_("Members of the team"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    title = forms.CharField(
        label=_("Title of the inspection"),
        max_length=300,
        required=False,
        help_text=_("Left empty, it is made of the unit and the documents."),
    )

    def __init__(self, *args: Any, user: User, unit: Unit, inspected: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_for_a_team(unit)
        self._choices("documents").queryset = documents_to_inspect(user, inspected).defer("text")
        self._choices("head").queryset = people
        self._choices("team").queryset = people
        day = today()
        self.initial = {
            "period_from": dt.date(day.year, 1, 1),
            "period_to": day,
            "report_due": day + dt.timedelta(DAYS_FOR_THE_REPORT),
            "head": people.filter(user=user).first(),
            **self.initial,
        }

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("period_from"), data.get("period_to")
        if first and last and last < first:
            self.add_error("period_to", _t("The period ends before it begins."))
        return data


class FindingForm(forms.Form):
    """One finding; its kind is that of the group it is added to."""

    kind = forms.ChoiceField(choices=FindingKind.choices, widget=forms.HiddenInput)
    about = FindingChoice(queryset=Finding.objects.none(), label=_("Cause of"), required=False)
    text = forms.CharField(
        label=_("What was found"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what was found.")},
    )

    def __init__(
        self, *args: Any, inspection: Inspection, findings: Findings, kind: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", kind)
        about = cast("FindingChoice", self.fields["about"])
        if (kind or self.data.get("kind")) == FindingKind.CAUSE:
            about.queryset = _shortcomings(inspection)
            about.numbers = findings.numbers
            about.required, about.empty_label = True, None
        else:
            del self.fields["about"]


class RequirementForm(forms.Form):
    finding = FindingChoice(
        queryset=Finding.objects.none(), label=_("Shortcoming to put right"), empty_label=None
    )
    text = forms.CharField(
        label=_("What the unit has to do"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write what the unit has to do.")},
    )
    product = forms.CharField(
        label=_("Product"), max_length=300, required=False, help_text=_("What will show that it is done.")
    )
    due = _date(_("Deadline"))

    def __init__(self, *args: Any, inspection: Inspection, findings: Findings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        finding = cast("FindingChoice", self.fields["finding"])
        finding.queryset = _shortcomings(inspection)
        finding.numbers = findings.numbers


class HandInForm(forms.Form):
    file = forms.FileField(
        label=_("The report as you edited it"),
        required=False,
        allow_empty_file=True,
        help_text=_("A Word file (.docx). Without a file the newest draft is handed in as it is."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("What is missing"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what is missing, so that the unit can put it right.")},
    )


def _shortcomings(inspection: Inspection) -> Any:
    wanted = inspection.findings.filter(kind=FindingKind.SHORTCOMING, withdrawn_at=None)
    return wanted.order_by("noted_at", "pk")
