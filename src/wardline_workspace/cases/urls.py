"""The addresses of findings and cases."""

from django.urls import path

from wardline_workspace.cases import case_views, views

urlpatterns = [
    path("<slug:slug>/findings/", views.findings, name="findings"),
    path("<slug:slug>/findings/find/", views.find_case, name="find_case"),
    path("<slug:slug>/findings/take/<slug:form>/", views.take, name="take_findings"),
    path("<slug:slug>/cases/<slug:code>/", case_views.case, name="case"),
]
