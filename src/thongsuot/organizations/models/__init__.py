from thongsuot.organizations.models.delegation import Delegation
from thongsuot.organizations.models.people import Membership, Person, PersonMerge, Position, RoleGrant
from thongsuot.organizations.models.units import (
    Term,
    Unit,
    UnitAlias,
    UnitKind,
    UnitSuccession,
    UnitVersion,
    Validity,
    ValidityQuerySet,
)

__all__ = [
    "Delegation",
    "Membership",
    "Person",
    "PersonMerge",
    "Position",
    "RoleGrant",
    "Term",
    "Unit",
    "UnitAlias",
    "UnitKind",
    "UnitSuccession",
    "UnitVersion",
    "Validity",
    "ValidityQuerySet",
]
