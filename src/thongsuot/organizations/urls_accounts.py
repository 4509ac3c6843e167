"""``/don-vi/tai-khoan/``: accounts of people."""

from django.urls import path

from thongsuot.organizations.views import accounts

urlpatterns = [
    path("", accounts.account_list, name="accounts"),
    path("moi/", accounts.invite, name="account_invite"),
    path("giay-moi/", accounts.sheets, name="account_sheets"),
    path("<key:pk>/", accounts.account, name="account"),
    path("<key:pk>/thu-hoi/", accounts.revoke, name="account_revoke"),
    path("<key:pk>/khoa/", accounts.close, name="account_close"),
    path("<key:pk>/mo/", accounts.reopen, name="account_reopen"),
    path("<key:pk>/buoc-hai/", accounts.remove_second_factors, name="account_second_factors"),
    path("<key:pk>/co-quan/", accounts.link_office, name="account_office"),
]
