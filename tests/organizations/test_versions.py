"""Every unit has the version that describes it, from the day it is founded."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from thongsuot.organizations.models import Unit, UnitSuccession, UnitVersion

pytestmark = pytest.mark.django_db


def test_each_unit_begins_with_the_version_that_describes_it(cast: Cast) -> None:
    described = UnitVersion.objects.valid_on().values_list("unit_id", *UnitVersion.COPIED)
    assert set(described) == set(Unit.objects.values_list("pk", *UnitVersion.COPIED))


def test_a_unit_has_one_open_version(cast: Cast) -> None:
    another = UnitVersion.of(cast.ward)
    another.valid_from = cast.ward.valid_from.replace(year=cast.ward.valid_from.year + 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        another.save()


def test_a_unit_cannot_take_over_from_itself(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitSuccession.objects.create(old=cast.ward, new=cast.ward, effective_on=cast.ward.valid_from)
