"""The addresses of inspections."""

from django.urls import path

from wardline_workspace.inspections import recommendation_views, views

urlpatterns = [
    path("", views.inspections, name="inspections"),
    path("add/", views.add, name="add_inspection"),
    path("threads/<slug:slug>/", views.thread, name="concern_thread"),
    path("<slug:slug>/", views.inspection, name="inspection"),
    path("<slug:slug>/change/", views.change, name="change_inspection"),
    path("<slug:slug>/grade/", views.grade, name="grade_topic"),
    path("<slug:slug>/concerns/add/", views.add_concern, name="add_concern"),
    path("<slug:slug>/concerns/<int:pk>/change/", views.change_concern, name="change_concern"),
    path("<slug:slug>/recommendations/add/", recommendation_views.add, name="add_recommendation"),
    path("<slug:slug>/recommendations/<int:pk>/", recommendation_views.recommendation, name="recommendation"),
    path("<slug:slug>/recommendations/<int:pk>/answer/", recommendation_views.answer, name="answer_recommendation"),
    path("<slug:slug>/recommendations/<int:pk>/closure/", recommendation_views.closure, name="close_recommendation"),
    path("<slug:slug>/events/record/", views.record_event, name="record_after_report"),
    path("<slug:slug>/events/<int:pk>/take-back/", views.take_back, name="take_back_after_report"),
]
