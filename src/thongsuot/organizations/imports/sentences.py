"""What is said about a file and its rows, by code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from thongsuot.organizations.columns import PEOPLE_COLUMNS, UNIT_COLUMNS

REFUSALS: dict[str, str | Promise] = {
    "empty": _("The file is empty."),
    "too_large": _(
        "The file is larger than 25 MB, has more than 200,000 rows, or asks for more memory than a table needs. "
        "Divide it into several files."
    ),
    "archive_bomb": _("The file unpacks to far more than a table can hold, so it was not opened."),
    "wrong_type": _("This is no table. Save it as XLSX, ODS or CSV, then choose it again."),
    "encrypted": _("The table is locked by a password. Save a copy without one, then choose it."),
    "broken": _("The file cannot be opened as a table. Save it anew as XLSX or CSV, then choose it again."),
    "no_rows": _("The file has a line of headings at most, and no rows below it."),
    "unreadable": _("An error ended the reading. Save the file anew as XLSX or CSV, then choose it again."),
    "legacy_encoding": _(
        "The letters of the file are in an unknown encoding. Save it as XLSX, then choose it again."
    ),
}
ROWS: dict[str, str | Promise] = {
    "no_name": _("The name is missing."),
    "too_long": _("“%(field)s” is longer than %(most)s signs."),
    "no_email": _("“%(value)s” is no e-mail address."),
    "no_day": _("“%(value)s” is no day; write it like 31/12/2026."),
    "no_answer": _("“%(value)s” is neither yes nor no; write x or leave it empty."),
    "citizen_number": _(
        "The code looks like a citizen's number. Those may not be kept here: use the office's own key."
    ),
    "unknown_unit": _("There is no unit “%(value)s” in reach, neither by code nor by name."),
    "ambiguous_unit": _("%(count)s units are called “%(value)s”. Give the code."),
    "unknown_parent": _("The unit above, “%(value)s”, is neither here nor in the file."),
    "belongs_nowhere": _("Say where the person belongs: a cell, a mass organisation, or a post in a unit."),
    "no_title": _("A unit is named but no post in it."),
    "no_cell": _("“%(value)s” is no cell; members belong to a cell."),
    "no_organisation": _("“%(value)s” is no mass organisation."),
    "ends_before": _("The end lies before the beginning."),
    "too_far_ahead": _("The day lies more than a year ahead."),
    "before_unit": _("%(unit)s was founded on %(day)s only."),
    "before_parent": _("The unit above was founded on %(day)s only."),
    "unit_ends": _("%(unit)s ends on %(day)s."),
    "ambiguous_person": _("%(count)s people have this name in this unit. Give the code."),
    "other_name": _("Row %(row)s has the same code and another name."),
    "twice": _("Row %(row)s says the same already."),
    "merged": _("This code belongs to an entry that was joined with another one."),
    "elsewhere": _("This person belongs to a unit you do not look after."),
    "letters": _(
        "A new password would be mailed to this address. Only whoever may let this person in can change it."
    ),
    "noted_already": _("Another change of cell is already noted for %(day)s."),
    "no_role": _("A unit or day of a role stands here, but no role."),
    "unknown_role": _("There is no role “%(value)s”; the page of rights lists them."),
    "role_past": _("A role begins today or later."),
    "role_beyond": _("You may not give the role “%(role)s” in %(unit)s."),
    "no_account": _("This person has no account, and you may not give one."),
    "has_a_head": _("Somebody heads %(unit)s at that time. End that post first."),
    "unknown_kind": _("There is no kind of unit “%(value)s”; the template lists the kinds."),
    "no_kind": _("A new unit needs its kind."),
    "new_has_end": _("A unit that has an end is not founded by an import."),
    "founded_later": _("A unit that begins in the future is founded by a reorganisation."),
    "code_elsewhere": _("The code “%(value)s” belongs to a unit outside your reach."),
    "too_many_aliases": _("A unit has at most %(most)s other names."),
    "not_valid": _("“%(field)s” is not in order."),
    "reorganize": _("%(fields)s: changed only by a reorganisation; the page of this import can prepare one."),
    "not_drafted": _(
        "%(fields)s: cannot be changed from this row. Take out other first and last days; when the unit above "
        "is new in this table, write the table first, then read it again."
    ),
    "loop": _("The units above lead round in a circle (row %(row)s)."),
    "parent_wrong": _("The unit above stands in row %(row)s, which is wrong."),
    "too_deep": _("The tree has at most %(most)s levels."),
    "moved_on": _("This has been changed since the rows were looked through, so it was left out."),
}
FAILURES: dict[str, str | Promise] = {
    "no_right": _("The right to do this has ended in the meantime. Nothing further was written."),
    "tree_changed": _("Units have been changed since the rows were looked through. Look through them again."),
    "race": _(
        "Somebody changed the same rows at the same moment. What was written stays; go on with the rest."
    ),
    "depends": _(
        "Something this import wrote has been changed since, or is needed by other records. Nothing was taken back."
    ),
    "unexpected": _(
        "An error ended the work. What was written so far stays; try again or ask the administrator."
    ),
}


def failure_of(code: str) -> str:
    """Why an import stands still, in words; nothing when it does not."""
    if not code:
        return ""
    return str(FAILURES.get(code) or REFUSALS.get(code, REFUSALS["broken"]))


def sentence_of(subject: str, code: str, parameters: Mapping[str, Any]) -> str:
    """A note on a row, in words."""
    words = PEOPLE_COLUMNS if subject == "people" else UNIT_COLUMNS
    told = dict(parameters)
    if "field" in told:
        told["field"] = words.get(told["field"], told["field"])
    if "fields" in told:
        told["fields"] = ", ".join(words.get(name, name) for name in told["fields"])
    if code == "change":
        if told["before"]:
            return _now("%(field)s: “%(before)s” becomes “%(after)s”.") % told
        return _now("%(field)s: “%(after)s”.") % told
    return str(ROWS[code]) % told
