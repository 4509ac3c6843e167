"""Whom a paper means: its names and its collectives matched with the deployment's own units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from thongsuot.core.text import fold, nfc
from thongsuot.organizations.models import Unit, UnitAlias
from thongsuot.organizations.queries.classes import (
    ABOVE_US,
    AGENCIES,
    CLASSES,
    CONCERNED,
    DIRECTLY_BELOW,
    NOT_OURS,
    OFFICES,
    QUANTIFIER,
    SEPARATORS,
    SOME_OF_THEM,
    TAIL,
    UnitClass,
)

LONGEST = 300


@dataclass(frozen=True)
class Actor:
    """Who a text means: our units by name or by class, or whoever receives the document."""

    units: tuple[Unit, ...] = ()
    is_recipients: bool = False


@dataclass(frozen=True)
class _Collective:
    """What one expression names: classes of units, and single names in it ("các phường Cầu Ván, Gò Bưởi")."""

    classes: tuple[UnitClass, ...] = ()
    names: tuple[str, ...] = ()
    is_direct: bool = False

    @property
    def is_anybody(self) -> bool:
        return any(one.is_anybody for one in self.classes) and not self.is_above

    @property
    def is_above(self) -> bool:
        """Whether it speaks of ministries: whoever is named beside them is on their level as well."""
        return CLASSES["bo"] in self.classes


def resolve_actors(texts: Sequence[str], *, within: Unit) -> Actor:
    """Match the names a document uses with the deployment's own units under ``within``, in two queries.

    A class of units ("các phòng, ban") is all units of that kind on the nearest level that has any, this one
    included. Nothing is guessed: what matches neither a name, an alias nor a class stays unresolved for the clerk.
    """
    folded = {fold(text).strip(" .;:")[:LONGEST] for text in texts if text.strip()}
    if not folded:
        return Actor()
    meant = [_collective_in(fold(text).strip(" .;:")[:LONGEST]) for text in _of_all(texts)]
    names = folded.union(*(found.names for found in meant))
    aliases = UnitAlias.objects.filter(folded__in=names, unit__in=Unit.objects.under(within).valid_on())
    units = {alias.unit_id: alias.unit for alias in aliases.select_related("unit")}
    wanted = [found for found in meant if any(one.kinds for one in found.classes) or found.is_direct]
    if wanted:
        units |= {unit.pk: unit for unit in _of_classes(wanted, within)}
    in_order = sorted(units.values(), key=lambda unit: (unit.depth, unit.sort_key, unit.pk))
    return Actor(tuple(in_order), is_recipients=not units and any(found.is_anybody for found in meant))


def units_of_class(words: str, *, within: Unit) -> list[Unit]:
    """The units a collective means ("các phường, xã"), in the Vietnamese order; none when it means no class."""
    found = _collective_in(fold(words))
    return _of_classes([found], within) if found.classes else []


def _of_all(texts: Iterable[str]) -> set[str]:
    """The expressions that mean all of a class, not some of it."""
    return {text for text in texts if not SOME_OF_THEM.search(nfc(text[:LONGEST]))}


def _of_classes(wanted: Iterable[_Collective], within: Unit) -> list[Unit]:
    kinds = {kind for found in wanted for one in found.classes for kind in one.kinds}
    rows = Unit.objects.under(within).valid_on()
    if not any(found.is_direct for found in wanted):
        rows = rows.filter(kind__in=kinds)
    units = [(unit, fold(unit.name)) for unit in rows.order_by("depth", "sort_key", "pk")]
    chosen: dict[int, Unit] = {}
    for found in wanted:
        here = [(unit, name) for unit, name in units if not found.is_direct or unit.parent_id == within.pk]
        for one in found.classes:
            if found.is_direct and one.is_anybody:
                of_it = [unit for unit, _name in here]
            else:
                of_it = [unit for unit, name in here if one.has(unit.kind, name)]
            chosen |= {unit.pk: unit for unit in of_it if unit.depth == of_it[0].depth}
    return sorted(chosen.values(), key=lambda unit: (unit.depth, unit.sort_key, unit.pk))


def _collective_in(folded: str) -> _Collective:
    """The classes and names of one folded expression; empty for what is the name of a single unit."""
    folded = AGENCIES.sub(r"\1", " ".join(folded.replace(":", " ").replace("-", " ").split()))
    folded = folded.replace(" cua dang", " dang")
    if NOT_OURS.search(folded):
        return _Collective()
    if CONCERNED.search(folded):
        # Those concerned are not all of a class; who receives the paper is.
        folded = CONCERNED.sub("", folded)
        found = _collective_in(folded)
        return _Collective((UnitClass(),)) if found.classes and not found.is_above else _Collective()
    quantified = QUANTIFIER.search(folded)
    before = folded[: quantified.start()].strip() if quantified else ""
    if before and not OFFICES.fullmatch(f"{before} "):
        quantified = None  # "Mặt trận Tổ quốc và các đoàn thể": a list whose every part has to be a class
    rest = folded[quantified.end() :] if quantified else OFFICES.sub("", folded, count=1)
    if not quantified and not _is_a_list(rest):
        return _Collective()
    is_direct = DIRECTLY_BELOW in rest
    classes: list[UnitClass] = []
    names: list[str] = []
    last = ""
    for piece in SEPARATORS.split(TAIL.sub("", rest.strip())):
        piece = OFFICES.sub("", piece + " ", count=1).strip() if piece not in CLASSES else piece
        head = _class_before_a_name(piece)
        if piece in CLASSES:
            classes.append(CLASSES[piece])
            last = piece
        elif head:
            names.append(piece)
            last = head
        elif last and names and not ABOVE_US.search(piece):
            names.append(f"{last} {piece}")
        elif piece and not quantified:
            return _Collective()
    if names and classes and not quantified:
        return _Collective()  # "Ban Chỉ huy … cấp tỉnh, cấp xã": the list is within a name
    if CLASSES["bo"] in classes:
        classes = [one for one in classes if one in (CLASSES["bo"], CLASSES["phuong"], CLASSES["xa"])]
    return _Collective(tuple(classes), tuple(names), is_direct and bool(classes))


def _is_a_list(folded: str) -> bool:
    return "," in folded or " va " in folded or folded.endswith(DIRECTLY_BELOW) or folded.startswith("cap ")


def _class_before_a_name(piece: str) -> str:
    """ "phuong" in "phuong cau van": the class word that stands before a name."""
    words = piece.split()
    heads = (" ".join(words[:length]) for length in range(len(words) - 1, 0, -1))
    return next((head for head in heads if head in CLASSES and not CLASSES[head].is_anybody), "")
