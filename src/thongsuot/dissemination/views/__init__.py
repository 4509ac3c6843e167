from thongsuot.dissemination.views.checks import check, question, understanding, write_question
from thongsuot.dissemination.views.documents import coverage, overview, require
from thongsuot.dissemination.views.make_ups import make_up
from thongsuot.dissemination.views.readings import read, vouch
from thongsuot.dissemination.views.sessions import calendar, call, cancel, hold, session, sign_in_sheet

__all__ = [
    "calendar",
    "call",
    "cancel",
    "check",
    "coverage",
    "hold",
    "make_up",
    "overview",
    "question",
    "read",
    "require",
    "session",
    "sign_in_sheet",
    "understanding",
    "vouch",
    "write_question",
]
