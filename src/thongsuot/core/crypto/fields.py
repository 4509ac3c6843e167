"""Fields whose values the database cannot read.

An instance gives and takes them in clear; the database, ``values()`` and dumps see ciphertext. They can be asked for
emptiness (``isnull``) and nothing else: neither compared nor searched. Write through ``save()`` or ``bulk_create``;
what would go past the row (``update(…)``, ``bulk_update``) is refused, because a value is bound to its row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn, cast

from django.core import checks
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from thongsuot.core.crypto.values import Sealed, open_sealed, seal

if TYPE_CHECKING:
    _Text = models.TextField[str, str]  # not subscriptable at run time
    _Day = models.TextField[dt.date | str | None, dt.date | None]
else:
    _Text = _Day = models.TextField


class OpeningAttribute(DeferredAttribute):
    """Decrypts when the value is first asked for: a list that shows none decrypts none."""

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = cast("EncryptedMixin", self.field).opened(instance, value)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedMixin(models.Field if TYPE_CHECKING else object):  # type: ignore[misc]  # a mixin at run time
    """``bound_to``: columns whose values belong to the place, beside the key: whose record it is, which year."""

    descriptor_class: Any = OpeningAttribute

    def __init__(self, *args: Any, bound_to: Sequence[str] = (), **options: Any) -> None:
        self.bound_to = tuple(bound_to)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        if self.bound_to:
            options["bound_to"] = self.bound_to
        return name, path, args, options

    # In clear and back: each field says how its value is written.
    def in_clear(self, value: Any) -> str:
        return str(value)

    def from_clear(self, text: str) -> Any:
        return text

    def place(self, instance: models.Model) -> str:
        """Where a value stands, as text that is authenticated with it. Renaming any of it asks for a migration."""
        meta: Any = instance._meta
        if instance.pk is None:
            message = f"{meta.label}: an encrypted value needs a key made in the application."
            raise TypeError(message)
        # As the database will give them back: "2026" and 2026 are one year.
        columns = (*(one.attname for one in meta.pk_fields), *self.bound_to)
        bound = [meta.get_field(name).to_python(getattr(instance, name)) for name in columns]
        return f"{meta.label_lower}.{self.attname} {' '.join(map(str, bound))}"

    def opened(self, instance: models.Model, sealed: Sealed) -> Any:
        return self.from_clear(open_sealed(sealed, self.place(instance)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = getattr(model_instance, self.attname)
        if value is None and self.null:
            return None
        return seal(self.in_clear(value), self.place(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, Sealed):
            return value.token
        message = (
            f"{self.model._meta.label}.{self.name} is encrypted: write it through save() or bulk_create()."
        )
        raise TypeError(message)

    def from_db_value(self, value: str | None, *_: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def value_to_string(self, obj: models.Model) -> str:
        """For dumps: as the database holds it."""
        value = obj.__dict__.get(self.attname)
        return (
            value.token if isinstance(value, Sealed) else str(self.get_prep_value(self.pre_save(obj, False)))
        )

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            self._refuse(lookup_name)
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        self._refuse(lookup_name)

    def _refuse(self, lookup_name: str) -> NoReturn:
        message = f"{self.model._meta.label}.{self.name} is encrypted: it can be asked for isnull, not {lookup_name}."
        raise FieldError(message)

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        return [*super().check(**options), *self._check_place()]

    def _check_place(self) -> list[checks.CheckMessage]:
        found: list[checks.CheckMessage] = []
        if self.unique or self.db_index:
            text = "An encrypted value is never the same twice: no unique, no index."
            found.append(checks.Error(text, obj=self, id="crypto.E001"))
        key = self.model._meta.pk
        if isinstance(key, models.AutoField | models.BigAutoField):
            text = "The key of a row with encrypted values is made in the application, before it is written."
            found.append(checks.Error(text, obj=self, id="crypto.E002"))
        columns = {field.attname for field in self.model._meta.local_concrete_fields}
        if missing := [name for name in self.bound_to if name not in columns]:
            text = f"bound_to names no column of the model: {', '.join(missing)}."
            found.append(checks.Error(text, obj=self, id="crypto.E003"))
        return found


class EncryptedTextField(EncryptedMixin, _Text):
    """Words nobody reads in the database."""


class EncryptedDateField(EncryptedMixin, _Day):
    """A day, or none; with ``null=False`` not even that there is none can be seen."""

    def in_clear(self, value: Any) -> str:
        return "" if value is None else dt.date.fromisoformat(str(value)).isoformat()

    def from_clear(self, text: str) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    def to_python(self, value: Any) -> dt.date | None:
        return value if isinstance(value, dt.date) else self.from_clear(value or "")

    def clean(self, value: Any, model_instance: models.Model | None) -> dt.date | None:
        # Unlike other fields, "none" is a value that is kept, encrypted.
        return self.to_python(value)


def encrypted_fields(model: type[models.Model]) -> list[EncryptedMixin]:
    return [field for field in model._meta.local_concrete_fields if isinstance(field, EncryptedMixin)]
