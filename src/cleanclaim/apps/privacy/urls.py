"""Addresses of the public privacy page."""

from django.urls import path

from cleanclaim.apps.privacy import views

urlpatterns = [
    path("<slug:tenant>/", views.privacy_page, name="privacy-page"),
    path("<slug:tenant>/evidence/", views.privacy_page, {"kind": "evidence"}, "privacy-evidence"),
    path("<slug:tenant>/history/", views.privacy_page, {"kind": "history"}, "privacy-history"),
    path("<slug:tenant>/policy.json", views.privacy_data, name="privacy-data"),
]
