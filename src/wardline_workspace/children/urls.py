"""The addresses of the children to check."""

from django.urls import path

from wardline_workspace.children import views, views_of_a_child, views_of_counts

urlpatterns = [
    path("", views.children, name="children"),
    path("print/", views.print_view, name="print_children"),
    path("due-next/", views.due_next, name="children_due_next"),
    path("closed-without-a-record/", views.closed_without_a_record, name="closed_without_a_record"),
    path("take/", views.take, name="take_list"),
    path("counts/", views_of_counts.counts, name="children_counts"),
    path("counts/take/", views_of_counts.take_counts, name="take_counts"),
    path("counts-for-the-office/", views_of_counts.counts_to_send, name="counts_to_send"),
    path("counts-for-the-office/file/", views_of_counts.counts_file, name="counts_file"),
    path("<int:pk>/", views_of_a_child.child, name="child_to_check"),
    path("<int:pk>/who-looks/", views_of_a_child.who_looks, name="who_looks"),
    path("<int:pk>/answer/", views_of_a_child.answer, name="answer_child"),
    path("<int:pk>/second/", views_of_a_child.second, name="second_person"),
]
