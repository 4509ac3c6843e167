"""A ward, a province or a nation with as many receipts as wished, written in sets: what a large place looks like.

The tree, the people and what every document does in it are made by one ``INSERT … SELECT`` a table and row of
documents, the same on both databases and the same every time. Counters equal the rows and totals the counters, as
``thongsuot check`` proves. Rows are those the services write, except that nobody acted: no record, no events.

For a database of its own (or keys after a ``base``): foreign keys are not looked at while it is written.
"""

from __future__ import annotations

from scripts.bench.large.founding import found
from scripts.bench.large.papers import fill
from scripts.bench.large.sizes import SIZES, LargePlace, Size

__all__ = ["SIZES", "LargePlace", "Size", "fill", "found"]
