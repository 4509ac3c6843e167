from allauth.account.views import login
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from thongsuot.accounts.views import sign_out

urlpatterns = [
    path("dang-nhap/", login_not_required(login), name="account_login"),
    path("dang-xuat/", sign_out, name="account_logout"),
]
