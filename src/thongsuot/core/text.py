"""Vietnamese text for everybody above the formats: one door, one folded form, one order.

The functions are pure and live with the readers; here they get the names the subjects use.
"""

from thongsuot.formats.vietnamese import fold, nfc, person_sort_key, sort_key

__all__ = ["fold", "nfc", "person_sort_key", "sort_key"]
