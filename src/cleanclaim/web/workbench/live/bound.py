"""Forms as a page shows them: empty, or as they were sent with what is wrong."""

from typing import Any

from django.forms import Form
from django.http import HttpRequest

from cleanclaim.kernel.refusal import Refusal

REFUSED = "form_refused"


def bound[F: Form](request: HttpRequest, kind: type[F], name: str, **options: Any) -> F:
    """Make a form of a page; the one that was sent keeps what was typed and says what is wrong.

    Args:
        kind: Class of the form.
        name: Of the form on its page; the field `form` says which was sent.
        options: `initial` and what the class asks for.
    """
    if not is_sent(request, name):
        return kind(auto_id=f"{name}-%s", **options)
    form = kind(request.POST, auto_id=f"{name}-%s", **options)
    form.is_valid()
    tell(request, form)
    return form


def bound_lines(request: HttpRequest, kind: Any, name: str, **options: Any) -> Any:
    """Make the lines of a form, as `bound` does."""
    typed = request.POST if is_sent(request, name) else None
    return kind(typed, prefix="line", auto_id=f"{name}-%s", **options)


def is_sent(request: HttpRequest, name: str) -> bool:
    """Say whether this form of the page was sent."""
    return request.method == "POST" and request.POST.get("form") == name


def tell(request: HttpRequest, form: Form) -> None:
    """Put what a service refused on top of the form that asked for it."""
    words = refusal_told(request)
    if words:
        form.add_error(None, words)


def refusal_told(request: HttpRequest) -> str:
    """Give what was refused, once: to the form that asked, else to the page around it."""
    refused: Refusal | None = getattr(request, REFUSED, None)
    if refused is None:
        return ""
    setattr(request, REFUSED, None)
    return refused.message
