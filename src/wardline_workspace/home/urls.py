"""The address of the home page."""

from django.urls import path

from wardline_workspace.home import views

urlpatterns = [path("", views.home, name="home")]
