"""What is entered about a breach. Nobody's name belongs into it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import now
from thongsuot.organizations.forms.people import UnitChoice
from thongsuot.organizations.models import Unit
from thongsuot.privacy.breaches.services import Facts
from thongsuot.privacy.models import Breach, DataKind
from thongsuot.privacy.permissions import units_looked_after

if TYPE_CHECKING:
    from thongsuot.organizations.reach import Viewer

MOST_UNITS = 200
MOST_PEOPLE = 100_000_000
NO_NAMES = _("No names of the people concerned: kinds of data and counts are enough.")


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=4000)


def _this_minute() -> Any:
    return timezone.localtime(now()).replace(second=0, microsecond=0)


class OnceForm(forms.Form):
    """Sent twice, it is one: the form knows its own name."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class FactsForm(OnceForm):
    title = forms.CharField(label=_("What happened, in one line"), max_length=200, help_text=NO_NAMES)
    noticed_at = _moment(_("Noticed"))
    data_kinds = forms.MultipleChoiceField(
        label=_("Kinds of data"), choices=DataKind.choices, widget=forms.CheckboxSelectMultiple
    )
    people = forms.IntegerField(
        label=_("People concerned"),
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=_("How many, as far as known. Empty: not known yet."),
    )

    def facts(self) -> Facts:
        told = self.cleaned_data
        return Facts(told["title"], told["noticed_at"], told["data_kinds"], told["people"])


class NoteForm(FactsForm):
    unit = UnitChoice(label=_("Unit"), queryset=Unit.objects.none(), empty_label=None)
    text = _text(_("How it happened and what it may lead to"))
    field_order = ("unit", "title", "noticed_at", "data_kinds", "people", "text")

    def __init__(self, *args: Any, user: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        units, unit = units_looked_after(user), self.fields["unit"]
        unit.queryset = units  # type: ignore[attr-defined]
        unit.choices = [(one.pk, one.name) for one in units[:MOST_UNITS]]  # type: ignore[attr-defined]
        self.fields["noticed_at"].initial = _this_minute


class CorrectForm(FactsForm):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    text = _text(_("What was wrong"), _("Earlier steps stay as they were written."))

    @classmethod
    def start(cls, breach: Breach, seen: int) -> dict[str, Any]:
        return {
            "title": breach.title,
            "noticed_at": timezone.localtime(breach.noticed_at),
            "data_kinds": breach.data_kinds,
            "people": breach.people,
            "seen": seen,
        }


class StepForm(OnceForm):
    happened_at = _moment(_("When"))
    text = _text(_("What was done"), NO_NAMES)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["happened_at"].initial = _this_minute


class CloseForm(OnceForm):
    text = _text(_("Why nothing is left to do"), _("Where the authority was not told: why not."))
