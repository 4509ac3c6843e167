"""``/nguoi/``: one person."""

from django.urls import path

from thongsuot.organizations.views import joining, merging, party, person

app_name = "people"
urlpatterns = [
    path("<key:pk>/", person.person, name="person"),
    path("<key:pk>/sua/", person.edit, name="edit"),
    path("<key:pk>/chuc-vu/", person.give_post, name="give_post"),
    path("<key:pk>/chuc-vu/<key:post>/ket-thuc/", person.end_post, name="end_post"),
    path("<key:pk>/chi-bo/", person.move, name="move"),
    path("<key:pk>/doan-the/", joining.join, name="join"),
    path("<key:pk>/doan-the/<key:affiliation>/roi/", joining.leave, name="leave"),
    path("<key:pk>/ho-so-dang/", party.record, name="party_record"),
    path("<key:pk>/ho-so-dang/sua/", party.edit, name="edit_party_record"),
    path("<key:pk>/ho-so-dang/danh-gia/", party.evaluate, name="evaluate"),
    path("<key:pk>/ho-so-dang/danh-gia/<uuid:evaluation>/", party.correct, name="correct_evaluation"),
    path("<key:pk>/gop/<key:other>/", merging.merge, name="merge"),
    path("<key:pk>/tach/<key:merge>/", merging.undo, name="undo_merge"),
]
