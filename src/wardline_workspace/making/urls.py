"""The addresses of dives being made."""

from django.urls import path

from wardline_workspace.making import (
    views,
    views_of_about,
    views_of_documents,
    views_of_files,
    views_of_running,
    views_of_systems,
)

urlpatterns = [
    path("", views.making, name="making"),
    path("begin/", views.begin, name="begin_dive"),
    path("<slug:slug>/", views.dive_being_made, name="dive_being_made"),
    path("<slug:slug>/remove/", views.remove, name="remove_work"),
    path("<slug:slug>/question/", views.question, name="question_of_dive"),
    path("<slug:slug>/settings/", views_of_documents.force_settings, name="settings_of_dive"),
    path("<slug:slug>/can-we-tell/", views.can_we_tell, name="can_we_tell"),
    path("<slug:slug>/documents/<slug:document>/", views_of_documents.document, name="document_of_dive"),
    path("<slug:slug>/systems/add/", views_of_files.add_system, name="add_system"),
    path("<slug:slug>/systems/<slug:source>/", views_of_systems.mapping, name="mapping_of_dive"),
    path("<slug:slug>/systems/<slug:source>/about/", views_of_about.about_system, name="about_system"),
    path("<slug:slug>/systems/<slug:source>/files/", views_of_files.files, name="files_of_dive"),
    path("<slug:slug>/systems/<slug:source>/tables/<int:number>/", views_of_systems.table, name="table_of_dive"),
    path("<slug:slug>/run/", views_of_running.run, name="run_of_dive"),
]
