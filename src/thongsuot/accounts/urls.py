from allauth.account.views import login, reauthenticate
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as office
from allauth.socialaccount.providers.openid_connect import views as provider
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView

from thongsuot.accounts.views import entering, own

ours = [
    path("", own.own, name="own"),
    path("phien/khac/", own.end_other_sessions, name="end_other_sessions"),
    path("phien/<key:pk>/", own.end_session, name="end_session"),
    path("khoa/<key:pk>/ten/", own.rename_passkey, name="rename_passkey"),
    path("loi-moi/", entering.code, name="code"),
    path("loi-moi/<str:code>/", entering.enter, name="enter"),
    path("quen-mat-khau/", entering.forgotten, name="forgotten"),
    path("quen-mat-khau/da-gui/", entering.forgotten_done, name="forgotten_done"),
]
back = RedirectView.as_view(pattern_name="accounts:own")

# The library asks for its pages by these names.
urlpatterns = [
    path("dang-nhap/", login_not_required(login), name="account_login"),
    path("dang-xuat/", entering.sign_out, name="account_logout"),
    path("mat-khau/", own.change_password, name="account_change_password"),
    path("xac-nhan/", reauthenticate, name="account_reauthenticate"),
    path("buoc-hai/", login_not_required(second.authenticate), name="mfa_authenticate"),
    path("buoc-hai/xac-nhan/", second.reauthenticate, name="mfa_reauthenticate"),
    path("buoc-hai/thiet-lap/", back, name="mfa_index"),
    path("buoc-hai/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("buoc-hai/ung-dung/tat/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("buoc-hai/ma-du-phong/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("buoc-hai/ma-du-phong/moi/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("khoa/", back, name="mfa_list_webauthn"),
    path("khoa/them/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("khoa/xac-nhan/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("khoa/dang-nhap/", login_not_required(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("khoa/<key:pk>/bo/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("co-quan/", office.connections, name="socialaccount_connections"),
    path("co-quan/huy/", login_not_required(office.login_cancelled), name="socialaccount_login_cancelled"),
    path("co-quan/loi/", login_not_required(office.login_error), name="socialaccount_login_error"),
    path("co-quan/<str:provider_id>/", login_not_required(provider.login), name="openid_connect_login"),
    path(
        "co-quan/<str:provider_id>/ve/", login_not_required(provider.callback), name="openid_connect_callback"
    ),
    path("", include((ours, "accounts"))),
]
