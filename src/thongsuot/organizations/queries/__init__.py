"""What others may read of units and people: plain imports, no code."""

from thongsuot.organizations.queries.actors import Actor, resolve_actors, units_of_class
from thongsuot.organizations.queries.party import MemberRecord, can_see_party_record, party_record_of
from thongsuot.organizations.queries.suggestions import Suggestion, suggest_units
from thongsuot.organizations.queries.units import (
    commune_level_below,
    head_of,
    members_of,
    term_of,
    units_below,
    units_visible_to,
)

__all__ = [
    "Actor",
    "MemberRecord",
    "Suggestion",
    "can_see_party_record",
    "commune_level_below",
    "head_of",
    "members_of",
    "party_record_of",
    "resolve_actors",
    "suggest_units",
    "term_of",
    "units_below",
    "units_of_class",
    "units_visible_to",
]
