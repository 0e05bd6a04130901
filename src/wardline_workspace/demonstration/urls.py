"""The addresses of the demonstration's own log-in, and of its first ten minutes."""

from django.urls import path

from wardline_workspace.demonstration import views

urlpatterns = [
    path("log-in-as/", views.log_in_as, name="log_in_as"),
    path("roles/", views.choose_role, name="choose_role"),
    path("one-child/", views.one_child, name="one_child"),
    path("one-sentence/", views.one_sentence, name="one_sentence"),
]
