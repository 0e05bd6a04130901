"""The addresses of what is sent to the force's posts."""

from django.urls import path

from wardline_workspace.at_risk import views

urlpatterns = [
    path("", views.at_risk, name="at_risk"),
    path("send/", views.send, name="send_risk"),
    path("take-in/", views.take_in, name="take_risk_in"),
    path("<slug:code>/", views.risk, name="risk"),
    path("<slug:code>/acknowledge/", views.acknowledge, name="acknowledge_risk"),
    path("<slug:code>/call/", views.call, name="risk_call"),
    path("<slug:code>/file/", views.file_for_the_force, name="risk_file"),
]
