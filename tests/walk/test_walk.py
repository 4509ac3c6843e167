"""The whole way of one directive, from the sheet of paper to the last cell and back, as its people walk it."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.walk.conftest import Turn
from tests.walk.desk import Hall
from tests.walk.steps import s1_take_in, s2_send, s3_disseminate, s4_work, s5_inspect, s6_oversee

pytestmark = [
    pytest.mark.walk,
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def test_the_whole_walk(hall: Hall, cast: Cast, turn_to: Turn, directive: tuple[str, bytes]) -> None:
    document = s1_take_in.walk(hall, cast, directive)
    s2_send.walk(hall, cast, turn_to, document)
    s3_disseminate.walk(hall, cast, turn_to, document)
    s4_work.walk(hall, cast, turn_to, document)
    s5_inspect.walk(hall, cast, turn_to, document)
    s6_oversee.walk(hall, cast, turn_to, document)
