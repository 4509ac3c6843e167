"""When two papers are the same paper, and which registered document a citation means."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from thongsuot.core.text import fold
from thongsuot.documents.models import Circulation, Document
from thongsuot.organizations.models import Unit

# Congresses of the Party meet every five years (Statute of the Party, article 17).
A_TERM = dt.timedelta(days=5 * 366)
# The organ that speaks for a committee is not the committee's name.
_ORGAN = re.compile(r"^(?:ban thuong vu|ban chap hanh|thuong truc|ban thuong truc) (?:cua )?")
_ZEROS = re.compile(r"^0+(?=\d)")


def symbol_key(symbol: str) -> str:
    """The form in which "05-KH/ĐU", "5-KH/DU" and "05 - kh/đu" are one symbol."""
    return _ZEROS.sub("", fold(symbol).replace(" ", "").replace("–", "-"))


def identity_of(symbol: str, body: str, issued_on: dt.date) -> str:
    """Number and symbol, body and year; empty for a paper without a symbol, which can only be told by reading it."""
    key = symbol_key(symbol)
    return f"{key}|{fold(body)}|{issued_on.year}"[:400] if key else ""


def same_document(unit: Unit, identity: str) -> Document | None:
    """The document of this identity that the unit has registered or been sent."""
    if not identity:
        return None
    here = Circulation.objects.filter(unit=unit).values("document_id")
    same = Document.objects.filter(Q(unit=unit) | Q(pk__in=here), identity=identity)
    return same.select_related("unit").order_by("registered_at", "pk").first()


def cited_documents(unit: Unit, symbols: Iterable[str]) -> dict[str, list[Document]]:
    """Registered documents by folded symbol, among those that circulate in the unit or above it; one query."""
    keys = {key for key in map(symbol_key, symbols) if key}
    if not keys:
        return {}
    wanted = Q(pk__in=[])
    for key in keys:
        wanted |= Q(identity__startswith=f"{key}|")
    found: dict[str, list[Document]] = {}
    known = Document.objects.filter(wanted, pk__in=_in_chain(unit)).select_related("issuing_unit")
    for document in known.order_by("issued_on", "pk"):
        found.setdefault(symbol_key(document.symbol), []).append(document)
    return found


def in_chain(unit: Unit, keys: Iterable[int]) -> set[int]:
    """Which of these documents circulate in the unit or above it."""
    wanted = [key for key in keys if key]
    if not wanted:
        return set()
    found = Document.objects.filter(pk__in=wanted).filter(pk__in=_in_chain(unit))
    return set(found.values_list("pk", flat=True))


def meant(
    candidates: Sequence[Document], *, issued_on: dt.date | None, body: str, citing_on: dt.date | None = None
) -> Document | None:
    """Which of the documents of one symbol a citation means; nothing rather than a guess.

    The one of the same date, else of the same body; a symbol alone repeats with every term. Where the citation says
    neither, only a document of our own books from the years of one term before the citing paper is meant.
    """
    by_date = [document for document in candidates if issued_on and document.issued_on == issued_on]
    by_body = [document for document in candidates if body and _is_of(document, body)]
    for found in (by_date, [] if issued_on else by_body):
        if len(found) == 1:
            return found[0]
    both = [document for document in by_date if document in by_body]
    if len(both) == 1:
        return both[0]
    if issued_on or body or citing_on is None:
        return None
    ours = [document for document in candidates if document.issuing_unit is not None]
    recent = [document for document in ours if dt.timedelta() <= citing_on - document.issued_on <= A_TERM]
    return recent[0] if len(ours) == len(recent) == 1 else None


def _is_of(document: Document, body: str) -> bool:
    """Whether a body as a paper cites it issued the document: "Ban Thường vụ Thành ủy" speaks for the Thành ủy, and
    who writes inside a city leaves its name out."""
    said = _ORGAN.sub("", fold(body))
    names = [document.issuing_body]
    if document.issuing_unit is not None:
        names += [document.issuing_unit.name, document.issuing_unit.short_name]
    known = [_ORGAN.sub("", fold(name)) for name in names]
    return any(name == said or (said and name.startswith(f"{said} ")) for name in known)


def _in_chain(unit: Unit) -> QuerySet[Circulation, Any]:
    chain = Unit.objects.above(unit, itself=True).values("pk")
    return Circulation.objects.filter(unit__in=chain).values("document_id")
