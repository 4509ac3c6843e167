"""Editing one item of a reading. Each form gives the value in the form in which it is kept."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thongsuot.core.keys import number_in
from thongsuot.documents import items
from thongsuot.documents.items import Value
from thongsuot.documents.models import Intake, ReadingItem
from thongsuot.documents.models.intake import ItemKind
from thongsuot.documents.models.register import Relation
from thongsuot.organizations.models import Unit
from thongsuot.organizations.queries import Actor, resolve_actors

_LONG = ("subject", *items.LINES)
_HELP = {
    "recipients": _("One recipient a line."),
    "summary": _("One line each, five at most: who has to do what by when."),
}
MOST_NAMES = 40


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


def _units(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


def _names(label: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, required=False, max_length=500, widget=widget)


class TaskForm(ItemForm):
    """Who does it is both the words of the paper and, where they are ours, the units that get the task.

    Units are ticked, or typed into ``…_add`` and matched by name, so that it works without script as well.
    """

    PARTS = ("lead", "coordinator")

    text = forms.CharField(
        label=_("What has to be done"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
    lead_text = forms.CharField(label=_("Lead, as the paper says"), required=False, max_length=500)
    lead_units = _units(_("Goes to"))
    for_recipients = forms.BooleanField(label=_("every unit that receives the document"), required=False)
    lead_add = _names(_("Add units that do it"))
    due = _date(_("Deadline"))
    deadline_text = forms.CharField(label=_("Deadline in words"), required=False, max_length=300)
    coordinator_text = forms.CharField(
        label=_("Coordinate"),
        required=False,
        max_length=1000,
        help_text=_("Separate several by a semicolon."),
    )
    coordinator_units = _units(_("Coordinating units"))
    coordinator_add = _names(_("Add units that coordinate"))
    product = forms.CharField(label=_("Product"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = {part: self._ticked(f"{part}_units") for part in self.PARTS}
        wanted = {key for chosen in keys.values() for key in chosen}
        under = Unit.objects.under(self.intake.unit).valid_on().filter(pk__in=wanted)
        names = {unit.pk: unit.name for unit in under.order_by("depth", "sort_key", "pk")}
        for part, chosen in keys.items():
            field = self.fields[f"{part}_units"]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101  # tells the type checker
            field.choices = [(str(key), name) for key, name in names.items() if key in chosen]

    def _ticked(self, name: str) -> set[int]:
        given: Any = self.initial.get(name) or ()
        if self.is_bound:
            given = self.fields[name].widget.value_from_datadict(self.data, self.files, name) or ()
        return {key for key in (number_in(str(key)) for key in given) if key is not None}

    def clean_lead_add(self) -> Actor:
        return self._found("lead_add")

    def clean_coordinator_add(self) -> Actor:
        return self._found("coordinator_add")

    def _found(self, name: str) -> Actor:
        """The units somebody has typed; a name that nobody under us has is an error, not a guess."""
        typed = _split(self.cleaned_data[name])
        found = [resolve_actors([words], within=self.intake.unit) for words in typed[:MOST_NAMES]]
        unknown = [words for words, actor in zip(typed, found, strict=False) if actor == Actor()]
        if unknown:
            sentence = _(
                "No unit under yours is called %(names)s. Choose one from the list or leave this empty."
            )
            raise forms.ValidationError(sentence, params={"names": "; ".join(unknown)}, code="unknown")
        units = {unit.pk: unit for actor in found for unit in actor.units}
        return Actor(tuple(units.values()), any(actor.is_recipients for actor in found))

    def entered(self) -> Value:
        data = dict(self.cleaned_data)
        actors = {part: [data.pop(f"{part}_add")] for part in self.PARTS}
        # New words name new units; units that were unticked under the same words stay away.
        for part in self.PARTS:
            if f"{part}_text" in self.changed_data:
                actors[part].append(resolve_actors(_split(data[f"{part}_text"]), within=self.intake.unit))
        units = {
            part: [int(key) for key in data[f"{part}_units"]]
            + [unit.pk for actor in actors[part] for unit in actor.units]
            for part in self.PARTS
        }
        leads = list(dict.fromkeys(units["lead"]))
        everybody = data["for_recipients"] or (
            not leads and any(actor.is_recipients for actor in actors["lead"])
        )
        return data | {
            "for_recipients": everybody,
            "lead_units": leads,
            "coordinator_units": [key for key in dict.fromkeys(units["coordinator"]) if key not in leads],
        }


class SplitForm(forms.Form):
    """The words of an item; every new line begins a new item."""

    parts = forms.CharField(
        label=_("Begin a new line where the next task begins"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
    )

    def texts(self) -> list[str]:
        return [line for line in self.cleaned_data["parts"].splitlines() if line.strip()]


def _split(names: str) -> list[str]:
    return [name.strip() for name in re.split(r"[;\n]", names) if name.strip()]


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


def form_to_add(intake: Intake, kind: str, data: Any = None, value: Value | None = None) -> ItemForm:
    """The form for something the reader did not see; ``value`` is what is known of it already."""
    return FORMS[kind](data, intake=intake, name="", value=value, auto_id="them_%s")
