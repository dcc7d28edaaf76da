"""A refusal becomes a page that says so, with its code; never a trace."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cleanclaim.kernel.refusal import Refusal

_FORBIDDEN = 403


class RefusalsShown:
    """Draws the page of a refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show a refusal; everything else is a bug and goes its way."""
        if not isinstance(error, Refusal):
            return None
        return render(request, "403.html", {"exception": error.code}, status=_FORBIDDEN)
