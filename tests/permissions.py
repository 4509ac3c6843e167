"""The rights table: every URL of the site, what it needs, and what each part of the cast gets.

``ROWS`` of each app's ``urls_by_role.py`` are walked by ``tests/test_permissions.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast


@dataclass
class Row:
    """One URL by one method.

    ``args`` gives the URL's arguments from the cast (and makes the object it is about where there is none);
    ``expected`` names the answer for each part of the cast, with "*" for all not named and "anonymous" for
    somebody who has not signed in (302 to the sign-in page unless it says otherwise). ``data`` is posted.
    """

    name: str
    expected: Mapping[str, int]
    args: Callable[[Cast], list[Any]] = lambda cast: []
    method: str = "get"
    data: Callable[[Cast], dict[str, Any]] = lambda cast: {}
    public: bool = field(default=False)
