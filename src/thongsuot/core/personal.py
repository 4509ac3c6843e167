"""What is personal among the data: said at each model, field by field, with its purpose, basis and end.

``personal = Held(title, {field: Personal(…)}, none=(…))`` stands on the model as ``placement`` does. The register of
processing and each person's own page are made of it; the system check below refuses a field that says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from thongsuot.core.placement import our_models
from thongsuot.core.retention import period_of

Text = str | Promise


class Sort(models.TextChoices):
    """Sensitive data is what the Government lists; political views among them (docs/personal-data.md)."""

    BASIC = "basic", pgettext_lazy("personal data", "basic")
    SENSITIVE = "sensitive", pgettext_lazy("personal data", "sensitive")


class Basis(models.TextChoices):
    """Why it may be held. Which article that is, the office confirms: ``settings.PRIVACY_ARTICLES``."""

    TASK = "task", _("carrying out the tasks of the Party committee or authority")
    RECORDS = "records", _("the duty to keep registers and records")
    SAFETY = "safety", _("keeping the system and the data in it safe")
    CONSENT = "consent", _("given by the person of their own will")


@dataclass(frozen=True)
class Keep:
    """How long. ``data_class`` names the class of ``core.retention`` whose days "%(days)s" in the text stands for."""

    text: Text
    data_class: str = ""

    def __str__(self) -> str:
        return str(self.text) % {"days": period_of(self.data_class)} if self.data_class else str(self.text)


WITH_THE_PERSON = Keep(_("as long as the person belongs here, then until it is erased on request"))
WITH_THE_RECORD = Keep(_("as long as the record it is part of"))
WITH_THE_ACCOUNT = Keep(_("as long as the account is open"))


@dataclass(frozen=True)
class Personal:
    """One field: what it is called, what it is for, on which basis it is held, how sensitive it is, until when."""

    purpose: Text
    basis: Basis = Basis.TASK
    kind: Sort = Sort.BASIC
    keep: Keep = WITH_THE_RECORD
    label: Text = ""

    def but(self, **changes: Any) -> Personal:
        return replace(self, **changes)


@dataclass(frozen=True)
class Held:
    """What a model holds about people. ``none``: fields of text that say nothing about anybody.

    ``is_person``: a row is a person or an account, so whatever points at it is about somebody.
    """

    title: Text = ""
    fields: Mapping[str, Personal] = field(default_factory=dict)
    none: Sequence[str] = ()
    is_person: bool = False


def nothing(*names: str) -> Held:
    """A model whose texts say nothing about anybody."""
    return Held(none=names)


WHO = Personal(_("to show who did it, so that somebody answers for it"), Basis.RECORDS, label=_("who did it"))
WORDS = Personal(
    _("what the office wrote for its work; names may stand in it"), Basis.RECORDS, label=_("free text")
)
FOUND_BY = Personal(_("so that a search finds it, typed with or without diacritics"), label=_("search words"))
DOCUMENT = Personal(
    _("to show by which document it was decided"), Basis.RECORDS, label=_("deciding document")
)

_elsewhere: dict[str, Held] = {}


def declare_elsewhere(model: str, held: Held) -> None:
    """The same for a table of a library ("usersessions.UserSession"), by the app that brought it in."""
    _elsewhere[model] = held


def held_by(model: type[models.Model]) -> Held | None:
    held = model.__dict__.get("personal") or _elsewhere.get(model._meta.label)
    return held if isinstance(held, Held) else None


@dataclass(frozen=True)
class Entry:
    """A line of the register of processing."""

    model: type[models.Model]
    held: Held
    name: str
    about: Personal

    @property
    def place(self) -> str:
        return f"{self.model._meta.label}.{self.name}"

    @property
    def label(self) -> Text:
        return self.about.label or label_of(self.model, self.name)


def label_of(model: type[models.Model], name: str) -> Text:
    """What a field is called for people: its verbose name, when somebody wrote one."""
    written: Text = getattr(model._meta.get_field(name), "verbose_name", name)
    return written


def register() -> Iterator[Entry]:
    """Every personal field of the program, app by app in the order of the settings."""
    for model in apps.get_models(include_auto_created=True):
        held = held_by(model)
        for name, about in held.fields.items() if held else ():
            yield Entry(model, held, name, about)  # type: ignore[arg-type]  # held: or there would be no fields


def article_of(basis: Basis) -> str:
    """The article the office has confirmed for a basis; empty while it has not."""
    articles: Mapping[str, str] = settings.PRIVACY_ARTICLES
    return articles.get(basis.value, "")


_TELLS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.FileField,
    models.BinaryField,
    models.GenericIPAddressField,
)


def check_declarations(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Every text, file and pointer to a person of ours is personal data, or is said to be none."""
    return [error for model in our_models() for error in _faults_of(model)]


def _faults_of(model: type[models.Model]) -> Iterable[CheckMessage]:
    held = held_by(model) or Held()
    names = {one.name for one in model._meta.local_fields}
    for name in sorted({*held.fields, *held.none} - names):
        yield Error(f"{name} is declared in personal and is no field.", obj=model, id="personal.E002")
    for name in sorted(set(held.fields) & set(held.none)):
        yield Error(f"{name} is declared both ways in personal.", obj=model, id="personal.E003")
    if held.fields and not held.title:
        yield Error("Say what the rows are called: Held(title, …).", obj=model, id="personal.E004")
    for one in model._meta.local_fields:
        if one.name not in held.fields and one.name not in held.none and _may_tell(one):
            yield Error(
                f"Say whether {one.name} is personal data: personal = Held(…, none=(…)).",
                hint="docs/personal-data.md",
                obj=model,
                id="personal.E001",
            )


def _may_tell(one: models.Field[Any, Any]) -> bool:
    """Whether something about a person may stand in the field, going by its type."""
    if one.remote_field:
        target: Any = one.remote_field.model
        held = held_by(target) if isinstance(target, type) else None
        return bool(held and held.is_person)
    if one.name.endswith(("person_id", "user_id")):
        return True
    return isinstance(one, _TELLS) and not one.choices
