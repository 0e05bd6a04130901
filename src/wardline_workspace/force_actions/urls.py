"""The addresses of the force's actions."""

from django.urls import path

from wardline_workspace.force_actions import change_views, views

urlpatterns = [
    path("", views.force_actions, name="force_actions"),
    path("add/", views.add, name="add_force_action"),
    path("<int:pk>/", views.force_action, name="force_action"),
    path("<int:pk>/first-date/", change_views.give_first_date, name="give_first_date"),
    path("<int:pk>/move/", change_views.move_date, name="move_date"),
    path("<int:pk>/moves/<int:move>/", change_views.say_on_move, name="say_on_move"),
    path("<int:pk>/progress/", change_views.add_progress, name="add_progress"),
    path("<int:pk>/standing/", change_views.change_standing, name="change_standing"),
    path("<int:pk>/complete/", change_views.record_complete, name="record_complete"),
    path("<int:pk>/satisfied/", change_views.be_satisfied, name="be_satisfied"),
    path("<int:pk>/satisfied/take-back/", change_views.withdraw_satisfied, name="withdraw_satisfied"),
    path("<int:pk>/evidence/link/", change_views.bring_link, name="bring_link"),
    path("<int:pk>/evidence/file/", change_views.bring_file, name="bring_evidence_file"),
    path("<int:pk>/evidence/<int:evidence>/judge/", change_views.judge, name="judge_evidence"),
    path("<int:pk>/evidence/<int:evidence>/file/", change_views.evidence_file, name="evidence_file"),
]
