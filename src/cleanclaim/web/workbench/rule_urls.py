"""Addresses of the edits and own rules, apart from the pages that can be shown without data."""

from django.urls import path

from cleanclaim.web.workbench import rule_views, views

app_name = "rules"
urlpatterns = [
    path("edits/", views.edits, name="edits"),
    path("findings/<uuid:finding>/override/", rule_views.override, name="finding-override"),
    path("findings/<uuid:finding>/accept/", rule_views.accept, name="finding-accept"),
    path("rules/", views.rules, name="rules"),
    path("rules/new/", views.rule, name="rule-new"),
    path("rules/save/", rule_views.save, name="rule-save"),
    path("rules/check/", rule_views.check, name="rule-check"),
    path("rules/fields/", rule_views.fields, name="rule-fields"),
    path("rules/<uuid:version>/", views.rule, name="rule"),
    path("rules/<uuid:version>/try/", rule_views.try_out, name="rule-try"),
    path("rules/<uuid:version>/activate/", rule_views.activate, name="rule-activate"),
    path("rules/<uuid:version>/end/", rule_views.end, name="rule-end"),
    path("reports/rules/", views.worth, name="rules-worth"),
]
