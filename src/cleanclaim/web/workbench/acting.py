"""What stands around every form that is sent: read, do, say what was done, or ask again."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseFormSet, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cleanclaim.kernel.refusal import Refusal
from cleanclaim.web.workbench.live.bound import REFUSED

UNPROCESSABLE = 422
_OF_ROLES = ("role_may_not",)


def acted(
    request: HttpRequest,
    form: Form | BaseFormSet | bool,  # type: ignore[type-arg]
    work: Callable[[], str],
    *,
    to: str,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    """Do what a form asks for.

    Args:
        form: What was sent; True where there is nothing to read.
        work: Does it in one service call, and says what was done; names no person.
        to: Where to go then.
        again: Draws the page with the form as it was sent, and what is wrong with it.

    Raises:
        Refusal: The person's role may not do this; every other refusal is told at the form.
    """
    if form is True or (not isinstance(form, bool) and form.is_valid()):
        try:
            words = work()
        except Refusal as refusal:
            if refusal.code in _OF_ROLES:
                raise
            setattr(request, REFUSED, refusal)
        else:
            messages.success(request, words)
            return redirect(to)
    answer = again()
    answer.status_code = UNPROCESSABLE
    return answer
