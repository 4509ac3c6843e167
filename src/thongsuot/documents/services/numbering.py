"""Numbers without gaps or doubles: the row of the book is held from the number's birth to the commit."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import connection

from thongsuot.core.clock import today
from thongsuot.documents.kinds import SYMBOL_OF, Direction, Kind, Regime
from thongsuot.documents.models import Book, Document, RegisterEntry
from thongsuot.organizations.models import Unit, UnitKind
from thongsuot.organizations.queries import term_of
from thongsuot.organizations.reorganization.queries import current_of

if TYPE_CHECKING:
    from thongsuot.accounts.models import User

COMMITTEES = (
    UnitKind.PROVINCE_COMMITTEE,
    UnitKind.CITY_COMMITTEE,
    UnitKind.WARD_COMMITTEE,
    UnitKind.COMMUNE_COMMITTEE,
)
_STATE = (
    UnitKind.DEPARTMENT,
    UnitKind.PEOPLES_COUNCIL,
    UnitKind.PEOPLES_COMMITTEE,
    UnitKind.SCHOOL,
    UnitKind.SERVICE,
    UnitKind.POST,
)
_REGIME_OF: dict[str, Regime] = {
    **dict.fromkeys(_STATE, Regime.STATE),
    UnitKind.FRONT: Regime.MASS,
    UnitKind.MASS_ORGANISATION: Regime.MASS,
}


def next_number(unit_id: int, register: str, period: str) -> int:
    """The next number of a book, begun at 1 where it is new.

    One statement adds and answers; its row stays locked until the transaction ends, so the next clerk waits and
    a rolled-back registration leaves no gap. Outside a transaction there would be gaps, so it refuses.
    """
    if not connection.in_atomic_block:
        message = "A number is taken in the transaction that uses it."
        raise RuntimeError(message)
    book = Book._meta.db_table
    sql = (
        f"INSERT INTO {book} (unit_id, register, period, last_number) VALUES (%s, %s, %s, 1) "  # noqa: S608
        f"ON CONFLICT (unit_id, register, period) DO UPDATE SET last_number = {book}.last_number + 1 "
        "RETURNING last_number"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [unit_id, register, period])
        return int(cursor.fetchall()[0][0])


def enter_in_book(*, by: User, unit: Unit, document: Document, direction: str) -> RegisterEntry:
    """Give the document its line in the unit's book of this direction; it keeps the one it has.

    The books of a unit that has ended are closed: what comes to its door gets a number where the work went on.
    """
    unit = current_of(unit)
    entry = RegisterEntry.objects.filter(unit=unit, document=document, direction=direction).first()
    if entry:
        return entry
    register = register_of(direction, document.kind)
    period = period_of(unit, direction, document.regime, today())
    return RegisterEntry.objects.create(
        unit=unit,
        register=register,
        period=period,
        number=next_number(unit.pk, register, period),
        direction=direction,
        document=document,
        entered_by=by,
    )


def register_of(direction: str, kind: str) -> str:
    """One book for all that comes in; one for each kind that goes out (Decree 30/2020/ND-CP)."""
    return Direction.INCOMING.value if direction == Direction.INCOMING else f"outgoing:{kind}"


def period_of(unit: Unit, direction: str, regime: str, day: dt.date) -> str:
    """In which period numbers run: the year, or the committee's term for what a Party body issues.

    A Party body for which no term is on record counts by the year until one is.
    """
    if direction == Direction.OUTGOING and regime == Regime.PARTY:
        term = term_of(unit, day)
        if term:
            return term.name
    return str(day.year)


def regime_of(unit: Unit) -> Regime:
    """Whose rules the unit's own documents follow."""
    return _REGIME_OF.get(unit.kind, Regime.PARTY)


def next_symbol(unit: Unit, kind: str, regime: str, day: dt.date) -> str:
    """What the book will give next, for a paper that has to be written before it is registered. No promise."""
    register, period = register_of(Direction.OUTGOING, kind), period_of(unit, Direction.OUTGOING, regime, day)
    book = Book.objects.filter(unit=unit, register=register, period=period).first()
    return symbol_of((book.last_number if book else 0) + 1, kind, regime, unit)


def symbol_of(number: int, kind: str, regime: str, unit: Unit) -> str:
    """Number and symbol as written on the paper: "05-KH/ĐU" (Regulation 399-QD/TW), "05/KH-UBND" (Decree 30)."""
    short = SYMBOL_OF[kind]
    if regime == Regime.PARTY:
        return f"{number:02d}-{short}/{unit.symbol}"
    # The tree is the Party's: what a committee's level issues under State rules comes from its people's committee.
    body = "UBND" if regime == Regime.STATE and unit.kind in COMMITTEES else unit.symbol
    # An official letter carries no abbreviation of its kind.
    return f"{number:02d}/{body}" if kind == Kind.CONG_VAN else f"{number:02d}/{short}-{body}"
