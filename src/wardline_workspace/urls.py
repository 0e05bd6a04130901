"""Every address of the workspace."""

from django.urls import include, path

from wardline_workspace.pages import refusals

urlpatterns = [
    path("", include("wardline_workspace.home.urls")),
    path("dives/", include("wardline_workspace.dives.urls")),
    path("dives/", include("wardline_workspace.cases.urls")),
    path("children/", include("wardline_workspace.children.urls")),
    path("at-risk/", include("wardline_workspace.at_risk.urls")),
    path("releases/", include("wardline_workspace.releases.urls")),
    path("trail/", include("wardline_workspace.trail.urls")),
    path("people/", include("wardline_workspace.people.urls")),
    path("components/", include("wardline_workspace.pages.urls")),
    path("account/", include("allauth.urls")),
    path("making/", include("wardline_workspace.making.urls")),
    path("demonstration/", include("wardline_workspace.demonstration.urls")),
]
handler400 = refusals.not_readable
handler403 = refusals.not_yours
handler404 = refusals.not_found
handler500 = refusals.went_wrong
