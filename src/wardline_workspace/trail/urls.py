"""The addresses of the trail."""

from django.urls import path

from wardline_workspace.trail import views

urlpatterns = [path("", views.trail, name="trail"), path("verify/", views.verify, name="verify_trail")]
