"""All encrypted values of the database: under which key they are, whether they open, and bringing them under a new key.

What is left to do is read from the rows themselves, so work that was killed is taken up by asking again. A row is
written only if it still is what was read: who changes it meanwhile wins, with the new key.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction
from django.db.models import Count, ExpressionWrapper, F, Q
from django.db.models.functions import Substr

from thongsuot.core.crypto import keyring
from thongsuot.core.crypto.fields import EncryptedMixin, encrypted_fields
from thongsuot.core.crypto.values import PREFIX_LENGTH, CannotOpenError, Sealed, prefix_of, seal

BATCH = 500
MOST_FAULTS = 20
# What began before the new key, a page or a job, may still write under the old one.
SECONDS_BEFORE_DROPPING = 60 * 60
Row = models.Model
Tick = Callable[[int], object]


class TooEarlyError(RuntimeError):
    """Old keys cannot be dropped so soon after a new one."""


@dataclass
class Outcome:
    """What one walk through the rows did."""

    rewritten: int = 0
    faults: list[str] = field(default_factory=list)


def encrypted_models() -> list[tuple[type[Row], list[EncryptedMixin]]]:
    return [(model, found) for model in apps.get_models() if (found := encrypted_fields(model))]


def make_first_key() -> bool:
    """Write the first key; not where values are waiting for one that is lost: a new key would only hide that."""
    if keyring.has_keys():
        return False
    tables = set(connection.introspection.table_names())
    for model, fields in encrypted_models():
        if model._meta.db_table in tables and _filled(model, fields).exists():
            message = (
                f"The database holds encrypted values ({model._meta.label}), but {keyring.key_file()} is not there. "
                "Bring it back from where the keys are kept; no new key was made."
            )
            raise ImproperlyConfigured(message)
    return keyring.make_first_key()


def usage() -> Counter[str]:
    """How many values are under which key."""
    used: Counter[str] = Counter()
    for model, fields in encrypted_models():
        for one in fields:
            rows = _filled(model, [one]).order_by().values(prefix=_prefix(one))
            for prefix, number in rows.annotate(number=Count("*")).values_list("prefix", "number"):
                used[Sealed(prefix).key_name] += number
    return used


def left() -> int:
    """How many rows hold a value that is not under the current key."""
    return sum(_outdated(model, fields).count() for model, fields in encrypted_models())


def reencrypt(tick: Tick = lambda number: None) -> Outcome:
    """Bring every value under the current key, a batch a transaction; ``tick`` is told after each how many it was."""
    outcome = Outcome()
    for model, fields in encrypted_models():
        rows = _outdated(model, fields).order_by("pk")
        last: Any = None
        while batch := list((rows if last is None else rows.filter(pk__gt=last))[:BATCH]):
            last = batch[-1].pk
            with transaction.atomic():
                for row in batch:
                    _rewrite(model, fields, row, outcome)
            tick(outcome.rewritten)
    return outcome


def _rewrite(model: type[Row], fields: list[EncryptedMixin], row: Row, outcome: Outcome) -> None:
    read = {one.attname: row.__dict__[one.attname] for one in fields if row.__dict__[one.attname] is not None}
    try:
        fresh = {
            one.attname: seal(one.in_clear(one.opened(row, read[one.attname])), one.place(row))
            for one in fields
            if one.attname in read
        }
    except CannotOpenError as error:
        outcome.faults.append(str(error))
        return
    unchanged: Any = model._base_manager.filter(pk=row.pk)
    for name, sealed in read.items():
        token = ExpressionWrapper(F(name), output_field=models.TextField())
        unchanged = unchanged.alias(**{f"{name}_read": token}).filter(**{f"{name}_read": sealed.token})
    outcome.rewritten += unchanged.update(**fresh)


def drop_unused() -> list[str]:
    """Forget the old keys that no value needs; their names. Copies of the database made before need them still."""
    if not keyring.come_from_environment():
        changed = keyring.key_file().stat().st_mtime
        if time.time() - changed < SECONDS_BEFORE_DROPPING:
            raise TooEarlyError
    used = usage()
    unused = [name for name in keyring.keyring().older if name not in used]
    lines = keyring.drop_keys(unused) if unused else []
    needed = set(usage()) & set(unused)
    if needed:  # somebody was slower than an hour
        keyring.put_back(line for line in lines if keyring.name_of(line) in needed)
    return [name for name in unused if name not in needed]


def faults_of_encrypted(tick: Tick = lambda number: None) -> Iterator[str]:
    """Values under an old or unknown key, and values that do not open; names keys and rows, never what they say."""
    current = keyring.keyring().current if keyring.has_keys() else ""
    looked_at = 0
    for model, fields in encrypted_models():
        outdated = 0
        for row in _filled(model, fields).order_by("pk").iterator(BATCH):
            looked_at += 1
            tick(looked_at)
            for one in fields:
                sealed = row.__dict__[one.attname]
                if sealed is None:
                    continue
                outdated += sealed.key_name != current
                try:
                    one.opened(row, sealed)
                except CannotOpenError as error:
                    yield str(error)
                except ImproperlyConfigured as error:  # no key at all: once is enough
                    yield str(error)
                    return
        if outdated:
            yield f"{model._meta.label}: {outdated} values are not under the current key: 'thongsuot rotate-keys'"


def _filled(model: type[Row], fields: list[EncryptedMixin]) -> models.QuerySet[Row]:
    condition = Q()
    for one in fields:
        condition |= Q(**{f"{one.name}__isnull": False})
    return model._base_manager.filter(condition)


def _outdated(model: type[Row], fields: list[EncryptedMixin]) -> models.QuerySet[Row]:
    current = prefix_of(keyring.keyring().current)
    rows: Any = model._base_manager.all()
    condition = Q()
    for one in fields:
        rows = rows.alias(**{f"{one.name}_prefix": _prefix(one)})
        condition |= Q(**{f"{one.name}__isnull": False}) & ~Q(**{f"{one.name}_prefix": current})
    found: models.QuerySet[Row] = rows.filter(condition)
    return found


def _prefix(one: EncryptedMixin) -> Substr:
    return Substr(one.name, 1, PREFIX_LENGTH, output_field=models.CharField())
