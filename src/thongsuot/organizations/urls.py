from django.urls import URLPattern, URLResolver, include, path

app_name = "organizations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/", include("thongsuot.organizations.urls_accounts")),
]
