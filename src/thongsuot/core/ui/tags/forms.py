"""Forms: a control with all that belongs to it, and what is wrong with the whole."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, FileInput

from thongsuot.core.ui.items import Text

register = template.Library()


@register.inclusion_tag("ui/parts/field.html")
def field(
    form_field: BoundField, label: Text = "", help: Text = "", **attrs: str | bool
) -> dict[str, object]:
    """One control with its label, help and errors tied together; further arguments become attributes."""
    if help:
        form_field.help_text = str(help)
    widget = form_field.field.widget
    named = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
    return {
        "field": form_field,
        "label": label or form_field.label,
        "control": form_field.as_widget(attrs=named),
        "check": isinstance(widget, CheckboxInput),
        "drop": isinstance(widget, FileInput),
    }


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: Any, focus: bool = True) -> dict[str, object]:
    """What is wrong with the whole form, and links to the fields that need a second look; read out first."""
    wrong = [form[name] for name in form.errors if name in form.fields]
    return {"general": form.non_field_errors(), "wrong": wrong, "focus": focus}
