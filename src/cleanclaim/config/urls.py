"""Addresses of the product."""

from django.urls import include, path

urlpatterns = [
    path("privacy/", include("cleanclaim.apps.privacy.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("cleanclaim.web.workbench.rule_urls")),
    path("", include("cleanclaim.web.workbench.act_urls")),
    path("", include("cleanclaim.web.workbench.urls")),
]
