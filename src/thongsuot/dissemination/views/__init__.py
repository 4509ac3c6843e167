from thongsuot.dissemination.views.checks import check, question, understanding, write_question
from thongsuot.dissemination.views.documents import coverage, overview
from thongsuot.dissemination.views.figures import figures
from thongsuot.dissemination.views.figures_file import figures_file
from thongsuot.dissemination.views.inquiries import inquiries, inquiry, join, questions
from thongsuot.dissemination.views.make_ups import make_up
from thongsuot.dissemination.views.minutes import minutes, minutes_file, register_minutes, sign_minutes
from thongsuot.dissemination.views.online import (
    attendance_list,
    give_up_list,
    take_in_list,
    take_over_list,
)
from thongsuot.dissemination.views.paper import (
    paper,
    paper_hand_in,
    paper_of_document,
    paper_of_session,
    paper_print,
    paper_progress,
    paper_sheet,
    paper_strip,
)
from thongsuot.dissemination.views.programme import (
    end_presenter,
    material,
    material_progress,
    materials,
    presenters,
    programme,
    remove_material,
)
from thongsuot.dissemination.views.readings import read, vouch
from thongsuot.dissemination.views.reflections import (
    ask_reflections,
    papers,
    reflection,
    reflections,
)
from thongsuot.dissemination.views.sessions import calendar, call, cancel, hold, session, sign_in_sheet
from thongsuot.dissemination.views.study import choose_size, confirm_later, offline, worker

__all__ = [
    "ask_reflections",
    "attendance_list",
    "calendar",
    "call",
    "cancel",
    "check",
    "choose_size",
    "confirm_later",
    "coverage",
    "end_presenter",
    "figures",
    "figures_file",
    "give_up_list",
    "hold",
    "inquiries",
    "inquiry",
    "join",
    "make_up",
    "material",
    "material_progress",
    "materials",
    "minutes",
    "minutes_file",
    "offline",
    "overview",
    "paper",
    "paper_hand_in",
    "paper_of_document",
    "paper_of_session",
    "paper_print",
    "paper_progress",
    "paper_sheet",
    "paper_strip",
    "papers",
    "presenters",
    "programme",
    "question",
    "questions",
    "read",
    "reflection",
    "reflections",
    "register_minutes",
    "remove_material",
    "session",
    "sign_in_sheet",
    "sign_minutes",
    "take_in_list",
    "take_over_list",
    "understanding",
    "vouch",
    "worker",
    "write_question",
]
