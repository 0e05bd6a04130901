"""The addresses of dives."""

from django.urls import path

from wardline_workspace.dives import part_views, views

urlpatterns = [
    path("", views.dives, name="dives"),
    path("add/", views.add, name="add_dive"),
    path("compare/", views.compare, name="compare_dives"),
    path("<slug:slug>/", part_views.question, name="dive"),
    path("<slug:slug>/can-we-tell/", part_views.can_we_tell, name="dive_can_we_tell"),
    path("<slug:slug>/obligations/", part_views.obligations, name="dive_obligations"),
    path("<slug:slug>/obligations/<path:named>/", part_views.obligation, name="dive_obligation"),
    path("<slug:slug>/standards/", part_views.standards, name="dive_standards"),
    path("<slug:slug>/standards/<path:named>/", part_views.standard, name="dive_standard"),
    path("<slug:slug>/waits/", part_views.waits, name="dive_waits"),
    path("<slug:slug>/measures/", part_views.measures, name="dive_measures"),
    path("<slug:slug>/measures/<path:named>/figures.csv", part_views.measure_csv, name="dive_measure_csv"),
    path("<slug:slug>/measures/<path:named>/", part_views.measure, name="dive_measure"),
    path("<slug:slug>/claims/", part_views.claims, name="dive_claims"),
    path("<slug:slug>/children/", part_views.children, name="dive_children"),
    path("<slug:slug>/records/", part_views.records, name="dive_records"),
    path("<slug:slug>/method/", part_views.method, name="dive_method"),
]
