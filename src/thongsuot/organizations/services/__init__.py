"""What others may do to units and people: plain imports, no code."""

from thongsuot.organizations.services.describing import describe_unit
from thongsuot.organizations.services.founding import enrol_people, found_units, grant_role
from thongsuot.organizations.services.merging import merge_people, undo_merge
from thongsuot.organizations.services.people import (
    Post,
    add_person,
    can_keep,
    correct_person,
    end_position,
    give_position,
    move_member,
)

__all__ = [
    "Post",
    "add_person",
    "can_keep",
    "correct_person",
    "describe_unit",
    "end_position",
    "enrol_people",
    "found_units",
    "give_position",
    "grant_role",
    "merge_people",
    "move_member",
    "undo_merge",
]
