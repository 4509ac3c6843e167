from allauth.account.views import login
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from thongsuot.accounts.views import entering

own = [
    path("loi-moi/", entering.code, name="code"),
    path("loi-moi/<str:code>/", entering.enter, name="enter"),
    path("quen-mat-khau/", entering.forgotten, name="forgotten"),
    path("quen-mat-khau/da-gui/", entering.forgotten_done, name="forgotten_done"),
]

# The library asks for its pages by these names.
urlpatterns = [
    path("dang-nhap/", login_not_required(login), name="account_login"),
    path("dang-xuat/", entering.sign_out, name="account_logout"),
    path("", include((own, "accounts"))),
]
