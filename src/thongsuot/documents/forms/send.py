"""Sending a document down, and refusing one that has arrived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.core.forms import RowsField
from thongsuot.documents.models.dispatch import Purpose
from thongsuot.documents.queries.dispatch import ChoiceGroup
from thongsuot.organizations.models import Unit

DEADLINES = ("receive_by", "plan_by", "disseminate_by")


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SendForm(forms.Form):
    """To whom, what for, until when. The ticks are drawn by the template in their groups."""

    units = RowsField(
        queryset=Unit.objects.none(),
        error_messages={
            "required": _("Tick at least one unit."),
            "invalid_choice": _(
                "One of the units cannot be sent this document any more. Look at the ticks again."
            ),
        },
    )
    purpose = forms.ChoiceField(
        label=_("What for"), choices=Purpose.choices, initial=Purpose.CARRY_OUT, widget=forms.RadioSelect
    )
    receive_by = _day(_("To be received by"), _("A unit that has not answered by then is shown as late."))
    plan_by = _day(_("Own plan to be issued by"), _("Leave empty when the units need no plan of their own."))
    disseminate_by = _day(
        _("To reach every member by"), _("Every member of the units below is then asked to read it.")
    )
    note = forms.CharField(
        label=_("Note to the units"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, groups: Sequence[ChoiceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_units = [c.unit.pk for group in groups for c in group.choices if c.sent_at is None]
        self.fields["units"].queryset = Unit.objects.filter(pk__in=open_units)  # type: ignore[attr-defined]  # a model field

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in DEADLINES:
            day: dt.date | None = given.get(name)
            if day and day < today():
                self.add_error(name, _("This day is over. Choose today or a later day."))
        return given


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the document is refused"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The sender reads this. Say what is wrong and what you need."),
        error_messages={
            "required": _("Say why the document is refused, so that the sender can put it right.")
        },
    )
