"""The demonstration place: an invented city, its units, its people and who can sign in.

Thành phố Vàm Cỏ does not exist, nor does anybody in it: names are put together from lists. Units and people
are founded three terms ago, so that history has somewhere to happen.
"""

from thongsuot.demo.place.accounts import PASSWORD, SignIn, people_who_can_sign_in
from thongsuot.demo.place.founding import found_place
from thongsuot.demo.place.plan import COMMUNE, VAM_CO, WARD, CommunePlan, Place

__all__ = [
    "COMMUNE",
    "PASSWORD",
    "VAM_CO",
    "WARD",
    "CommunePlan",
    "Place",
    "SignIn",
    "found_place",
    "people_who_can_sign_in",
]
