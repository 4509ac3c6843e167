"""What the record of acts says about dissemination."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "dissemination.required": _("required that %(people)s members hear of the document by %(due)s"),
    "dissemination.asked_again": _(
        "asked %(people)s members who had heard of it to hear of version %(number)s as well"
    ),
    "member.exempt": _("said that a member is exempt"),
    "member.exempt_no_longer": _("took the exemption of a member back"),
    "residents.counted": _("noted that %(people)s residents heard of it on %(day)s"),
    "residents.corrected": _("corrected the number of residents reached"),
    "session.called": _("called the session, %(people)s members of %(cells)s cells"),
    "session.make_up_called": _("called a make-up session on %(on_day)s, %(people)s members"),
    "session.held": _("noted that the session was held"),
    "session.cancelled": _("cancelled the session"),
    "session.attendance_closed": _("closed attendance by the code on the screen"),
    "session.attendance_reopened": _("opened attendance by the code on the screen again"),
    "session.guests_welcome": _("let guests note themselves as present"),
    "session.guests_not_welcome": _("let no guests note themselves any more"),
    "session.guest_taken_back": _("took back a guest"),
    "session.points_added": _("added %(points)s bridge points"),
    "session.point_head_chosen": _("chose who answers for bridge point %(point)s"),
    "session.point_removed": _("took out bridge point %(point)s (%(host)s)"),
    "session.attendance_marked": _(
        "took attendance in %(cell)s: %(present)s present, %(excused)s absent with leave, %(absent)s absent"
    ),
    "check.question_written": _("wrote a question for the check of understanding"),
    "check.question_corrected": _("corrected a question of the check of understanding"),
    "check.question_withdrawn": _("withdrew a question of the check of understanding"),
    "presenter.added": _("put somebody on the roster of presenters"),
    "presenter.ended": _("took somebody off the roster of presenters"),
    "session.programme_set": _("set the programme: %(speakers)s presenters, %(lines)s lines of the agenda"),
    "session.list_taken_over": _(
        "took attendance from the list of a meeting system: %(people)s present, %(changed)s marks changed"
    ),
    "minutes.written": _("wrote the minutes"),
    "minutes.signed": _("noted that the minutes are signed"),
    "minutes.registered": _("entered the minutes in the book as %(symbol)s"),
    "session.material_added": _("added a material"),
    "session.material_removed": _("took a material away"),
    "inquiry.asked": _("asked a question about a document"),
    "inquiry.answered": _("answered a question that %(askers)s people ask"),
    "inquiry.passed_up": _("passed a question on to the unit above"),
    "inquiry.merged": _("joined a question with another one"),
    "inquiry.set_aside": _("set a question aside"),
    "session.sheet_printed": _("printed sheets to sign for %(people)s members of %(cells)s cells"),
    "dissemination.list_printed": _("printed a list to sign for %(people)s members"),
    "paper.page_received": _("handed in page %(page)s of the signed sheet %(sheet)s"),
    "paper.confirmed": _("confirmed signatures on sheet %(sheet)s, %(people)s of them new"),
    "reflection.asked_for": _("asked the members for a reflection or commitment by %(due)s"),
    "reflection.returned": _("returned a reflection or commitment to its writer"),
    "reflection.on_paper": _("noted a reflection or commitment as received on paper"),
    "members.papers": _("looked at who has handed in a reflection or commitment"),
    "members.paper": _("read a member's reflection or commitment"),
    # Looks at names (audit.note_reading).
    "members.attendance": _("looked at the attendance of members"),
    "members.corrections": _("looked at the corrections of attendance"),
    "members.guests": _("looked at the guests of a session"),
    "members.sheet": _("opened the sheet to sign"),
    "members.exempt": _("looked at who is exempt"),
    "members.unreached": _("looked at the names of members not reached yet"),
}
