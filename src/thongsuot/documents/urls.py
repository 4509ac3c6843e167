from django.urls import URLPattern, path

from thongsuot.documents.views import intake, review

app_name = "documents"
urlpatterns: list[URLPattern] = [
    path("nhan/", intake.take_in, name="take_in"),
    path("nhan/<int:pk>/", review.review, name="review"),
    path("nhan/<int:pk>/dang-doc/", review.reading_progress, name="reading_progress"),
    path("nhan/<int:pk>/muc/<int:number>/", review.decide, name="decide"),
    path("nhan/<int:pk>/nhan-muc-chac/", review.accept_certain, name="accept_certain"),
    path("nhan/<int:pk>/them/", review.add_item, name="add_item"),
    path("nhan/<int:pk>/de-sang-ben/", review.discard, name="discard"),
    path("nhan/<int:pk>/vao-so/", review.register_intake, name="register_intake"),
]
