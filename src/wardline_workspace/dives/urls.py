"""The addresses of dives."""

from django.urls import path

from wardline_workspace.dives import views

urlpatterns = [
    path("", views.dives, name="dives"),
    path("add/", views.add, name="add_dive"),
    path("<slug:slug>/", views.question, name="dive"),
]
