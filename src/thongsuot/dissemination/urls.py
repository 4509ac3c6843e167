from django.urls import include, path

from thongsuot.dissemination import views

app_name = "dissemination"
urlpatterns = [
    path("", views.overview, name="list"),
    path("mo-buoi/", views.call, name="call"),
    path("buoi/<key:pk>/", views.session, name="session"),
    path("buoi/<key:pk>/ky-ten/", views.sign_in_sheet, name="sheet"),
    path("buoi/<key:pk>/da-to-chuc/", views.hold, name="hold"),
    path("buoi/<key:pk>/bu/", views.make_up, name="make_up"),
    path("buoi/<key:pk>/lich.ics", views.calendar, name="calendar"),
    path("buoi/<key:pk>/huy/", views.cancel, name="cancel"),
    path("buoi/<key:pk>/danh-sach/", views.take_in_list, name="take_in_list"),
    path("buoi/<key:pk>/danh-sach/<key:batch>/", views.attendance_list, name="attendance_list"),
    path("buoi/<key:pk>/danh-sach/<key:batch>/lay/", views.take_over_list, name="take_over_list"),
    path("buoi/<key:pk>/danh-sach/<key:batch>/bo/", views.give_up_list, name="give_up_list"),
    path("bao-cao-vien/", views.presenters, name="presenters"),
    path("bao-cao-vien/<key:pk>/thoi/", views.end_presenter, name="end_presenter"),
    path("buoi/<key:pk>/chuong-trinh/", views.programme, name="programme"),
    path("buoi/<key:pk>/tai-lieu/", views.materials, name="materials"),
    path("buoi/<key:pk>/tai-lieu/<key:material>/", views.material, name="material"),
    path("buoi/<key:pk>/tai-lieu/<key:material>/bo/", views.remove_material, name="remove_material"),
    path("", include("thongsuot.dissemination.urls_attending")),
    path("doc/<key:pk>/", views.read, name="read"),
    path("doc/co-chu/", views.choose_size, name="text_size"),
    # Below "doc/" by intent: a service worker sees what lies below its own address, the reading pages.
    path("doc/tho.js", views.worker, name="worker"),
    path("doc/khong-mang/", views.offline, name="offline"),
    path("doc/gui-sau/", views.confirm_later, name="confirm_later"),
    path("van-ban/<key:pk>/", views.coverage, name="coverage"),
    path("van-ban/<key:pk>/so-lieu/", views.figures, name="figures"),
    path("van-ban/<key:pk>/so-lieu.xlsx", views.figures_file, name="figures_file"),
    path("van-ban/<key:pk>/yeu-cau/", views.require, name="require"),
    path("van-ban/<key:pk>/xac-nhan-thay/<key:unit>/<key:person>/", views.vouch, name="vouch"),
    # Checks of understanding.
    path("doc/<key:pk>/kiem-tra/", views.check, name="check"),
    path("van-ban/<key:pk>/muc-do-hieu/", views.understanding, name="understanding"),
    path("van-ban/<key:pk>/cau-hoi/them/", views.write_question, name="write_question"),
    path("van-ban/<key:pk>/cau-hoi/<key:question>/", views.question, name="question"),
    # Questions of members, and their answers.
    path("hoi-dap/", views.inquiries, name="inquiries"),
    path("hoi-dap/<uuid:key>/", views.inquiry, name="inquiry"),
    path("hoi-dap/<uuid:key>/cung-hoi/", views.join, name="join"),
    path("doc/<key:pk>/hoi-dap/", views.questions, name="questions"),
    # Reflections and commitments.
    path("doc/<key:pk>/thu-hoach/", views.papers, name="papers"),
    path("van-ban/<key:pk>/thu-hoach/", views.reflections, name="reflections"),
    path("van-ban/<key:pk>/thu-hoach/yeu-cau/", views.ask_reflections, name="ask_reflections"),
    path(
        "van-ban/<key:pk>/thu-hoach/<key:unit>/<key:person>/<slug:kind>/",
        views.reflection,
        name="reflection",
    ),
    path("phieu/", views.paper, name="paper"),
    path("phieu/in/", views.paper_print, name="paper_print"),
    path("phieu/<key:code>/", views.paper_sheet, name="paper_sheet"),
    path("phieu/<key:code>/trang/<key:page>.jpg", views.paper_strip, name="paper_strip"),
    path("buoi/<key:pk>/phieu/", views.paper_of_session, name="paper_of_session"),
    path("van-ban/<key:pk>/phieu/<key:unit>/", views.paper_of_document, name="paper_of_document"),
]
