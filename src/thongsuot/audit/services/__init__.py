from thongsuot.audit.services.readings import READINGS, note_reading
from thongsuot.audit.services.recording import ask_authority_of, record
from thongsuot.audit.services.sealing import accept_end, advance_anchor, begin_new_key, seal_acts

__all__ = [
    "READINGS",
    "accept_end",
    "advance_anchor",
    "ask_authority_of",
    "begin_new_key",
    "note_reading",
    "record",
    "seal_acts",
]
