"""The addresses of the frame's own pages."""

from django.urls import path

from wardline_workspace.pages import views

urlpatterns = [path("", views.gallery, name="components")]
