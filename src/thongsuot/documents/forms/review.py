"""Editing one item of a reading. Each form gives the value in the form in which it is kept."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from thongsuot.documents import items
from thongsuot.documents.items import Value
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import ItemKind
from thongsuot.documents.models.register import Relation
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import resolve_actors

_LONG = ("subject", *items.LINES)
_HELP = {
    "recipients": _("One recipient a line."),
    "summary": _("One line each, five at most: who has to do what by when."),
}


def _date(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class ItemForm(forms.Form):
    """What all of them share: made for one intake, filled from one value."""

    def __init__(self, *args: Any, intake: Intake, name: str, value: Value | None, **kwargs: Any) -> None:
        self.intake, self.name = intake, name
        kwargs.setdefault("initial", self.initial_of(value or {}))
        kwargs.setdefault("auto_id", "sua_%s")
        super().__init__(*args, **kwargs)

    def initial_of(self, value: Value) -> dict[str, Any]:
        return dict(value)

    def entered(self) -> Value:
        """What was entered, as the service takes it."""
        return dict(self.cleaned_data)


class FieldForm(ItemForm):
    """One field of the document's frame."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = self._control()

    def initial_of(self, value: Value) -> dict[str, Any]:
        given = value.get("value", "")
        return {"value": "\n".join(given) if isinstance(given, list) else given}

    def _control(self) -> forms.Field:
        label, required = str(items.label_of(self.name)), self.name in items.REQUIRED
        if self.name == "issued_on":
            return _date(label, required=required)
        if self.name in items.CHOICES:
            given = items.CHOICES[self.name]
            choices = given if any(key == "" for key, _label in given) else [("", _("not known")), *given]
            return forms.ChoiceField(label=label, required=required, choices=choices)
        if self.name in _LONG:
            widget = forms.Textarea(attrs={"rows": 6 if self.name == "summary" else 3})
            limit = None if self.name in items.LINES else items.limit_of(self.name)
            return forms.CharField(
                label=label,
                required=required,
                widget=widget,
                max_length=limit,
                help_text=_HELP.get(self.name, ""),
            )
        return forms.CharField(label=label, required=required, max_length=items.limit_of(self.name))


class ReferenceForm(ItemForm):
    relation = forms.ChoiceField(label=_("Relation"), choices=Relation.choices)
    kind = forms.CharField(label=_("Kind of document"), required=False, max_length=80)
    symbol = forms.CharField(label=_("Number and symbol"), required=False, max_length=60)
    issued_on = _date(_("Date"))
    issuing_body = forms.CharField(label=_("Issuing body"), required=False, max_length=250)
    title = forms.CharField(
        label=_("Title"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any] | None:
        data = super().clean()
        if not self.cleaned_data.get("symbol") and not self.cleaned_data.get("title"):
            self.add_error("symbol", _("Give the number and symbol of the cited document, or its title."))
        return data


class TargetForm(ItemForm):
    text = forms.CharField(label=_("Indicator"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    comparator = forms.ChoiceField(
        label=_("Comparison"),
        required=False,
        choices=[
            ("=", _("exactly")),
            (">=", _("at least")),
            (">", _("more than")),
            ("<=", _("at most")),
            ("<", _("less than")),
            ("~", _("about")),
        ],
    )
    value = forms.CharField(label=_("Figure"), max_length=60)
    measure_unit = forms.CharField(label=_("Unit of measure"), required=False, max_length=60)
    period = forms.CharField(label=_("Period"), required=False, max_length=120)


class TaskForm(ItemForm):
    """The lead is both the words of the paper and, where it is one of ours, the unit that gets the task."""

    RECIPIENTS = "recipients"

    text = forms.CharField(
        label=_("What has to be done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
    lead_text = forms.CharField(label=_("Lead, as the paper says"), required=False, max_length=500)
    lead = forms.ChoiceField(label=_("Goes to"), required=False)
    coordinator_text = forms.CharField(
        label=_("Coordinate"),
        required=False,
        max_length=1000,
        help_text=_("Separate several by a semicolon."),
    )
    due = _date(_("Deadline"))
    deadline_text = forms.CharField(label=_("Deadline in words"), required=False, max_length=300)
    product = forms.CharField(label=_("Product"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lead"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # tells the type checker
        field.choices = self._leads(str(self.initial.get("lead", "")))

    def initial_of(self, value: Value) -> dict[str, Any]:
        units = ",".join(str(key) for key in value.get("lead_units") or ())
        return value | {"lead": self.RECIPIENTS if value.get("for_recipients") else units}

    def _leads(self, current: str) -> list[tuple[str, Any]]:
        """The units directly below and what stands there now; a whole tree would be no choice."""
        keys = [int(key) for key in current.split(",") if key.isdigit()]
        wanted = Q(parent=self.intake.unit_id) | Q(pk=self.intake.unit_id) | Q(pk__in=keys)
        units = list(Unit.objects.filter(wanted).valid_on().order_by("depth", "sort_key", "pk"))
        choices: list[tuple[str, Any]] = [
            ("", _("nobody here: only the words are kept")),
            (self.RECIPIENTS, _("every unit that receives the document")),
        ]
        if len(keys) > 1:
            choices.append((current, ", ".join(unit.short_name for unit in units if unit.pk in keys)))
        return choices + [(str(unit.pk), unit.name) for unit in units]

    def entered(self) -> Value:
        data = dict(self.cleaned_data)
        lead = data.pop("lead")
        leads = [] if lead == self.RECIPIENTS else [int(key) for key in lead.split(",") if key]
        names = [name for name in re.split(r"[;\n]", data["coordinator_text"]) if name.strip()]
        others = resolve_actors(names, within=self.intake.unit).units
        return data | {
            "for_recipients": lead == self.RECIPIENTS,
            "lead_units": leads,
            "coordinator_units": [unit.pk for unit in others if unit.pk not in leads],
        }


FORMS: dict[str, type[ItemForm]] = {
    ItemKind.FIELD: FieldForm,
    ItemKind.REFERENCE: ReferenceForm,
    ItemKind.TASK: TaskForm,
    ItemKind.TARGET: TargetForm,
}


def form_for(item: ReadingItem, data: Any = None) -> ItemForm:
    """The form that edits an item, filled with its value."""
    form = FORMS[item.kind]
    return form(data, intake=item.intake, name=item.name, value=items.shown_value(item))


def form_to_add(intake: Intake, kind: str, data: Any = None) -> ItemForm:
    """The empty form for something the reader did not see."""
    return FORMS[kind](data, intake=intake, name="", value=None, auto_id="them_%s")
