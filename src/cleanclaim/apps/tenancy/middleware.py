"""What stands before every page: the open directory, the second factor, the idle time-out."""

from collections.abc import Callable
from datetime import UTC, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cleanclaim.platform.models.scope import directory_opened

IDLE_SECONDS = 15 * 60
_TOUCH_SECONDS = 60
_SEEN, _PASSED = "seen", "second_factor"
_Handler = Callable[[HttpRequest], HttpResponse]


def directory_open(get_response: _Handler) -> _Handler:
    """Let a request read tenants and people outside scopes, for sign-in; nothing else opens."""

    def handle(request: HttpRequest) -> HttpResponse:
        with directory_opened():
            return get_response(request)

    return handle


def session_guarded(get_response: _Handler) -> _Handler:
    """End idle sessions, ask for the second factor, and keep pages out of caches."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(datetime.now(UTC).timestamp())  # noqa: TID251  a request is an edge
            if now - request.session.get(_SEEN, now) > IDLE_SECONDS:
                logout(request)
                return redirect("account_login")
            is_attended = "X-Unattended" not in request.headers  # what a page asks on its own
            if is_attended and now - request.session.get(_SEEN, 0) > _TOUCH_SECONDS:
                request.session[_SEEN] = now
            if not _may_pass(request):
                return redirect("mfa_activate_totp")
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return handle


def _may_pass(request: HttpRequest) -> bool:
    """Say whether the person has a second factor, or is on the way to one."""
    if request.session.get(_PASSED) or request.path.startswith(reverse("account_login")[:-6]):
        return True
    has_one = Authenticator.objects.filter(
        user_id=request.user.pk, type=Authenticator.Type.TOTP
    ).exists()
    if has_one:
        request.session[_PASSED] = True
    return has_one
