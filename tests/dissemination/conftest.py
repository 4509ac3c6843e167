from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import Cast
from tests.dissemination.factories import NOON, make_document
from thongsuot.core import clock
from thongsuot.documents.models import Document


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """23/11/2026, a week before the deadline."""
    with clock.at(NOON):
        yield


@pytest.fixture
def document(cast: Cast) -> Document:
    """Chỉ thị 12-CT/ThU, at the city and at the two wards."""
    return make_document(cast.city_clerk, cast.city, circulating=(cast.ward, cast.other_ward))
