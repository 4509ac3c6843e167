"""What others may do to units and people: plain imports, no code."""

from thongsuot.organizations.services.adding import add_person
from thongsuot.organizations.services.affiliations import join_organisation, leave_organisation
from thongsuot.organizations.services.describing import describe_unit
from thongsuot.organizations.services.founding import enrol_people, found_units, grant_role
from thongsuot.organizations.services.merging import merge_people, undo_merge
from thongsuot.organizations.services.party import (
    correct_evaluation,
    enter_evaluation,
    keep_party_record,
)
from thongsuot.organizations.services.people import (
    Post,
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
    "correct_evaluation",
    "correct_person",
    "describe_unit",
    "end_position",
    "enrol_people",
    "enter_evaluation",
    "found_units",
    "give_position",
    "grant_role",
    "join_organisation",
    "keep_party_record",
    "leave_organisation",
    "merge_people",
    "move_member",
    "undo_merge",
]
