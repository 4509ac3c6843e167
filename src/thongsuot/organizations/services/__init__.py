"""What others may do to units and people: plain imports, no code."""

from thongsuot.organizations.services.describing import describe_unit
from thongsuot.organizations.services.founding import enrol_people, found_units, grant_role

__all__ = ["describe_unit", "enrol_people", "found_units", "grant_role"]
