"""The address of the demonstration's own log-in."""

from django.urls import path

from wardline_workspace.demonstration import views

urlpatterns = [path("log-in-as/", views.log_in_as, name="log_in_as")]
