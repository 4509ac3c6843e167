"""``/quyen/``: who may do what, roles and lent authority."""

from django.urls import URLPattern, path

from thongsuot.organizations.views.rights import answers, giving, lending, second_step, shaping

app_name = "rights"
urlpatterns: list[URLPattern] = [
    path("", giving.grant_list, name="list"),
    path("giao/", giving.give, name="give"),
    path("<key:pk>/ket-thuc/", giving.end, name="end"),
    path("<key:pk>/keo-dai/", giving.prolong, name="prolong"),
    path("ai-lam-duoc/", answers.who_can, name="who"),
    path("cua-toi/", answers.mine, name="mine"),
    path("nguoi/<key:pk>/", answers.person, name="person"),
    path("vai-tro/", shaping.roles, name="roles"),
    path("vai-tro/moi/", shaping.new, name="new_role"),
    path("vai-tro/<slug:code>/", shaping.change, name="role"),
    path("vai-tro/<slug:code>/dat-lai/", shaping.reset, name="reset_role"),
    path("vai-tro/<slug:code>/thoi-dung/", shaping.retire, name="retire_role"),
    path("buoc-hai/", second_step.needed, name="second_step"),
    path("thieu-buoc-hai/", second_step.without, name="without_second_step"),
    path("uy-quyen/", lending.loans, name="loans"),
    path("uy-quyen/moi/", lending.lend, name="lend"),
    path("uy-quyen/<key:pk>/thu-hoi/", lending.revoke, name="revoke"),
]
