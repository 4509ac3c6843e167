"""Who may read the record of acts: inspectors and administrators."""

from __future__ import annotations

from tests.permissions import Row

READERS = {"*": 403, "city_inspector": 200, "administrator": 200}
ROWS = [
    Row("journal:acts", READERS),
    Row("journal:readings", READERS),
    Row("journal:export", READERS, method="post"),
]
