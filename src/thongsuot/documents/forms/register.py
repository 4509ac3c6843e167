"""The sentence above the register, and the form for what the unit itself issues."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thongsuot.accounts.roles import Permission
from thongsuot.core.clock import today
from thongsuot.core.keys import number_in
from thongsuot.documents.kinds import Kind, Regime
from thongsuot.documents.models import Document
from thongsuot.documents.queries.register import RegisterFilters, documents_issued_by, documents_sent_to
from thongsuot.documents.services.data import DocumentFields
from thongsuot.documents.services.numbering import regime_of
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import head_of
from thongsuot.organizations.reach import own_unit_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from thongsuot.organizations.reach import Viewer


class RegisterFilterForm(forms.Form):
    """Kind, unit, year and words. What is not understood is as if it were not asked."""

    kind = forms.ChoiceField(required=False, choices=[("", _("every kind")), *Kind.choices])
    unit = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    year = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    q = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, units: Sequence[Unit], years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in units}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("", _("every unit I may look into")),
            *((unit.pk, unit.name) for unit in units),
        ]
        self.fields["year"].choices = [("", _("every year")), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]  # a choice field

    def filters(self) -> RegisterFilters:
        self.is_valid()
        asked = self.cleaned_data
        return RegisterFilters(
            kind=asked.get("kind") or "",
            unit=self.units.get(asked.get("unit") or 0),
            year=asked.get("year"),
            text=asked.get("q") or "",
        )


class DocumentChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable at run time
    def label_from_instance(self, obj: Document) -> str:
        return " · ".join(filter(None, [obj.symbol, Truncator(obj.subject).chars(70)]))


class OutgoingForm(forms.Form):
    """A document of the unit's own, written into its book without a proposal of the reader."""

    unit = forms.ModelChoiceField(label=_("Issued by"), queryset=Unit.objects.none(), empty_label=None)
    regime = forms.ChoiceField(
        label=_("Numbered by the rules of"),
        choices=Regime.choices,
        required=False,
        help_text=_("Party documents count through the term, those of the State through the year."),
    )
    kind = forms.ChoiceField(label=_("Kind of document"), choices=Kind.choices, initial=Kind.KE_HOACH)
    subject = forms.CharField(label=_("Subject"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    issued_on = forms.DateField(
        label=_("Date of the document"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Enter the date that stands on the document.")},
    )
    signer = forms.CharField(label=_("Signer"), max_length=120, required=False)
    signer_title = forms.CharField(label=_("Position of the signer"), max_length=200, required=False)
    implements = DocumentChoice(
        label=_("Carries out the document"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("none of those sent to the unit"),
        help_text=_("The sender sees that your unit has issued its own document."),
    )
    replaces = DocumentChoice(
        label=_("Replaces the document"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=_("none of the unit's own"),
        help_text=_("What is still open of the old document can then be ended or carried over."),
    )
    recipients = forms.CharField(
        label=_("Recipients"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line, as on the paper."),
    )
    file = forms.FileField(
        label=_("File of the document"),
        required=False,
        allow_empty_file=True,
        help_text=_("DOCX, DOC, ODT, RTF, PDF with text, HTML or plain text, up to 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.doc,.odt,.rtf,.pdf,.txt,.htm,.html"}),
    )

    def __init__(self, *args: Any, user: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(pk__in=own_unit_ids(user, Permission.DOCUMENT_REGISTER)).order_by("path")
        self.own = list(units)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a model choice field
        sent = documents_sent_to(user, self.own)
        self.fields["implements"].queryset = sent  # type: ignore[attr-defined]  # the same
        self.fields["replaces"].queryset = documents_issued_by(user, self.own)  # type: ignore[attr-defined]  # too
        self.initial.setdefault("issued_on", today())
        if self.own:
            self.initial.setdefault("unit", self.own[0].pk)
            self.initial.setdefault("regime", regime_of(self.own[0]))
            self._propose(self.own[0], sent)
        if len(self.own) == 1:
            self.fields["unit"].widget = forms.HiddenInput()

    def _propose(self, unit: Unit, sent: QuerySet[Document]) -> None:
        """What a plan usually says: what it carries out, and the head of the unit under it. Only a beginning."""
        wanted = number_in(self.initial.get("implements"))
        document = sent.filter(pk=wanted).first() if wanted and not self.is_bound else None
        if document is None:
            return
        said = {"kind": document.get_kind_display(), "symbol": document.symbol, "subject": document.subject}
        self.initial.setdefault("subject", gettext("to carry out %(kind)s %(symbol)s %(subject)s") % said)
        head = head_of(unit)
        if head:
            self.initial.setdefault("signer", head.person.name)
            self.initial.setdefault("signer_title", head.title)

    def clean_issued_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["issued_on"]
        if day > today():
            raise forms.ValidationError(
                _("This day has not come yet. A document is numbered when it is issued.")
            )
        return day

    def document_fields(self) -> DocumentFields:
        given = self.cleaned_data
        unit: Unit = given["unit"]
        return DocumentFields(
            kind=given["kind"],
            regime=given["regime"],
            issuing_body=unit.name,
            place=unit.place,
            issued_on=given["issued_on"],
            subject=given["subject"],
            signer=given["signer"],
            signer_title=given["signer_title"],
            recipients=[line.strip() for line in given["recipients"].splitlines() if line.strip()],
        )
