"""The addresses of findings and cases."""

from django.urls import path

from wardline_workspace.cases import views

urlpatterns = [
    path("<slug:slug>/findings/", views.findings, name="findings"),
    path("<slug:slug>/findings/find/", views.find_case, name="find_case"),
]
