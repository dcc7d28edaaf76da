"""Addresses of the example server: the workbench, allauth, and pages that are made to fail."""

from types import SimpleNamespace

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import include, path

from cleanclaim.web.workbench import views


class _CodeForm(forms.Form):
    code = forms.CharField(
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    )


def _second_step(request):
    form = _CodeForm({"code": "418000"} if "wrong" in request.GET else None)
    if "wrong" in request.GET:
        form.add_error("code", "This code is not right. Wait for the next one.")
    user = SimpleNamespace(username="dana")
    stage = SimpleNamespace(login=SimpleNamespace(user=user))
    context = {
        "form": form,
        "view": SimpleNamespace(stage=stage),
        "tenant_name": "USMed",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
    }
    return render(request, "mfa/authenticate.html", context)


class _PasswordForm(forms.Form):
    password = forms.CharField(widget=forms.PasswordInput(attrs={"placeholder": "Password"}))


_ALLAUTH = {
    "activate": "mfa/totp/activate_form.html",
    "recovery": "mfa/recovery_codes/index.html",
    "methods": "mfa/index.html",
    "again": "account/reauthenticate.html",
    "logout": "account/logout.html",
}


def _allauth(request, name):
    from allauth.mfa.adapter import get_adapter

    form = _PasswordForm() if name == "again" else _CodeForm()
    form.secret = "JBSWY3DPEHPK3PXP"
    context = {
        "form": form,
        "totp_svg": get_adapter().build_totp_svg("otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"),
        "authenticators": {},
        "is_mfa_enabled": True,
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes"],
        "unused_codes": ["1111-2222", "3333-4444"],
        "total_count": 10,
        "can_view_codes": True,
        "can_generate_codes": True,
    }
    return render(request, _ALLAUTH[name], context)


def _site(request, kind):
    context = {
        "site_name": "USMed Billing Solutions",
        "tenant_class": "tenant-usmed",
        "body_class": "portal" if kind == "portal" else "",
        "site_places": [
            {"href": "#", "words": words, "is_current": words == "Privacy"}
            for words in ("Services", "Security", "Privacy", "Pay a bill")
        ],
        "foot_links": [{"href": "#", "words": words} for words in ("Privacy policy", "Sign in")],
    }
    return render(request, "example/site.html", context)


def _forbidden(request):
    raise PermissionDenied("claims: export")


def _boom(request):
    raise RuntimeError("on purpose")


def _done(request):
    return HttpResponse(status=204)


urlpatterns = [
    path("", include("cleanclaim.web.workbench.urls")),
    path("edits/", views.edits),
    path("rules/", views.rules),
    path("rules/new/", views.rule),
    path("rules/<uuid:version>/", views.rule),
    path("reports/rules/", views.worth),
    path("second-step/", _second_step),
    path("allauth/<str:name>/", _allauth),
    path("site/<str:kind>/", _site),
    path("forbidden/", _forbidden),
    path("boom/", _boom),
    path("pend/", _done),
    path("note/", _done),
    path("accounts/", include("allauth.urls")),
]
