"""Taking back, answering, urging, finishing: a reason or a note each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.core.forms import RowsField
from thongsuot.organizations.models import Unit


def _words(label: Any, help_text: Any = "", *, required: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=help_text,
        error_messages={"required": required},
    )


class RecallForm(forms.Form):
    """Why, and from whom: all, or those ticked where there are few."""

    reason = _words(
        _("Why the document is recalled"),
        _("The units read this."),
        required=_("Say why the document is recalled. The units read it."),
    )
    whom = forms.ChoiceField(
        label=_("From whom"),
        choices=[("all", _("all units it was sent to")), ("ticked", _("only the units ticked below"))],
        initial="all",
        widget=forms.RadioSelect,
    )
    units = RowsField(required=False, queryset=Unit.objects.none())

    def __init__(self, *args: Any, few: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Unit.objects.filter(pk__in=[unit.pk for unit in few])
        self.fields["units"].queryset = offered  # type: ignore[attr-defined]  # a model field

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("whom") == "ticked" and not given.get("units"):
            self.add_error("units", _("Tick at least one unit."))
        return given

    @property
    def given(self) -> dict[str, Any]:
        units = list(self.cleaned_data["units"]) if self.cleaned_data["whom"] == "ticked" else None
        return {"reason": self.cleaned_data["reason"], "units": units}


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            ("yes", _("We give the document back; what we sent on of it is taken back too")),
            ("no", _("We keep the document")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
    reason = _words(_("Reason"), _("Needed when the document is kept. The sender reads it."))

    @property
    def given(self) -> dict[str, Any]:
        return {"agrees": self.cleaned_data["answer"] == "yes", "reason": self.cleaned_data["reason"]}


class TakeBackForm(forms.Form):
    reason = _words(_("Why the recall is taken back"), required=_("Say why the recall is taken back."))


class DoneForm(forms.Form):
    note = _words(
        pgettext_lazy("a document", "What was done"),
        _("The sender reads this."),
        required=_("Say what was done, so that the sender can see it."),
    )


class UrgeForm(forms.Form):
    note = _words(_("A word to the units"), _("May be left empty. The units see it with the urging."))


class SettleForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What becomes of what is open"),
        choices=[
            (
                "carry",
                _("end it, and send the new document to all who had the old one, with the same deadlines"),
            ),
            ("end", _("end it; the new document is sent separately, or not at all")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
