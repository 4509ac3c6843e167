"""Correcting what is known of a unit. Its name, kind and place change by a reorganisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from thongsuot.accounts.roles import Permission
from thongsuot.audit.services import record
from thongsuot.core.access import require
from thongsuot.core.refusals import Refused
from thongsuot.core.text import fold, nfc
from thongsuot.organizations.models import Unit, UnitAlias, UnitVersion
from thongsuot.organizations.reach import can

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

CONTACTS = ("address", "phone", "email")
# Signs by which papers and systems know the unit; the record of acts keeps what they were.
SIGNS = ("symbol", "place", "code", "identifier", "old_identifier", "area_code")
MOST_ALIASES = 60


@transaction.atomic
def describe_unit(
    *, by: User, unit: Unit, fields: Mapping[str, str], aliases: Sequence[str] | None = None
) -> list[str]:
    """Correct contacts, signs and the names documents use; the names of what has changed are the answer.

    ``aliases`` replaces all but the unit's own names; nothing leaves them. A corrected symbol holds for the time
    since the unit was last reorganised, not from today on.
    """
    touches_signs = any(name in SIGNS for name in fields)
    require(can(by, Permission.UNIT_MANAGE if touches_signs else Permission.UNIT_DESCRIBE, unit))
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    allowed = {name: nfc(value).strip() for name, value in fields.items() if name in (*CONTACTS, *SIGNS)}
    before = {name: getattr(unit, name) for name, value in allowed.items() if getattr(unit, name) != value}
    for name in before:
        setattr(unit, name, allowed[name])
    changed = list(before)
    if aliases is not None and _replace_aliases(unit, aliases):
        changed.append("aliases")
    if not changed:
        return []
    _check(unit)
    unit.search_text = unit.found_by(unit.aliases.order_by("pk").values_list("name", flat=True))
    unit.save(update_fields=[*before, "search_text"])
    if "symbol" in before:
        UnitVersion.objects.filter(unit=unit, valid_to=unit.valid_to).update(symbol=unit.symbol)
    signs = [name for name in before if name in SIGNS]
    record(
        "unit.described",
        by=by,
        on=unit,
        unit_id=unit.pk,
        before={name: before[name] for name in signs},
        after={name: allowed[name] for name in signs},
        fields=changed,
    )
    return changed


def _check(unit: Unit) -> None:
    """What the database would refuse, in words; two at once are settled by the database itself."""
    try:
        unit.full_clean(exclude=["parent", "path", "depth"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="not_valid") from error


def _replace_aliases(unit: Unit, aliases: Sequence[str]) -> bool:
    own = {fold(unit.name), fold(unit.short_name)}
    wanted = {fold(name): nfc(name).strip() for name in aliases if fold(name).strip()}
    wanted = {folded: name for folded, name in wanted.items() if folded not in own}
    if len(wanted) > MOST_ALIASES:
        sentence = _("A unit has at most %(count)s names in documents.") % {"count": MOST_ALIASES}
        raise Refused(sentence, code="too_many_aliases")
    known = {alias.folded: alias for alias in unit.aliases.all() if alias.folded not in own}
    gone = [alias.pk for folded, alias in known.items() if wanted.get(folded) != alias.name]
    fresh = [
        UnitAlias(unit=unit, name=name, folded=folded)
        for folded, name in wanted.items()
        if folded not in known or known[folded].name != name
    ]
    UnitAlias.objects.filter(pk__in=gone).delete()
    UnitAlias.objects.bulk_create(fresh)
    return bool(gone or fresh)
