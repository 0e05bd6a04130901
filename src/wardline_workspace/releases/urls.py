"""The addresses of releases."""

from django.urls import path

from wardline_workspace.releases import held_views, received_views, rows, views, vignette_views

urlpatterns = [
    path("", views.releases, name="releases"),
    path("prepare/<slug:slug>/", views.prepare, name="prepare_release"),
    path("held/", held_views.held_cases, name="held_cases"),
    path("held/<int:pk>/let-go/", held_views.lift_hold, name="lift_hold"),
    path("vignettes/", vignette_views.vignette_list, name="vignettes"),
    path("vignettes/write/", vignette_views.write_vignette, name="write_vignette"),
    path("vignettes/<int:pk>/", vignette_views.vignette, name="vignette"),
    path("vignettes/<int:pk>/change/", vignette_views.write_vignette, name="change_vignette"),
    path("vignettes/<int:pk>/do-not-clear/", vignette_views.do_not_clear, name="do_not_clear_vignette"),
    path("recalls/take-in/", received_views.take_in_recall, name="take_in_recall"),
    path("received/<slug:slug>/", received_views.received_release, name="received_release"),
    path("received/<slug:slug>/destroy/", received_views.destroy, name="destroy_release"),
    path("<int:number>/", views.release, name="release"),
    path("<int:number>/change/", views.change, name="change_release"),
    path("<int:number>/rows/<slug:table>/", rows.rows, name="release_rows"),
    path("<int:number>/do-not-release/", views.do_not, name="do_not_release"),
    path("<int:number>/recall/", views.recall, name="recall_release"),
    path("<int:number>/recall.json", views.notice, name="recall_notice"),
    path("<int:number>/destroyed/", views.destroyed, name="release_destroyed"),
    path("<int:number>/archive/", views.archive, name="release_archive"),
]
