from thongsuot.audit.services.readings import forget_readings, note_reading
from thongsuot.audit.services.recording import ask_authority_of, record
from thongsuot.audit.services.sealing import accept_end, advance_anchor, begin_new_key, seal_acts

__all__ = [
    "accept_end",
    "advance_anchor",
    "ask_authority_of",
    "begin_new_key",
    "forget_readings",
    "note_reading",
    "record",
    "seal_acts",
]
