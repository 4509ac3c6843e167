from thongsuot.dissemination.services.attendance import mark_attendance
from thongsuot.dissemination.services.bank import (
    QuestionData,
    correct_question,
    withdraw_question,
    write_question,
)
from thongsuot.dissemination.services.cancelling import cancel_session
from thongsuot.dissemination.services.checks import answer_question, forget_checks, start_again
from thongsuot.dissemination.services.corrections import needs_reason
from thongsuot.dissemination.services.exempting import end_exemption, exempt_member
from thongsuot.dissemination.services.inquiries import (
    answer_inquiry,
    ask,
    join_inquiry,
    merge_inquiry,
    pass_up,
    set_aside,
)
from thongsuot.dissemination.services.make_ups import call_make_up
from thongsuot.dissemination.services.materials import add_file
from thongsuot.dissemination.services.minutes import register_minutes, sign_minutes, write_minutes
from thongsuot.dissemination.services.online import (
    give_up_list,
    read_list_as,
    take_in_list,
    take_over_list,
)
from thongsuot.dissemination.services.programme import (
    add_document,
    add_presenter,
    end_presenter,
    remove_material,
    set_programme,
)
from thongsuot.dissemination.services.readings import (
    confirm_later,
    confirm_reading,
    confirm_shown,
    vouch_reading,
)
from thongsuot.dissemination.services.reflections import (
    ask_for_papers,
    hand_in,
    hand_in_file,
    note_on_paper,
    return_paper,
)
from thongsuot.dissemination.services.releasing import ask_again, release, release_replaced
from thongsuot.dissemination.services.renewing import ask_after_recall, ask_for_new_text
from thongsuot.dissemination.services.requirements import Terms, require_dissemination, require_of_dispatch
from thongsuot.dissemination.services.residents import correct_residents, count_residents
from thongsuot.dissemination.services.sessions import call_session, hold_session

__all__ = [
    "QuestionData",
    "Terms",
    "add_document",
    "add_file",
    "add_presenter",
    "answer_inquiry",
    "answer_question",
    "ask",
    "ask_after_recall",
    "ask_again",
    "ask_for_new_text",
    "ask_for_papers",
    "call_make_up",
    "call_session",
    "cancel_session",
    "confirm_later",
    "confirm_reading",
    "confirm_shown",
    "correct_question",
    "correct_residents",
    "count_residents",
    "end_exemption",
    "end_presenter",
    "exempt_member",
    "forget_checks",
    "give_up_list",
    "hand_in",
    "hand_in_file",
    "hold_session",
    "join_inquiry",
    "mark_attendance",
    "merge_inquiry",
    "needs_reason",
    "note_on_paper",
    "pass_up",
    "read_list_as",
    "register_minutes",
    "release",
    "release_replaced",
    "remove_material",
    "require_dissemination",
    "require_of_dispatch",
    "return_paper",
    "set_aside",
    "set_programme",
    "sign_minutes",
    "start_again",
    "take_in_list",
    "take_over_list",
    "vouch_reading",
    "withdraw_question",
    "write_minutes",
    "write_question",
]
