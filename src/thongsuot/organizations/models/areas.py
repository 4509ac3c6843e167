"""What the communes and provinces of today were before 1 July 2025: a copy of a public list, for looking up."""

from __future__ import annotations

from django.db import models

from thongsuot.core.personal import nothing
from thongsuot.core.placement import Placement


class FormerArea(models.Model):
    """An old unit and the code of one that took over from it.

    Kept by code, not by unit: whoever has the code ("Mã ĐVHC") has the past, wherever the unit came from.
    """

    placement = Placement.REFERENCE
    personal = nothing("area_code", "name", "district", "province", "source")

    area_code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    district = models.CharField(max_length=100, blank=True)
    province = models.CharField(max_length=100, blank=True)
    # Only a part of it went here.
    is_part = models.BooleanField(default=False)
    # Which edition of the lists it is from: another one replaces all rows.
    source = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area_code", "name", "district", "province"], name="former_area_once"
            )
        ]

    def __str__(self) -> str:
        above = (in_small(part) for part in (self.district, self.province) if part)
        return ", ".join([self.name, *above])


def in_small(name: str) -> str:
    """ "thành phố Tân An" for "Thành phố Tân An": what stands behind another name."""
    return name[:1].lower() + name[1:]
