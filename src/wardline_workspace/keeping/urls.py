"""The addresses of what is kept until when."""

from django.urls import path

from wardline_workspace.keeping import views

urlpatterns = [
    path("", views.kept, name="kept"),
    path("holds/place/", views.place, name="place_hold"),
    path("holds/<int:pk>/lift/", views.lift_hold, name="lift_legal_hold"),
]
