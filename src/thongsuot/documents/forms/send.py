"""Sending a document down, and refusing one that has arrived."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from thongsuot.core.clock import today
from thongsuot.core.forms import RowsField
from thongsuot.core.keys import number_in
from thongsuot.documents.models import UnitGroup
from thongsuot.documents.models.dispatch import Purpose
from thongsuot.documents.whom import LEVELS, Whom
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.organizations.queries import units_below

DEADLINES = ("receive_by", "plan_by", "disseminate_by")


def _units() -> RowsField:
    gone = _("One of the units cannot be sent this document any more. Look at the ticks again.")
    return RowsField(required=False, queryset=Unit.objects.none(), error_messages={"invalid_choice": gone})


def _day(label: Any, help_text: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class WhomForm(forms.Form):
    """Units ticked one by one, rules, groups, and who is left out. Drawn by ``documents/_whom.html``."""

    units = _units()
    without = _units()
    levels = forms.MultipleChoiceField(required=False, choices=list(LEVELS.items()))
    kinds = forms.MultipleChoiceField(required=False, choices=UnitKind.choices)
    groups = RowsField(required=False, queryset=UnitGroup.objects.none())

    def __init__(self, *args: Any, unit: Unit, groups: Sequence[UnitGroup] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("units", "without"):
            self.fields[name].queryset = units_below(unit)  # type: ignore[attr-defined]  # a model field
        usable = UnitGroup.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["groups"].queryset = usable  # type: ignore[attr-defined]  # a model field

    @property
    def whom(self) -> Whom:
        given = self.cleaned_data
        return Whom(
            units=_keys(given["units"]) - _keys(given["without"]),
            levels=frozenset(given["levels"]),
            kinds=frozenset(given["kinds"]),
            groups=_keys(given["groups"]),
            without=_keys(given["without"]),
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if not self.errors and self.whom.is_empty:
            self.add_error("units", _("Tick at least one unit."))
        return given


def _keys(rows: Iterable[Any]) -> frozenset[int]:
    return frozenset(row.pk for row in rows)


def whom_in(data: QueryDict) -> Whom:
    """What a form says so far, to draw it again; what is not understood is left out."""

    def keys(name: str) -> frozenset[int]:
        return frozenset(key for key in map(number_in, data.getlist(name)) if key)

    return Whom(
        units=keys("units") - keys("without"),
        levels=frozenset(data.getlist("levels")) & frozenset(LEVELS),
        kinds=frozenset(data.getlist("kinds")) & frozenset(UnitKind.values),
        groups=keys("groups"),
        without=keys("without"),
    )


class SendForm(WhomForm):
    """To whom, what for, until when."""

    purpose = forms.ChoiceField(
        label=_("What for"), choices=Purpose.choices, initial=Purpose.CARRY_OUT, widget=forms.RadioSelect
    )
    receive_by = _day(_("To be received by"), _("A unit that has not answered by then is shown as late."))
    plan_by = _day(_("Own plan to be issued by"), _("Leave empty when the units need no plan of their own."))
    disseminate_by = _day(
        _("To reach every member by"),
        _(
            "Every member of the cells below is then asked to read it. To ask holders of posts or members of mass "
            "organisations, leave it empty, and require dissemination on the page of the document after sending."
        ),
    )
    note = forms.CharField(
        label=_("Note to the units"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    @property
    def conditions(self) -> dict[str, Any]:
        """What for, and until when."""
        return {name: self.cleaned_data[name] for name in ("purpose", *DEADLINES, "note")}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in DEADLINES:
            day: dt.date | None = given.get(name)
            if day and day < today():
                self.add_error(name, _("This day is over. Choose today or a later day."))
        return given


class GroupForm(WhomForm):
    """A saved group: its name, and whom it means."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=120,
        help_text=_("Under this name it is offered when a document is sent."),
        error_messages={"required": _("Give the group a name.")},
    )


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
