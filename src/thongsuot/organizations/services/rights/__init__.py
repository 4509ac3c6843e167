from thongsuot.organizations.services.rights.administrators import an_administrator_stays
from thongsuot.organizations.services.rights.giving import end_role, give_role, prolong_role
from thongsuot.organizations.services.rights.lending import lend_authority, revoke_authority
from thongsuot.organizations.services.rights.shaping import change_role, make_role, reset_role, retire_role

__all__ = [
    "an_administrator_stays",
    "change_role",
    "end_role",
    "give_role",
    "lend_authority",
    "make_role",
    "prolong_role",
    "reset_role",
    "retire_role",
    "revoke_authority",
]
