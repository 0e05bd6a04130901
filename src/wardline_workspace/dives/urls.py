"""The addresses of dives."""

from django.urls import path

from wardline_workspace.dives import part_views, views
from wardline_workspace.releases.release_pages import of_either, release_vignettes

urlpatterns = [
    path("", views.dives, name="dives"),
    path("add/", views.add, name="add_dive"),
    path("compare/", views.compare, name="compare_dives"),
    path("<slug:slug>/", of_either(part_views.question, "question"), name="dive"),
    path("<slug:slug>/can-we-tell/", of_either(part_views.can_we_tell, "can_we_tell"), name="dive_can_we_tell"),
    path("<slug:slug>/obligations/", of_either(part_views.obligations, "obligations"), name="dive_obligations"),
    path(
        "<slug:slug>/obligations/<path:named>/", of_either(part_views.obligation, "obligation"), name="dive_obligation"
    ),
    path("<slug:slug>/standards/", of_either(part_views.standards, "standards"), name="dive_standards"),
    path("<slug:slug>/standards/<path:named>/", of_either(part_views.standard, "standard"), name="dive_standard"),
    path("<slug:slug>/waits/", of_either(part_views.waits, "waits"), name="dive_waits"),
    path("<slug:slug>/measures/", of_either(part_views.measures, "measures"), name="dive_measures"),
    path(
        "<slug:slug>/measures/<path:named>/figures.csv",
        of_either(part_views.measure_csv, "measure_csv"),
        name="dive_measure_csv",
    ),
    path("<slug:slug>/measures/<path:named>/", of_either(part_views.measure, "measure"), name="dive_measure"),
    path("<slug:slug>/claims/", of_either(part_views.claims, "claims"), name="dive_claims"),
    path("<slug:slug>/children/", of_either(part_views.children, "children"), name="dive_children"),
    path("<slug:slug>/records/", of_either(part_views.records, "records"), name="dive_records"),
    path("<slug:slug>/method/", of_either(part_views.method, "method"), name="dive_method"),
    path("<slug:slug>/vignettes/", release_vignettes, name="release_vignettes"),
]
