"""The addresses of accounts."""

from django.urls import path

from wardline_workspace.people import views

urlpatterns = [
    path("", views.people, name="people"),
    path("invite/", views.invite, name="invite"),
    path("invitation/<str:secret>/", views.take_up, name="take_up"),
    path("new-password/<str:secret>/", views.use_reset_link, name="use_reset_link"),
    path("mine/", views.my_account, name="my_account"),
    path("roles/", views.roles_page, name="roles"),
    path("account/<slug:public_id>/", views.account_of, name="account_of"),
    path("account/<slug:public_id>/new-password/", views.make_reset_link, name="make_reset_link"),
]
